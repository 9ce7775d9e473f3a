import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import { systemCode } from '../../../domain/process/system-error.ts';
import type { Recovery } from '../../../ports/mail-client.ts';
import { fileError, readIfPresent, replaceFile, syncDirectory, type FileLayout, type FileState } from './client-files.ts';
import { isAlive } from './is-alive.ts';

/** One file of a change: as it was and as it is to be; undefined where there is none. */
export interface FileChange {
  /** Its path within the profile. */
  readonly name: string;
  readonly before: FileState | undefined;
  readonly after: FileState | undefined;
}

interface ManifestEntry {
  readonly name: string;
  readonly before: { readonly sha256: string; readonly mode: number } | null;
  readonly after: string | null;
}

interface Manifest {
  readonly version: 1;
  readonly change: string;
  /** Who makes the change. */
  readonly pid: number;
  readonly files: readonly ManifestEntry[];
  /** Directories the change makes, outermost first. */
  readonly directories?: readonly string[];
}

const manifestName = 'manifest.json';

/** The way back of one profile. */
export interface UndoFolder {
  isThere(): boolean;
  /**
   * Keeps what the files were, on the disk, before the first of them is touched, and makes the directories they go to.
   * While the folder stands no other change of the profile begins.
   * @throws AppError conflict when a change goes on already, store.*
   */
  open(change: string, changes: readonly FileChange[]): void;
  remove(): void;
  /** Whether it was left by this change; one without a list of files could be anybody's, and holds nothing to put back. */
  isOf(change: string): boolean;
  /** Whether a process that still runs is making a change; our own does not count. */
  isBeingChanged(): boolean;
  /**
   * Puts every file back as it was. A file that is neither as it was nor as the change would have left it was written by
   * somebody else since: then nothing is touched, and the folder stays, unless it `isOurs` all the same.
   */
  restore(options: { readonly isOurs: boolean }): Recovery;
}

/** Opens nothing yet. */
export function undoFolderOf(layout: FileLayout, profile: string): UndoFolder {
  const folder = join(profile, layout.undoFolder);
  const manifest = () => readManifest(layout, folder);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return {
    isThere: () => existsSync(folder),
    open: (change, changes) => openFolder(profile, folder, change, changes),
    remove,
    isOf: (change) => manifest()?.change === change,
    isBeingChanged: () => {
      const pid = manifest()?.pid;
      return pid !== undefined && pid !== process.pid && isAlive(pid);
    },
    restore: ({ isOurs }) => {
      const found = manifest();
      const recovery = found === undefined ? 'untouched' : restoreFrom(found, profile, folder, isOurs);
      if (recovery !== 'changed-since') remove();
      return recovery;
    },
  };
}

function openFolder(profile: string, folder: string, change: string, changes: readonly FileChange[]): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (systemCode(error) === 'EEXIST')
      throw new AppError('conflict', 'This profile is being changed already.', { what: 'profile' }, { cause: error });
    throw fileError(error);
  }
  for (const { name, before } of changes) if (before !== undefined) replaceFile(join(folder, savedName(name)), { ...before, mode: 0o600 });
  const directories = missingDirectories(profile, changes);
  const manifest: Manifest = { version: 1, change, pid: process.pid, files: changes.map(entryOf), directories };
  replaceFile(join(folder, manifestName), { content: Buffer.from(JSON.stringify(manifest)), mode: 0o600 });
  syncDirectory(profile);
  for (const directory of directories) mkdirSync(join(profile, directory), { mode: 0o700 });
}

function missingDirectories(profile: string, changes: readonly FileChange[]): string[] {
  const all = changes.filter(({ after }) => after !== undefined).flatMap(({ name }) => parentsOf(name));
  return [...new Set(all)].filter((directory) => !existsSync(join(profile, directory)));
}

/** Outermost first. */
const parentsOf = (name: string): string[] => (dirname(name) === '.' ? [] : [...parentsOf(dirname(name)), dirname(name)]);

/** A saved file lies beside the others, whatever directory it is of. */
const savedName = (name: string): string => encodeURIComponent(name);

const entryOf = ({ name, before, after }: FileChange): ManifestEntry => ({
  name,
  before: before === undefined ? null : { sha256: sha256(before), mode: before.mode },
  after: after === undefined ? null : sha256(after),
});

const sha256 = ({ content }: FileState): string => createHash('sha256').update(content).digest('hex');

function restoreFrom({ files, directories }: Manifest, profile: string, folder: string, isOurs: boolean): Recovery {
  const current = files.map((entry) => ({ entry, state: readIfPresent(join(profile, entry.name)) }));
  if (!isOurs && current.some(({ entry, state }) => !isKnown(entry, state))) return 'changed-since';
  for (const { entry, state } of current) {
    if (hashOf(state) === (entry.before?.sha256 ?? null)) continue;
    replaceFile(join(profile, entry.name), savedState(folder, entry));
  }
  for (const { name } of files) rmSync(join(profile, `${name}.keyward-new`), { force: true });
  for (const directory of directories?.toReversed() ?? []) removeIfEmpty(join(profile, directory));
  return 'restored';
}

/** What somebody put there since stays. */
function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) throw fileError(error);
  }
}

const hashOf = (state: FileState | undefined): string | null => (state === undefined ? null : sha256(state));

const isKnown = ({ before, after }: ManifestEntry, state: FileState | undefined): boolean =>
  [before?.sha256 ?? null, after].includes(hashOf(state));

function savedState(folder: string, { name, before }: ManifestEntry): FileState | undefined {
  if (before === null) return undefined;
  const saved = readIfPresent(join(folder, savedName(name)));
  if (saved === undefined || sha256(saved) !== before.sha256)
    throw new AppError('store.corrupt', 'What a profile was before is damaged.', { file: name });
  return { content: saved.content, mode: before.mode };
}

/** A folder without one was interrupted before anything in the profile was touched. @throws AppError store.corrupt */
function readManifest(layout: FileLayout, folder: string): Manifest | undefined {
  const file = readIfPresent(join(folder, manifestName));
  if (file === undefined) return undefined;
  const manifest = parse(file.content);
  if (!isManifest(layout, manifest)) throw new AppError('store.corrupt', 'What a profile was before is damaged.', { file: manifestName });
  return manifest;
}

function parse(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString('utf8'));
  } catch {
    return undefined;
  }
}

function isManifest(layout: FileLayout, value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null || !('files' in value) || !('pid' in value) || !('change' in value)) return false;
  if (typeof value.change !== 'string' || typeof value.pid !== 'number' || !Array.isArray(value.files)) return false;
  if (!value.files.every((entry): entry is ManifestEntry => isEntry(layout, entry))) return false;
  const parents = new Set(value.files.flatMap(({ name }) => parentsOf(name)));
  const directories: unknown = 'directories' in value ? value.directories : [];
  return Array.isArray(directories) && directories.every((directory) => typeof directory === 'string' && parents.has(directory));
}

function isEntry(layout: FileLayout, value: unknown): value is ManifestEntry {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('before' in value) || !('after' in value)) return false;
  const { name, before, after } = value;
  const isBefore =
    before === null || (typeof before === 'object' && 'sha256' in before && 'mode' in before && typeof before.mode === 'number');
  return typeof name === 'string' && layout.mayChange(name) && isBefore && (after === null || typeof after === 'string');
}
