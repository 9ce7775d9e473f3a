import type { BackupMade } from '../contract/backup.ts';
import { backupParts, encodeManifest, type BackupManifest } from '../domain/backup/manifest.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { hashToBase64 } from '../domain/audit/hash.ts';
import type { AuditOrigin } from '../domain/audit/entry.ts';
import type { BackupPart, BackupPlace, Backups, FileDigest } from '../ports/backups.ts';
import type { Clock } from '../ports/clock.ts';
import type { Database, ReadStores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { WorkspaceDirectory } from '../ports/workspace.ts';
import type { AuditTrail } from './audit-trail.ts';
import { requireBackupKey } from './backup-key.ts';
import type { Commit } from './handler.ts';
import { readLogKeySetting } from './log-key.ts';
import { readPractice } from './practice.ts';
import { storedHash } from './log-proofs.ts';

export interface MakeBackupParts {
  readonly read: () => ReadStores;
  readonly database: Database;
  readonly directory: WorkspaceDirectory;
  readonly backups: Backups;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly random: Random;
  readonly version: string;
  /** For whoever opens a backup without Keyward. */
  readonly backupGuide: string;
}

/** Who has a backup made: an operator, or the schedule of the core. */
export interface BackupActor {
  readonly operator: string | undefined;
  readonly host: AuditOrigin['host'];
}

/**
 * Makes a backup, bracketed: the intent is durable before anything is written, and the outcome is left to the unit that is given. A backup
 * that failed leaves no file; one whose process was killed is settled at the next start.
 */
export async function makeBackup(parts: MakeBackupParts, place: BackupPlace, by: BackupActor): Promise<Commit<BackupMade>> {
  const { recipient } = await requireBackupKey(parts.read());
  await parts.backups.requireFree(place);
  const id = parts.random.uuid();
  const created = parts.clock.now();
  await begin(parts, { id, place, by, createdAt: created.toISOString() });
  try {
    const { manifest, digest } = await writeFromCopy(parts, place, { created, recipient });
    return async (stores) => {
      const entries = manifest.log.size;
      await stores.backups.finish(id, { ...digest, entries });
      const value = { path: parts.backups.pathOf(place), created: manifest.created, entries, ...digest };
      return { value, subject: { backup: id, created: manifest.created, entries, sha256: digest.sha256 }, pushes: news };
    };
  } catch (error) {
    await parts.auditTrail.record(async (stores) => ({ value: await stores.backups.fail(id), entries: [] }));
    throw error;
  }
}

const news = [{ name: 'backup.changed', payload: {} }] as const;

async function begin(
  { auditTrail }: MakeBackupParts,
  intent: { readonly id: string; readonly place: BackupPlace; readonly by: BackupActor; readonly createdAt: string },
): Promise<void> {
  const { id, place, by, createdAt } = intent;
  await auditTrail.record(async (stores) => {
    await stores.backups.begin({ id, createdAt, ...place, operatorId: by.operator ?? null });
    return { value: undefined, entries: [{ ...by, action: 'backup.begin', subject: { backup: id }, outcome: 'success' }] };
  });
}

/** What goes into the file is one moment of the database, taken while units go on; its copy lies in the workspace and goes at the end. */
async function writeFromCopy(
  parts: MakeBackupParts,
  place: BackupPlace,
  { created, recipient }: { readonly created: Date; readonly recipient: string },
): Promise<{ readonly manifest: BackupManifest; readonly digest: FileDigest }> {
  const work = await parts.directory.workFolder();
  try {
    await parts.database.copyTo(work.path);
    const database = { folder: work.path, name: backupParts.database };
    const manifest = await describe(parts, database, created.toISOString());
    const digest = await parts.backups.write(place, { recipient, created, parts: partsOf(parts, manifest, database) });
    return { manifest, digest };
  } finally {
    await work.remove();
  }
}

function partsOf({ backups, backupGuide }: MakeBackupParts, manifest: BackupManifest, database: BackupPlace): BackupPart[] {
  return [
    { name: backupParts.manifest, content: encodeManifest(manifest) },
    { name: backupParts.guide, content: utf8Encode(backupGuide) },
    { name: database.name, content: { path: backups.pathOf(database), octets: manifest.files[0]?.octets ?? 0 } },
  ];
}

async function describe(parts: MakeBackupParts, database: BackupPlace, created: string): Promise<BackupManifest> {
  const digest = await parts.backups.digest(database);
  const copy = await parts.directory.openCopy(database.folder);
  try {
    const { workspaceId, name } = await readPractice(copy.read);
    const { vkey } = await readLogKeySetting(copy.read);
    const latest = await copy.read.auditLog.latestCheckpoint();
    const signed = await copy.read.auditLog.latestSigned();
    if (latest === undefined || digest === undefined) throw new AppError('store.corrupt', 'The log of this workspace is empty.');
    const log = { size: latest.size, root: hashToBase64(storedHash(latest.root)), checkpoint: signed?.note ?? null, vkey };
    return { created, keyward: parts.version, workspace: workspaceId, practice: name, log, files: [{ name: database.name, ...digest }] };
  } finally {
    copy.close();
  }
}
