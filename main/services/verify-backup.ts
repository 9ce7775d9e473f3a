import type { BackupContent, BackupVerdict } from '../contract/backup.ts';
import type { BackupManifest } from '../domain/backup/manifest.ts';
import type { ReadStores } from '../ports/database.ts';
import { examineCopy, proveOneLog, unpackBackup, type BackupFile, type ExamineParts } from './examine-backup.ts';
import { readPractice } from './practice.ts';

export interface VerifyBackupParts extends ExamineParts {
  readonly read: () => ReadStores;
}

/** What a backup says of itself, for people. */
export const contentOf = ({ practice, created, keyward, log }: BackupManifest): BackupContent => ({
  practice,
  created,
  keyward,
  entries: log.size,
});

/** Of another practice nothing is unpacked here. @throws AppError as `unpackBackup` and `proveOneLog` */
export async function verifyBackup(parts: VerifyBackupParts, file: BackupFile): Promise<BackupVerdict> {
  const { workspaceId } = await readPractice(parts.read());
  const work = await parts.directory.workFolder();
  try {
    const { manifest, isUnpacked } = await unpackBackup(parts, file, work.path, ({ workspace }) => workspace === workspaceId);
    if (!isUnpacked) return { verdict: 'other-workspace', ...contentOf(manifest), behind: 0, ahead: 0 };
    const distance = await examineCopy(parts, manifest, work.path, (copy) => proveOneLog(parts, parts.read(), copy.read));
    return { verdict: 'good', ...contentOf(manifest), ...distance };
  } finally {
    await work.remove();
  }
}
