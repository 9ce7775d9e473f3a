import { describe, expect, it, test } from 'vitest';
import { auditActions } from '../../../main/domain/audit/action.ts';
import { breachDates } from '../../../main/domain/watch/breach-dates.ts';
import { defaultWatchPolicy, isOutside, isTimeZone } from '../../../main/domain/watch/policy.ts';
import { aboutOf, isWatched, matches, watchRules, weightOf, type Watched } from '../../../main/domain/watch/rules.ts';

const hours = { days: [1, 2, 3, 4, 5], from: '07:30', to: '19:00', zone: 'America/New_York' };
/** A Monday, 08:00 in New York. */
const monday = '2026-03-02T13:00:00.000Z';
const entry = (change: Partial<Watched>): Watched => ({ action: 'key.export', outcome: 'success', subject: {}, time: monday, ...change });
const rulesFor = (of: Watched, policy = defaultWatchPolicy) =>
  watchRules.filter((rule) => matches(rule, of, policy)).map(({ rule }) => rule);

describe('the rules over the log', () => {
  it('look at nothing that a bulk enrolment enters', () => {
    for (const action of ['enrollment.start', 'enrollment.issue', 'enrollment.finish', 'people.add', 'people.import'] as const)
      expect(isWatched({ action })).toBe(false);
  });

  it('look at an act they name, and at what any act is refused with when it is a lost or locked card', () => {
    expect(isWatched({ action: 'key.export' })).toBe(true);
    expect(isWatched({ action: 'token.enroll', error: 'token.lost' })).toBe(true);
    expect(isWatched({ action: 'token.enroll', error: 'token.absent' })).toBe(false);
  });

  test.each([
    [{ action: 'session.sign-in', outcome: 'refused', error: 'session.sign-in-failed' }, ['failed-sign-ins']],
    [{ action: 'session.sign-in', outcome: 'refused', error: 'session.too-soon' }, []],
    [{ action: 'session.sign-in' }, []],
    [{ action: 'session.sign-in', outcome: 'refused', error: 'token.pin-locked' }, ['failed-sign-ins', 'pin-locked']],
    [{ action: 'token.change-pin', outcome: 'refused', error: 'token.pin-locked' }, ['pin-locked']],
    [{ action: 'token.enroll', outcome: 'refused', error: 'token.lost' }, ['revoked-key']],
    [{ action: 'escrow.break-glass' }, ['break-glass']],
    [{ action: 'escrow.break-glass', outcome: 'refused' }, []],
    [{ action: 'audit.deliver', outcome: 'failed', error: 'remote.unreachable' }, ['sink-down']],
    [{ action: 'audit.alarm' }, []],
  ] as const)('%o is for %o', (change, rules) => {
    expect(rulesFor(entry(change))).toEqual(rules);
  });

  it('call an export outside office hours one only where hours were set', () => {
    const late = entry({ time: '2026-03-03T02:00:00.000Z' });
    expect(rulesFor(late)).not.toContain('outside-hours');
    expect(rulesFor(late, { ...defaultWatchPolicy, officeHours: hours })).toContain('outside-hours');
    expect(rulesFor(entry({}), { ...defaultWatchPolicy, officeHours: hours })).not.toContain('outside-hours');
  });

  it('count an entry with many certificates as many acts, and know what an alarm is about', () => {
    expect([weightOf(entry({})), weightOf(entry({ subject: { certificates: ['a', 'b', 'c'] } }))]).toEqual([1, 3]);
    expect(aboutOf({ about: ['token', 'person'] }, { person: 'p', number: 3 })).toBe('p');
    expect(aboutOf({ about: [] }, { person: 'p' })).toBe('');
  });

  it('name actions of the closed list only', () => {
    for (const { actions } of watchRules) for (const action of actions ?? []) expect(auditActions).toContain(action);
  });
});

describe('office hours', () => {
  test.each([
    ['2026-03-02T12:29:00.000Z', true],
    ['2026-03-02T12:30:00.000Z', false],
    ['2026-03-02T23:59:00.000Z', false],
    ['2026-03-03T00:00:00.000Z', true],
    ['2026-03-07T15:00:00.000Z', true],
    // Summer time began in between: the same clock, another hour of UTC.
    ['2026-03-09T11:30:00.000Z', false],
    ['2026-03-09T11:29:00.000Z', true],
  ])('are the practice’s own: %s is outside: %s', (time, outside) => {
    expect(isOutside(hours, time)).toBe(outside);
  });

  it('take a time zone that exists', () => {
    expect([isTimeZone('Europe/Berlin'), isTimeZone('Middle/Earth')]).toEqual([true, false]);
  });
});

describe('by when a breach is told', () => {
  it('is 60 days after discovery for the people, and for the Secretary after the year’s end while fewer than 500 are concerned', () => {
    expect(breachDates('2026-11-20T10:00:00.000Z', 499)).toEqual({ individuals: '2027-01-19', secretary: '2027-03-01', media: null });
  });

  it('is 60 days for the Secretary too from 500 people on, and for the media beyond 500', () => {
    expect(breachDates('2026-11-20T10:00:00.000Z', 500)).toEqual({ individuals: '2027-01-19', secretary: '2027-01-19', media: null });
    expect(breachDates('2026-11-20T10:00:00.000Z', 501).media).toBe('2027-01-19');
  });

  it('is the earlier day while nobody knows how many', () => {
    expect(breachDates('2026-11-20T10:00:00.000Z', null)).toEqual({
      individuals: '2027-01-19',
      secretary: '2027-01-19',
      media: '2027-01-19',
    });
  });
});
