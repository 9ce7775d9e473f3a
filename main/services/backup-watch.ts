import type { BackupSchedule } from '../contract/backup.ts';
import type { AuditOrigin } from '../domain/audit/entry.ts';
import { backupName } from '../domain/backup/backup-name.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { BackupRecord } from '../ports/stores/backups.ts';
import type { Attempt } from './audit-trail.ts';
import { findFailure, findSchedule, isBackupDue, putFailure } from './backup-schedule.ts';
import type { PushMessage } from './handler.ts';
import { makeBackup, type MakeBackupParts } from './make-backup.ts';

export interface BackupWatchParts extends MakeBackupParts {
  /** Calls again and again after so many milliseconds, until the returned function is called. */
  readonly repeat: (milliseconds: number, act: () => void) => () => void;
  readonly send: (messages: readonly PushMessage[]) => void;
  readonly report: (error: unknown) => void;
}

/**
 * Makes backups as the schedule wants them while the window's core runs, from the first sign-in on and also while it is locked: a backup
 * needs the public half of its key alone. It is the core's own work.
 */
export interface BackupWatch {
  /** Looks at once, also when the last time failed just now, and from now on. */
  begin(host: AuditOrigin['host']): void;
  /** Resolves when what is under way is done. */
  stop(): Promise<void>;
}

/** Milliseconds between two looks. */
const pause = 3_600_000;
/** How long after a failure it is tried again where nobody signs in meanwhile. */
const rest = 24 * pause;

export function createBackupWatch(parts: BackupWatchParts): BackupWatch {
  let stop: (() => void) | undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = (isAsked: boolean) => {
    looking = looking.then(() => backUpIfDue(parts, isAsked).catch(parts.report));
  };
  return {
    begin(host) {
      if (host !== 'window') return;
      stop ??= parts.repeat(pause, () => look(false));
      look(true);
    },
    stop: () => {
      stop?.();
      return looking;
    },
  };
}

async function backUpIfDue(parts: BackupWatchParts, isAsked: boolean): Promise<void> {
  const stores = parts.read();
  const schedule = await findSchedule(stores);
  const now = parts.clock.now();
  if (schedule === null || !(await isBackupDue(stores, schedule, now))) return;
  if (!isAsked && (await isResting(stores, now))) return;
  await backUp(parts, schedule, now);
  parts.send([{ name: 'backup.changed', payload: {} }]);
}

async function isResting(stores: ReadStores, now: Date): Promise<boolean> {
  const failure = await findFailure(stores);
  return failure !== null && now.getTime() - Date.parse(failure.at) < rest;
}

const work: Attempt = { action: 'backup.create', operator: undefined, host: 'core', subject: {} };

/** What fails is entered, and shown on the overview until it no longer does. */
async function backUp(parts: BackupWatchParts, schedule: BackupSchedule, now: Date): Promise<void> {
  try {
    const place = { folder: schedule.folder, name: backupName(now.toISOString()) };
    const finish = await makeBackup(parts, place, { operator: undefined, host: 'core' });
    await parts.auditTrail.commit(work, async (stores, at) => {
      await putFailure(stores, null);
      return finish(stores, at);
    });
    await removeOld(parts, schedule);
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal';
    await parts.auditTrail.enter({ ...work, outcome: 'failed', error: code }, (stores) =>
      putFailure(stores, { at: now.toISOString(), error: code }),
    );
    if (!(error instanceof AppError)) throw error;
  }
}

/**
 * Of what the schedule has made in its folder the newest are kept. What is removed is what it wrote there, octet for octet: another file
 * under that name stays. Killed in between, it goes on with the next backup.
 */
async function removeOld(parts: BackupWatchParts, { folder, keep }: BackupSchedule): Promise<void> {
  const own = (await parts.read().backups.inState('made')).filter((backup) => backup.operatorId === null && backup.folder === folder);
  const old = own.slice(keep);
  if (old.length === 0) return;
  for (const backup of old) await removeUnchanged(parts, backup);
  await parts.auditTrail.record(async (stores) => {
    const backups = old.map(({ id }) => id);
    await stores.backups.setRemoved(backups);
    return { value: undefined, entries: [{ ...work, action: 'backup.remove', subject: { backups }, outcome: 'success' }] };
  });
}

async function removeUnchanged({ backups }: BackupWatchParts, { folder, name, sha256 }: BackupRecord): Promise<void> {
  const digest = await backups.digest({ folder, name });
  if (digest !== undefined && digest.sha256 === sha256) await backups.remove({ folder, name });
}
