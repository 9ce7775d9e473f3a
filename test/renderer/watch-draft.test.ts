import { describe, expect, it } from 'vitest';
import { alarmRules } from '../../main/domain/watch/alarm-rule.ts';
import { defaultWatchPolicy } from '../../main/domain/watch/policy.ts';
import { aboutOf } from '../../renderer/features/audit/entry-about.ts';
import { wayOf } from '../../renderer/features/incidents/way.ts';
import { draftOf, faultsOf, policyOf } from '../../renderer/features/settings/watch-draft.ts';

describe('the settings of watching', () => {
  it('are saved as they were shown when nothing was typed', () => {
    const policy = { ...defaultWatchPolicy, officeHours: { days: [1, 3, 6], from: '07:00', to: '12:00', zone: 'Asia/Tokyo' } };
    expect(policyOf(draftOf(policy), policy, 'UTC')).toEqual(policy);
    expect(policyOf(draftOf(defaultWatchPolicy), defaultWatchPolicy, 'UTC')).toEqual(defaultWatchPolicy);
  });

  it('take the working week and this computer’s time zone when hours are set for the first time', () => {
    const draft = { ...draftOf(defaultWatchPolicy), hasHours: true, isSunday: true };
    expect(policyOf(draft, defaultWatchPolicy, 'Europe/Berlin').officeHours).toEqual({
      days: [1, 2, 3, 4, 5, 7],
      from: '08:00',
      to: '18:00',
      zone: 'Europe/Berlin',
    });
  });

  it('are not saved with a threshold of one, words for numbers, or hours that end before they begin', () => {
    const draft = { ...draftOf(defaultWatchPolicy), failedSignIns: '1', reviewDays: 'soon', hasHours: true, from: '18:00', to: '08:00' };
    expect([...faultsOf(draft)]).toEqual(['failedSignIns', 'reviewDays', 'to']);
    expect([...faultsOf({ ...draft, hasHours: false, failedSignIns: '5', reviewDays: '7' })]).toEqual([]);
  });
});

describe('ways on', () => {
  it('lead from every alarm to where it is acted on', () => {
    for (const rule of alarmRules) expect(wayOf({ rule, firstIndex: 7 }).name).toMatch(/^(audit|cards|operators|recovery)$/);
    expect(wayOf({ rule: 'bulk-export', firstIndex: 7 })).toEqual({ name: 'audit', entry: 7 });
  });

  it('lead from an entry to what it names, but not to dozens of certificates', () => {
    const subject = { person: 'p', certificates: ['a', 'b'], keys: ['k'], token: '1f2e', incident: 3, people: 12 };
    const entry = { action: 'certificate.revoke', subject, names: { p: 'Ada' }, outcome: 'success' } as const;
    expect(aboutOf(entry)).toEqual({
      people: [{ id: 'p', name: 'Ada' }],
      certificates: ['a', 'b'],
      keys: ['k'],
      token: '1f2e',
      incident: 3,
      isRevocation: true,
    });
    expect(aboutOf({ ...entry, subject: { certificates: ['a', 'b', 'c', 'd', 'e'] }, outcome: 'refused' })).toMatchObject({
      certificates: [],
      isRevocation: false,
    });
  });
});
