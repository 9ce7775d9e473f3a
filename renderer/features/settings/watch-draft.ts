import type { WatchPolicy } from '../../../main/domain/watch/policy.ts';

/** What is typed, as it is typed. */
export interface WatchDraft {
  readonly failedSignIns: string;
  readonly bulkExports: string;
  readonly bulkRevocations: string;
  readonly hasHours: boolean;
  readonly from: string;
  readonly to: string;
  readonly isSaturday: boolean;
  readonly isSunday: boolean;
  readonly reviewDays: string;
  readonly retentionYears: string;
}

const [workdays, saturday, sunday] = [[1, 2, 3, 4, 5], 6, 7];

export const draftOf = ({
  failedSignIns,
  bulkExports,
  bulkRevocations,
  officeHours,
  reviewDays,
  retentionYears,
}: WatchPolicy): WatchDraft => ({
  failedSignIns: String(failedSignIns.count),
  bulkExports: String(bulkExports.count),
  bulkRevocations: String(bulkRevocations.count),
  hasHours: officeHours !== null,
  from: officeHours?.from ?? '08:00',
  to: officeHours?.to ?? '18:00',
  isSaturday: officeHours?.days.includes(saturday) ?? false,
  isSunday: officeHours?.days.includes(sunday) ?? false,
  reviewDays: String(reviewDays),
  retentionYears: String(retentionYears),
});

/** The fields that cannot be used as they stand. */
export function faultsOf(draft: WatchDraft): ReadonlySet<keyof WatchDraft> {
  const isWithin = (text: string, least: number, most: number) => /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most;
  const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
  const faults = new Set<keyof WatchDraft>();
  for (const field of ['failedSignIns', 'bulkExports', 'bulkRevocations'] as const) if (!isWithin(draft[field], 2, 1000)) faults.add(field);
  if (!isWithin(draft.reviewDays, 1, 365)) faults.add('reviewDays');
  if (!isWithin(draft.retentionYears, 1, 100)) faults.add('retentionYears');
  if (!draft.hasHours) return faults;
  if (!isTime(draft.from)) faults.add('from');
  if (!isTime(draft.to) || draft.to <= draft.from) faults.add('to');
  return faults;
}

/**
 * What is saved. The minutes of each threshold stay, and so do the working days that were set at the command line: the window asks about
 * the weekend only. Hours count in `zone` where none was set before.
 */
export function policyOf(draft: WatchDraft, before: WatchPolicy, zone: string): WatchPolicy {
  const { officeHours } = before;
  const week = officeHours?.days.filter((day) => day < saturday) ?? workdays;
  const days = [...week, ...(draft.isSaturday ? [saturday] : []), ...(draft.isSunday ? [sunday] : [])];
  return {
    failedSignIns: { ...before.failedSignIns, count: Number(draft.failedSignIns) },
    bulkExports: { ...before.bulkExports, count: Number(draft.bulkExports) },
    bulkRevocations: { ...before.bulkRevocations, count: Number(draft.bulkRevocations) },
    officeHours: draft.hasHours ? { days, from: draft.from, to: draft.to, zone: officeHours?.zone ?? zone } : null,
    reviewDays: Number(draft.reviewDays),
    retentionYears: Number(draft.retentionYears),
  };
}
