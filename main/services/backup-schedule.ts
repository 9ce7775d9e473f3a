import type { BackupSchedule } from '../contract/backup.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { Backups } from '../ports/backups.ts';
import { tryReadLeaf } from '../domain/audit/leaf.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import { requireBackupKey } from './backup-key.ts';
import type { AreaHandlers, Committed } from './handler.ts';

const day = 86_400_000;
/** How long a practice without a schedule goes on without a backup before somebody is told. */
const patientDays = 14;
/** How much later than planned a backup may be before somebody is told. */
const graceDays = 2;

/** What the schedule last failed with; gone with its next success. */
export interface ScheduleFailure {
  readonly at: string;
  readonly error: ErrorCode;
}

export async function findSchedule(stores: ReadStores): Promise<BackupSchedule | null> {
  const text = await stores.settings.get('backup-schedule');
  return text === undefined ? null : (JSON.parse(text) as BackupSchedule | null);
}

export async function findFailure(stores: ReadStores): Promise<ScheduleFailure | null> {
  const text = await stores.settings.get('backup-failure');
  return text === undefined ? null : (JSON.parse(text) as ScheduleFailure | null);
}

export const putFailure = (stores: Stores, failure: ScheduleFailure | null): Promise<void> =>
  stores.settings.put('backup-failure', JSON.stringify(failure));

/** Has backups made by themselves, or no more. A folder that is not there is refused at once. @throws AppError input.no-backup-key, not-found */
export async function setSchedule(
  { backups, read }: { readonly backups: Backups; readonly read: () => ReadStores },
  schedule: BackupSchedule | null,
): ReturnType<AreaHandlers<'backup'>['schedule']> {
  if (schedule !== null) {
    await requireBackupKey(read());
    await backups.requireFree({ folder: schedule.folder, name: 'keyward' });
  }
  return async (stores): Promise<Committed<{ readonly schedule: BackupSchedule | null }>> => {
    await stores.settings.put('backup-schedule', JSON.stringify(schedule));
    await putFailure(stores, null);
    const subject = schedule === null ? {} : { days: schedule.days, keep: schedule.keep };
    return { value: { schedule }, subject, pushes: [{ name: 'backup.changed', payload: {} }] };
  };
}

/** When the newest backup was made; undefined where there is none. */
async function lastBackupAt(stores: ReadStores): Promise<string | undefined> {
  return (await stores.backups.inState('made'))[0]?.createdAt;
}

/** Whether the schedule wants one now. */
export async function isBackupDue(stores: ReadStores, { days }: BackupSchedule, now: Date): Promise<boolean> {
  const last = await lastBackupAt(stores);
  return last === undefined || now.getTime() - Date.parse(last) >= days * day;
}

/** Since when there has been no backup, if that is too long for nobody to be told. */
export async function withoutBackupSince(
  stores: ReadStores,
  now: Date,
): Promise<{ readonly since: string; readonly isNone: boolean } | undefined> {
  const last = await lastBackupAt(stores);
  const schedule = await findSchedule(stores);
  const since = last ?? (await beginningOf(stores));
  const patience = schedule === null ? patientDays : schedule.days + graceDays;
  return since !== undefined && now.getTime() - Date.parse(since) > patience * day ? { since, isNone: last === undefined } : undefined;
}

async function beginningOf(stores: ReadStores): Promise<string | undefined> {
  const first = await stores.auditLog.leaf(0);
  return first && tryReadLeaf(first.leaf)?.time;
}
