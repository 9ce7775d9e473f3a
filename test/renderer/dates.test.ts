import { describe, expect, test } from 'vitest';
import {
  daysUntil,
  formatAgo,
  formatDay,
  formatDistance,
  formatExact,
  formatShortDay,
  formatTime,
  formatWeekday,
} from '../../renderer/i18n/dates.ts';

const london = { locale: 'en-GB', timeZone: 'Europe/London' };
const now = '2026-11-23T09:22:00Z';

describe('a day', () => {
  test('is said without its year while that is clear, and with it when it is not', () => {
    expect(formatDay('2026-12-05T08:00:00Z', now, london)).toBe('5 December');
    expect(formatDay('2026-03-14T08:00:00Z', now, london)).toBe('14 March');
    expect(formatDay('2027-01-04T08:00:00Z', now, london)).toBe('4 January');
    expect(formatDay('2028-03-14T08:00:00Z', now, london)).toBe('14 March 2028');
    expect(formatShortDay('2025-06-01T08:00:00Z', now, london)).toBe('1 Jun 2025');
    expect(formatWeekday(now, now, london)).toBe('Monday 23 November');
  });

  test('is the day of the reader, not of Greenwich', () => {
    expect(formatDay('2026-12-04T23:30:00Z', now, { locale: 'en-GB', timeZone: 'Asia/Tokyo' })).toBe('5 December');
    expect(formatDay('2026-12-04T23:30:00Z', now, { locale: 'en-GB', timeZone: 'America/New_York' })).toBe('4 December');
    expect(formatDay('2026-12-05T08:00:00Z', now, { locale: 'en-US', timeZone: 'America/New_York' })).toBe('December 5');
  });
});

describe('the distance to a day', () => {
  test('counts calendar days, whatever the hour and however the clocks were changed', () => {
    expect(daysUntil('2026-11-24T00:01:00Z', '2026-11-23T23:59:00Z', london)).toBe(1);
    expect(daysUntil('2026-11-23T23:59:00Z', '2026-11-23T00:01:00Z', london)).toBe(0);
    expect(daysUntil('2026-10-26T00:30:00Z', '2026-10-24T23:30:00+01:00', london)).toBe(2);
    expect(daysUntil('2026-11-22T12:00:00Z', now, london)).toBe(-1);
  });

  test('is said in words up to 60 days and as the day itself beyond', () => {
    const said = [
      '2026-11-23T12:00:00Z',
      '2026-11-24T12:00:00Z',
      '2026-12-05T12:00:00Z',
      '2026-11-20T12:00:00Z',
      '2027-01-22T12:00:00Z',
      '2027-01-23T12:00:00Z',
    ];
    expect(said.map((day) => formatDistance(day, now, london))).toEqual([
      'today',
      'tomorrow',
      'in 12 days',
      '3 days ago',
      'in 60 days',
      '23 January 2027',
    ]);
  });
});

test('how long ago is said in the unit people would use', () => {
  const said = ['2026-11-23T09:21:40Z', '2026-11-23T09:18:00Z', '2026-11-23T07:22:00Z', '2026-11-20T09:22:00Z'];
  expect(said.map((instant) => formatAgo(instant, now, london))).toEqual(['now', '4 minutes ago', '2 hours ago', '3 days ago']);
  // The clock of a page stands still for up to a minute.
  expect(formatAgo('2026-11-23T09:22:55Z', '2026-11-23T09:22:00Z', london)).toBe('now');
});

test('times run to 24 and the exact instant names its zone', () => {
  expect(formatTime('2026-11-23T00:05:00Z', london)).toBe('00:05');
  expect(formatTime('2026-11-23T21:05:00Z', { ...london, locale: 'en-US' })).toBe('21:05');
  expect(formatExact('2026-07-23T09:21:04Z', london)).toMatch(/^Thu,? 23 Jul 2026,? (at )?10:21:04 (BST|GMT\+1)$/);
});
