import { expect, test } from 'vitest';
import { Sentence } from '../../renderer/i18n/sentence.tsx';
import { formatLocale } from '../../renderer/i18n/locale.ts';
import { chooseForm, fillParts, t } from '../../renderer/i18n/translate.ts';
import { show, standInForLayout } from './support/render.tsx';

standInForLayout();

test('the count chooses the form and is written with separators', () => {
  expect(t('dates.days', { count: 1 })).toBe('1 day');
  expect(t('dates.days', { count: 0 })).toBe('0 days');
  expect(t('dates.days', { count: 18443 })).toBe('18,443 days');
});

test('a form for exactly none comes before the plural rules', () => {
  const message = { '=0': 'Nobody', one: '{count} person', other: '{count} people' };
  expect([0, 1, 2].map((count) => chooseForm(message, count))).toEqual(['Nobody', '{count} person', '{count} people']);
});

test('without a count the general form is taken', () => {
  expect(chooseForm({ one: 'one', other: 'other' }, undefined)).toBe('other');
});

test('what is put into a place is never read as a place itself', () => {
  expect(fillParts('{a} and {b}', { a: '{b}', b: '$& {a}' }).join('')).toBe('{b} and $& {a}');
});

test('a place without a value stays visible, also one that every object inherits', () => {
  expect(fillParts('{name} {constructor}', {}).join('')).toBe('{name} {constructor}');
});

test('a sentence may hold elements', () => {
  const { container } = show(
    <p>
      <Sentence of="table.select-row" with={{ name: <bdi lang="he">דנה לוי</bdi> }} />
    </p>,
  );
  expect(container.querySelector('p')?.innerHTML).toBe('Select <bdi lang="he">דנה לוי</bdi>');
});

test('dates and numbers follow the reader where that fits the language of the words', () => {
  expect(formatLocale(['de-CH', 'en-US'])).toBe('en-US');
  expect(formatLocale(['de-CH'])).toBe('en-GB');
});
