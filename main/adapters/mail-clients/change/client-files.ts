import { closeSync, fchmodSync, fsyncSync, fstatSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import { fileRefusals, systemCode } from '../../../domain/process/system-error.ts';

/** Which files of a mail program are ever written to. Names are paths within its directory. */
export interface FileLayout {
  /** Those there are, and those that may come. */
  namesIn(directory: string): readonly string[];
  /** Whether a change may touch a file of this name: what a list on the disk says is not believed. */
  mayChange(name: string): boolean;
  /** Tools get no copy of it, because it would make them load something. It is put where there is none, and only ever added to. */
  readonly withheld?: string;
  /** Where the way back is kept, within the directory. */
  readonly undoFolder: string;
}

/** A certificate database larger than this is none. Octets. */
const largestFile = 512 << 20;

export interface FileState {
  readonly content: Uint8Array;
  readonly mode: number;
}

/** A file's content and mode, or undefined when there is none. @throws AppError client.unreadable, input.too-large */
export function readIfPresent(path: string): FileState | undefined {
  const descriptor = openIfPresent(path);
  if (descriptor === undefined) return undefined;
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new AppError('client.unreadable', 'Something in this profile is no file.');
    if (status.size > largestFile) throw new AppError('input.too-large', 'A file of this profile is too large.', { limit: '512 MiB' });
    return { content: readFileSync(descriptor), mode: status.mode & 0o777 };
  } finally {
    closeSync(descriptor);
  }
}

function openIfPresent(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error);
  }
}

/** Replaces or removes a file, whole or not at all, and on the disk when it returns. */
export type ReplaceFile = (path: string, state: FileState | undefined) => void;

export const replaceFile: ReplaceFile = (path, state) => {
  try {
    if (state === undefined) rmSync(path, { force: true });
    else writeWhole(path, state);
    syncDirectory(dirname(path));
  } catch (error) {
    throw fileError(error);
  }
};

function writeWhole(path: string, { content, mode }: FileState): void {
  const neighbour = `${path}.keyward-new`;
  rmSync(neighbour, { force: true });
  const descriptor = openSync(neighbour, 'wx', mode);
  try {
    for (let at = 0; at < content.length;) at += writeSync(descriptor, content, at);
    fchmodSync(descriptor, mode);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(neighbour, path);
}

/** A rename survives a power failure only once its directory is on the disk; Windows does that by itself, and refuses to be asked. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What the file system says, without the path: it can hold a name. */
export function fileError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = fileRefusals.get(systemCode(error));
  if (code === 'store.full') return new AppError(code, 'The disk is full.', {}, { cause: error });
  if (code === 'store.read-only') return new AppError(code, 'This profile may not be written to.', {}, { cause: error });
  return error;
}
