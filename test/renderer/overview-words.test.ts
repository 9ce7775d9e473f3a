import { describe, expect, test } from 'vitest';
import type { TodoItem } from '../../main/contract/reports.ts';
import { greetingAt, needsOf } from '../../renderer/features/overview/greeting.ts';
import { wordsFor } from '../../renderer/features/overview/todo-words.ts';
import { callName } from '../../renderer/i18n/call-name.ts';

const now = new Date('2026-11-23T09:00:00');
const item = (kind: TodoItem['kind'], more: Partial<TodoItem> = {}): TodoItem => ({
  personId: null,
  name: null,
  count: 1,
  due: null,
  job: null,
  ...more,
  kind,
});

describe('the title of the overview', () => {
  test.each([
    [3, 'Good evening'],
    [4, 'Good morning'],
    [11, 'Good morning'],
    [12, 'Good afternoon'],
    [18, 'Good evening'],
  ])('greets at %i by the clock on the wall', (hour, greeting) => {
    expect(greetingAt(new Date(2026, 10, 23, hour), 'Nadia Rahman')).toBe(`${greeting}, Nadia.`);
  });

  test.each([
    [0, 'Nothing needs you.'],
    [1, 'One thing needs you.'],
    [5, 'Five things need you.'],
    [13, '13 things need you.'],
  ])('says that %i things need somebody', (count, words) => {
    expect(needsOf(count)).toBe(words);
  });

  test.each([
    ['Nadia Rahman', 'Nadia'],
    ['Dr. Adaeze Okafor', 'Dr. Okafor'],
    ['田中 美咲', '田中'],
    ['岡本健', '岡本健'],
    ['admin', 'admin'],
    ['Dr.', 'Dr.'],
  ])('speaks to %s as %s', (name, called) => {
    expect(callName(name)).toBe(called);
  });
});

describe('a thing to do', () => {
  test('leads to the person whose certificate ends', () => {
    const words = wordsFor(item('ending', { personId: 'p1', due: '2026-12-05T00:00:00Z' }), now);
    expect(words).toMatchObject({ state: 'soon', sentence: 'overview.ending', to: { name: 'person', id: 'p1' } });
  });

  test('says that a certificate has ended once it has', () => {
    const words = wordsFor(item('ending', { personId: 'p1', due: '2026-11-20T00:00:00Z' }), now);
    expect(words).toMatchObject({ state: 'stopped', sentence: 'overview.ended' });
  });

  test('issues anew for somebody whose certificates were revoked', () => {
    expect(wordsFor(item('stopped', { personId: 'p1' }), now).to).toEqual({ name: 'enrol', people: ['p1'] });
  });

  test('leads to the person whose certificate is on hold, without saying it is over', () => {
    const words = wordsFor(item('held', { personId: 'p1' }), now);
    expect(words).toMatchObject({ state: 'held', sentence: 'overview.held', to: { name: 'person', id: 'p1' } });
  });

  test('goes on with the very enrolment that was interrupted', () => {
    expect(wordsFor(item('job-stopped', { job: 'j1' }), now).to).toEqual({ name: 'enrol', job: 'j1' });
    expect(wordsFor(item('job-failures', { job: 'j1' }), now).to).toEqual({ name: 'enrol', job: 'j1' });
  });

  test('leads to the cards where a key was begun on one, and says of an authority’s that nothing needs it', () => {
    const words = (kind: TodoItem['kind'], name: string | null) => wordsFor(item(kind, { name, token: '4471' }), now);
    expect(words('token-unfinished', 'Ada')).toMatchObject({ sentence: 'overview.token-unfinished', to: { name: 'cards' } });
    expect(words('token-unfinished', null)).toMatchObject({ sentence: 'overview.token-many', to: { name: 'cards' } });
    expect(words('token-authority-key', 'Issuing')).toMatchObject({ sentence: 'overview.token-authority-key', to: { name: 'cards' } });
  });

  test('shows those without a certificate', () => {
    expect(wordsFor(item('uncovered', { count: 3 }), now).to).toEqual({ name: 'people', filter: 'uncovered' });
  });

  test('renews lists where it stands, and says when one is over', () => {
    expect(wordsFor(item('list-due', { due: '2026-11-24T00:00:00Z' }), now)).toMatchObject({
      state: 'soon',
      sentence: 'overview.list-due',
    });
    const over = wordsFor(item('list-due', { due: '2026-11-22T00:00:00Z' }), now);
    expect(over).toMatchObject({ state: 'stopped', sentence: 'overview.list-ended' });
    expect(over.to).toBeUndefined();
  });
});
