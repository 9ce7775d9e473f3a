import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import { systemCode } from '../../../domain/process/system-error.ts';
import type { Recovery } from '../../../ports/mail-client.ts';
import { isAlive } from './is-open.ts';
import {
  fileError,
  profileFileNames,
  readIfPresent,
  replaceFile,
  syncDirectory,
  type FileState,
  type ProfileFileName,
} from './profile-files.ts';

/** One file of a change: as it was and as it is to be; undefined where there is none. */
export interface FileChange {
  readonly name: ProfileFileName;
  readonly before: FileState | undefined;
  readonly after: FileState | undefined;
}

interface ManifestEntry {
  readonly name: ProfileFileName;
  readonly before: { readonly sha256: string; readonly mode: number } | null;
  readonly after: string | null;
}

interface Manifest {
  readonly version: 1;
  readonly change: string;
  /** Who makes the change. */
  readonly pid: number;
  readonly files: readonly ManifestEntry[];
}

const manifestName = 'manifest.json';

export const undoFolderOf = (profile: string): string => join(profile, '.keyward-undo');

/**
 * Keeps what the files were, on the disk, before the first of them is touched. While the folder stands no other change
 * of the profile begins.
 * @throws AppError conflict when a change goes on already, store.*
 */
export function openUndoFolder(profile: string, change: string, changes: readonly FileChange[]): void {
  const folder = undoFolderOf(profile);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (systemCode(error) === 'EEXIST')
      throw new AppError('conflict', 'This profile is being changed already.', { what: 'profile' }, { cause: error });
    throw fileError(error);
  }
  for (const { name, before } of changes) if (before !== undefined) replaceFile(join(folder, name), { ...before, mode: 0o600 });
  const manifest: Manifest = { version: 1, change, pid: process.pid, files: changes.map(entryOf) };
  replaceFile(join(folder, manifestName), { content: Buffer.from(JSON.stringify(manifest)), mode: 0o600 });
  syncDirectory(profile);
}

const entryOf = ({ name, before, after }: FileChange): ManifestEntry => ({
  name,
  before: before === undefined ? null : { sha256: sha256(before), mode: before.mode },
  after: after === undefined ? null : sha256(after),
});

const sha256 = ({ content }: FileState): string => createHash('sha256').update(content).digest('hex');

export const removeUndoFolder = (profile: string): void => rmSync(undoFolderOf(profile), { recursive: true, force: true });

/** Whether the folder was left by this change; one without a list of files could be anybody's, and holds nothing to put back. */
export const isOfChange = (profile: string, change: string): boolean => readManifest(profile)?.change === change;

/** Whether a process that still runs is making a change; our own does not count. */
export function isBeingChanged(profile: string): boolean {
  const pid = readManifest(profile)?.pid;
  return pid !== undefined && pid !== process.pid && isAlive(pid);
}

/**
 * Puts every file back as it was. A file that is neither as it was nor as the change would have left it was written by
 * somebody else since: then nothing is touched, and the folder stays, unless it `isOurs` all the same.
 */
export function restore(profile: string, { isOurs }: { readonly isOurs: boolean }): Recovery {
  const manifest = readManifest(profile);
  if (manifest === undefined) {
    removeUndoFolder(profile);
    return 'untouched';
  }
  const current = manifest.files.map((entry) => ({ entry, state: readIfPresent(join(profile, entry.name)) }));
  if (!isOurs && current.some(({ entry, state }) => !isKnown(entry, state))) return 'changed-since';
  for (const { entry, state } of current) {
    if (hashOf(state) === (entry.before?.sha256 ?? null)) continue;
    replaceFile(join(profile, entry.name), savedState(profile, entry));
  }
  for (const { name } of manifest.files) rmSync(join(profile, `${name}.keyward-new`), { force: true });
  removeUndoFolder(profile);
  return 'restored';
}

const hashOf = (state: FileState | undefined): string | null => (state === undefined ? null : sha256(state));

const isKnown = ({ before, after }: ManifestEntry, state: FileState | undefined): boolean =>
  [before?.sha256 ?? null, after].includes(hashOf(state));

function savedState(profile: string, { name, before }: ManifestEntry): FileState | undefined {
  if (before === null) return undefined;
  const saved = readIfPresent(join(undoFolderOf(profile), name));
  if (saved === undefined || sha256(saved) !== before.sha256)
    throw new AppError('store.corrupt', 'What a profile was before is damaged.', { file: name });
  return { content: saved.content, mode: before.mode };
}

/** A folder without one was interrupted before anything in the profile was touched. @throws AppError store.corrupt */
function readManifest(profile: string): Manifest | undefined {
  const file = readIfPresent(join(undoFolderOf(profile), manifestName));
  if (file === undefined) return undefined;
  const manifest = parse(file.content);
  if (!isManifest(manifest)) throw new AppError('store.corrupt', 'What a profile was before is damaged.', { file: manifestName });
  return manifest;
}

function parse(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString('utf8'));
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null || !('files' in value) || !('pid' in value) || !('change' in value)) return false;
  return typeof value.change === 'string' && typeof value.pid === 'number' && Array.isArray(value.files) && value.files.every(isEntry);
}

function isEntry(value: unknown): value is ManifestEntry {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('before' in value) || !('after' in value)) return false;
  const { before, after } = value;
  const isBefore =
    before === null || (typeof before === 'object' && 'sha256' in before && 'mode' in before && typeof before.mode === 'number');
  return profileFileNames.some((name) => name === value.name) && isBefore && (after === null || typeof after === 'string');
}
