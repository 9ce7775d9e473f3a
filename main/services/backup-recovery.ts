import { AppError } from '../domain/errors.ts';
import type { Backups } from '../ports/backups.ts';
import type { ReadStores } from '../ports/database.ts';
import type { BackupRecord } from '../ports/stores/backups.ts';
import type { AuditTrail } from './audit-trail.ts';

export interface BackupRecoveryParts {
  readonly read: () => ReadStores;
  readonly auditTrail: AuditTrail;
  readonly backups: Backups;
  /** What could not be settled now stays as it is until the next start. */
  readonly report: (error: unknown) => void;
}

/**
 * Settles what a killed process had begun: a backup has its name only when it is whole, so what is there was made, and the log says so;
 * what is not there was not, and what lies beside it goes. Runs before the first call; never fails.
 */
export async function recoverBackups(parts: BackupRecoveryParts): Promise<void> {
  for (const backup of await begun(parts)) await settle(parts, backup).catch(parts.report);
}

async function begun({ read, report }: BackupRecoveryParts): Promise<readonly BackupRecord[]> {
  try {
    return await read().backups.inState('writing');
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store.not-initialised') report(error);
    return [];
  }
}

async function settle({ backups, auditTrail }: BackupRecoveryParts, { id, folder, name, operatorId }: BackupRecord): Promise<void> {
  await backups.discardUnfinished({ folder, name });
  const digest = await backups.digest({ folder, name });
  const entry = { action: 'backup.create', operator: operatorId ?? undefined, host: 'core', subject: { backup: id } } as const;
  await auditTrail.record(async (stores) => {
    if (digest === undefined) {
      await stores.backups.fail(id);
      return { value: undefined, entries: [{ ...entry, outcome: 'failed', error: 'cancelled' }] };
    }
    await stores.backups.finish(id, { ...digest, entries: null });
    return { value: undefined, entries: [{ ...entry, subject: { backup: id, sha256: digest.sha256 }, outcome: 'success' }] };
  });
}
