import { hashToBase64, type Sha256, type TreeHasher } from '../domain/audit/hash.ts';
import { consistencyPath, verifyConsistency } from '../domain/audit/merkle-proof.ts';
import { parseVerifierKey, type VerifyEd25519 } from '../domain/audit/signed-note.ts';
import { verifyLog } from '../domain/audit/verify.ts';
import { backupParts, readManifest, type BackupManifest } from '../domain/backup/manifest.ts';
import { AppError } from '../domain/errors.ts';
import type { Backups } from '../ports/backups.ts';
import type { DatabaseCopy, ReadStores } from '../ports/database.ts';
import type { AuditLogReader, CheckpointRecord } from '../ports/stores/audit-log.ts';
import type { WorkspaceDirectory } from '../ports/workspace.ts';
import { readLogKeySetting } from './log-key.ts';
import { readPractice } from './practice.ts';
import { createRangeHashes, storedHash } from './log-proofs.ts';

export interface ExamineParts {
  readonly backups: Backups;
  readonly directory: WorkspaceDirectory;
  readonly hasher: TreeHasher;
  readonly sha256: Sha256;
  readonly verifyEd25519: VerifyEd25519;
}

export interface BackupFile {
  readonly path: string;
  readonly key: Uint8Array;
}

const batchSize = 1000;

/**
 * Puts a backup's database into a folder, once `isWanted` has said yes to what it says of itself, and checks that it is what was
 * written. Undefined where it is not wanted.
 * @throws AppError as `Backups.read`; integrity.backup-damaged
 */
export async function unpackBackup(
  { backups }: ExamineParts,
  { path, key }: BackupFile,
  folder: string,
  isWanted: (manifest: BackupManifest) => boolean = () => true,
): Promise<{ readonly manifest: BackupManifest; readonly isUnpacked: boolean }> {
  let manifest: BackupManifest | undefined;
  const found = await backups.read(path, key, (first) => {
    manifest = readManifest(first);
    return isWanted(manifest) ? { folder, names: [backupParts.database] } : undefined;
  });
  if (manifest === undefined) throw new AppError('internal', 'a backup was read without what it says of itself');
  if (!isWanted(manifest)) return { manifest, isUnpacked: false };
  const said = manifest.files.find(({ name }) => name === backupParts.database);
  const is = found.get(backupParts.database);
  if (said === undefined || said.octets !== is?.octets || said.sha256 !== is.sha256) throw damaged(backupParts.database);
  return { manifest, isUnpacked: true };
}

const damaged = (part: string): AppError => new AppError('integrity.backup-damaged', 'This backup is damaged.', { part });

/**
 * Opens the copy that was unpacked, reads every page of it and recomputes its log from the leaves, then lets `use` look at it.
 * @throws AppError integrity.backup-damaged
 */
export async function examineCopy<T>(
  parts: ExamineParts,
  manifest: BackupManifest,
  folder: string,
  use: (copy: DatabaseCopy) => Promise<T>,
): Promise<T> {
  const copy = await parts.directory.openCopy(folder);
  try {
    await requireWhole(parts, manifest, copy);
    return await use(copy);
  } catch (error) {
    throw error instanceof AppError && error.code === 'store.corrupt' ? damaged(backupParts.database) : error;
  } finally {
    copy.close();
  }
}

async function requireWhole(parts: ExamineParts, manifest: BackupManifest, copy: DatabaseCopy): Promise<void> {
  await copy.check();
  const { auditLog } = copy.read;
  const { vkey } = await readLogKeySetting(copy.read);
  const key = parseVerifierKey(vkey, parts.sha256);
  const archived = await auditLog.archivedSize();
  const log = { leaves: auditLog.leaves(0, batchSize), checkpoints: auditLog.checkpoints(0, batchSize), key, archived };
  const { holds } = await verifyLog(log, parts);
  const latest = await auditLog.latestCheckpoint();
  const { workspaceId } = await readPractice(copy.read);
  const { size, root } = manifest.log;
  const isAsSaid = workspaceId === manifest.workspace && vkey === manifest.log.vkey && latest?.size === size;
  if (!holds || !isAsSaid || hashToBase64(storedHash(latest.root)) !== root) throw damaged('log');
}

/** How far two states of one log are apart. */
export interface Distance {
  readonly behind: number;
  readonly ahead: number;
}

/**
 * Proves by a consistency proof (RFC 9162) that the longer of two logs begins with the whole of the other.
 * @throws AppError integrity.backup-diverged
 */
export async function proveOneLog(parts: ExamineParts, ours: ReadStores, copy: ReadStores): Promise<Distance> {
  const [here, there] = [await ours.auditLog.latestCheckpoint(), await copy.auditLog.latestCheckpoint()];
  const [keyHere, keyThere] = [await readLogKeySetting(ours), await readLogKeySetting(copy)];
  if (here === undefined || there === undefined) throw damaged('log');
  const isOlder = there.size <= here.size;
  const holds = isOlder
    ? await continues(parts, { short: there, long: here, log: ours.auditLog })
    : await continues(parts, { short: here, long: there, log: copy.auditLog });
  if (!holds || keyHere.vkey !== keyThere.vkey)
    throw new AppError('integrity.backup-diverged', 'The log in this backup and the one here are not one log.', {
      entries: Math.min(here.size, there.size),
    });
  return { behind: Math.max(0, here.size - there.size), ahead: Math.max(0, there.size - here.size) };
}

async function continues(
  { hasher }: ExamineParts,
  { short, long, log }: { readonly short: CheckpointRecord; readonly long: CheckpointRecord; readonly log: AuditLogReader },
): Promise<boolean> {
  const path = await consistencyPath(short.size, long.size, createRangeHashes({ auditLog: log }, hasher));
  return verifyConsistency(hasher, {
    size1: short.size,
    root1: storedHash(short.root),
    size2: long.size,
    root2: storedHash(long.root),
    path,
  });
}
