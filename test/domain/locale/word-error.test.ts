import { expect, test } from 'vitest';
import type { ErrorLocale } from '../../../main/domain/locale/word-error.ts';
import { wordError } from '../../../main/domain/locale/word-error.ts';
import en from '../../../resources/locales/en/errors.json' with { type: 'json' };

const locale: ErrorLocale = en.errors;

function withText(text: string): ErrorLocale {
  return { ...locale, conflict: { text, hint: '' } };
}

test('a detail stands where its name stands', () => {
  expect(wordError('integrity.audit-broken', { index: 17902 }, locale)).toEqual({
    text: 'The log does not add up from entry 17902 on.',
    hint: 'Stop, change nothing, and call your auditor.',
  });
});

test('a part in brackets is left out when a detail it names is missing', () => {
  expect(wordError('integrity.audit-broken', {}, locale).text).toBe('The log does not add up.');
  expect(wordError('conflict', { first: 'a' }, withText('Two[: {first} and {second}].')).text).toBe('Two.');
});

test('a list is joined by commas, and zero and false are values', () => {
  expect(wordError('path.name-mismatch', { names: ['a@x.example', 'b@x.example'] }, locale).text).toBe(
    'Not for this mailbox: the certificate is for a@x.example, b@x.example.',
  );
  expect(wordError('conflict', { count: 0, on: false }, withText('[{count} {on}]')).text).toBe('0 false');
});

test('what a detail holds is not read as a pattern', () => {
  expect(wordError('not-found', { id: '{id} [x] $& $1' }, locale).text).toBe('Nothing by this name is here: {id} [x] $& $1.');
});

test('a name that every object inherits is not a detail', () => {
  expect(wordError('conflict', {}, withText('Two[: {constructor}]{toString}.')).text).toBe('Two.');
});
