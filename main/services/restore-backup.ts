import type { BackupRestored } from '../contract/backup.ts';
import type { AuditOrigin, AuditSubject } from '../domain/audit/entry.ts';
import { restoredSuffix } from '../domain/backup/backup-name.ts';
import type { BackupManifest } from '../domain/backup/manifest.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import { createAuditTrail, type AuditTrailParts } from './audit-trail.ts';
import { examineCopy, unpackBackup, type BackupFile } from './examine-backup.ts';
import type { Commit } from './handler.ts';
import { findPractice, type Practice } from './practice.ts';
import { watchEntries } from './watch.ts';
import { contentOf, verifyBackup, type VerifyBackupParts } from './verify-backup.ts';

export interface RestoreParts extends VerifyBackupParts {
  readonly clock: Clock;
  readonly origin: Omit<AuditOrigin, 'host'>;
}

interface RestoreOrder extends BackupFile {
  readonly withoutNewest?: number | undefined;
}

/**
 * Brings a practice back where none is. Where one is, nothing of it is touched: if it has done more than the backup knows, whoever names
 * the number of entries gets the backup beside it. The restored log says what it was restored from before anybody can open it.
 */
export async function restoreBackup(parts: RestoreParts, order: RestoreOrder): Promise<Commit<BackupRestored>> {
  const present = await presentPractice(parts);
  const value = present === undefined ? await restoreHere(parts, order) : await restoreBeside(parts, order, present);
  const { created, entries, missing } = value;
  const subject = { created, entries, ...(missing === null ? {} : { missing }) };
  return async () => ({ value, subject });
}

async function presentPractice(parts: RestoreParts): Promise<Practice | undefined> {
  try {
    return await findPractice(parts.read());
  } catch (error) {
    if (error instanceof AppError && error.code === 'store.not-initialised') return undefined;
    throw error;
  }
}

async function restoreHere(parts: RestoreParts, order: BackupFile): Promise<BackupRestored> {
  const restored = await parts.directory.adopt((folder) => bringBack(parts, order, folder, null));
  return { ...restored, directory: parts.directory.path };
}

async function restoreBeside(parts: RestoreParts, order: RestoreOrder, present: Practice): Promise<BackupRestored> {
  const missing = await acknowledged(parts, order, present);
  const suffix = restoredSuffix(parts.clock.now().toISOString());
  const { path, value } = await parts.directory.adoptBeside(suffix, (folder) => bringBack(parts, order, folder, missing));
  return { ...value, directory: path };
}

/**
 * How many entries the practice here has that the backup lacks, if that is the number somebody has acknowledged.
 * @throws AppError conflict for another practice, or where a backup would bring nothing back; integrity.would-lose-entries
 */
async function acknowledged(parts: RestoreParts, order: RestoreOrder, present: Practice): Promise<number> {
  const { verdict, behind, ahead } = await verifyBackup(parts, order);
  if (verdict === 'other-workspace' || ahead > 0 || behind === 0)
    throw new AppError('conflict', `There is a practice in this folder already: ${present.name}.`, { what: 'practice' });
  if (order.withoutNewest === behind) return behind;
  // The refusal is an entry, too.
  throw new AppError('integrity.would-lose-entries', 'The practice in this folder has done more than the backup knows.', {
    entries: behind + 1,
  });
}

/** Everything of the backup into a folder that nobody has opened yet, and its log told of it. */
async function bringBack(
  parts: RestoreParts,
  order: BackupFile,
  folder: string,
  missing: number | null,
): Promise<Omit<BackupRestored, 'directory'>> {
  const { manifest } = await unpackBackup(parts, order, folder);
  await examineCopy(parts, manifest, folder, () => Promise.resolve());
  const database = await parts.directory.openDatabase(folder);
  try {
    const trail = createAuditTrail({ ...parts, database, logKey: lockedLogKey, announce: () => undefined, watch: watchEntries });
    const stoppedJobs = await trail.record(async (stores, { time }) => {
      const jobs = await endWhatWasUnderWay(stores, time);
      const subject = subjectOf(manifest, missing, jobs);
      return {
        value: jobs.length,
        entries: [{ action: 'backup.restored', operator: undefined, host: 'core', subject, outcome: 'success' }],
      };
    });
    return { ...contentOf(manifest), missing, stoppedJobs, logKey: manifest.log.vkey };
  } finally {
    await database.close();
  }
}

/** Nobody is signed in: the next sign-in signs the entry. */
const lockedLogKey: AuditTrailParts['logKey'] = { sign: () => null };

const subjectOf = (manifest: BackupManifest, missing: number | null, jobs: readonly string[]): AuditSubject => ({
  created: manifest.created,
  entries: manifest.log.size,
  ...(missing === null ? {} : { missing }),
  ...(jobs.length === 0 ? {} : { jobs }),
});

/**
 * An enrolment that went on after the backup has issued what this database does not know: it is not continued by itself. The backup that
 * was being written is the one in hand, wherever it lies now.
 */
async function endWhatWasUnderWay(stores: Stores & ReadStores, time: string): Promise<readonly string[]> {
  const jobs = await stores.jobs.unfinished();
  for (const { id } of jobs) await stores.jobs.setState(id, 'cancelled', time);
  for (const { id } of await stores.backups.inState('writing')) await stores.backups.fail(id);
  return jobs.map(({ id }) => id);
}
