import type { BackupStatus } from '../contract/backup.ts';
import { backupName } from '../domain/backup/backup-name.ts';
import type { ReadStores } from '../ports/database.ts';
import { findBackupKey, makeBackupKey } from './backup-key.ts';
import { findFailure, findSchedule, setSchedule } from './backup-schedule.ts';
import type { AreaHandlers } from './handler.ts';
import { makeBackup, type MakeBackupParts } from './make-backup.ts';
import { restoreBackup, type RestoreParts } from './restore-backup.ts';
import { verifyBackup } from './verify-backup.ts';

export interface BackupHandlerParts extends MakeBackupParts, RestoreParts {}

/** Backups that are looked at in a list. */
const listed = 50;

/** The practice in one encrypted file, and back. */
export function createBackupHandlers(parts: BackupHandlerParts): AreaHandlers<'backup'> {
  return {
    status: async () => status(parts, parts.read()),
    makeKey: async () => makeBackupKey(parts),
    create: async ({ folder, name = backupName(parts.clock.now().toISOString()) }, { session, caller }) =>
      makeBackup(parts, { folder, name }, { operator: session.operator.id, host: caller.host }),
    verify: async ({ path, key }) => {
      const value = await verifyBackup(parts, { path, key: key.reveal() });
      const { verdict, created, entries, behind, ahead } = value;
      return async () => ({ value, subject: { verdict, created, entries, behind, ahead } });
    },
    schedule: async ({ schedule }) => setSchedule(parts, schedule),
    restore: async ({ key, ...order }) => restoreBackup(parts, { ...order, key: key.reveal() }),
  };
}

async function status(parts: BackupHandlerParts, stores: ReadStores): Promise<BackupStatus> {
  const made = (await stores.backups.list(listed)).filter(({ state }) => state === 'made');
  return {
    key: (await findBackupKey(stores)) ?? null,
    schedule: await findSchedule(stores),
    failure: await findFailure(stores),
    backups: made.map(({ folder, name, createdAt, octets, sha256, entries, operatorId }) => ({
      path: parts.backups.pathOf({ folder, name }),
      created: createdAt,
      octets: octets ?? 0,
      sha256: sha256 ?? '',
      entries: entries ?? 0,
      isScheduled: operatorId === null,
    })),
  };
}
