import { accessSync, chmodSync, closeSync, constants, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { translating } from './sqlite-errors.ts';

/** The workspace's database; SQLite keeps `-wal` and `-shm` files beside it while it is open. */
export const databaseFile = 'keyward.db';

const ownerOnly = 0o600;
const othersBits = 0o077;

/** What may be made when it is not there. */
export interface Absence {
  readonly directory: 'make' | 'refuse';
  readonly file: 'make' | 'refuse';
}

/**
 * The path of a file in the workspace, readable by its owner only; SQLite gives the files it keeps beside it the same
 * mode. What `absence` allows is made: the directory with mode 0700, the file empty. A directory that exists keeps its mode.
 * @throws AppError store.not-initialised for what is absent and must not be made, store.read-only, store.full; input.invalid where the
 * directory is a file
 */
export function prepareFile(directory: string, name: string, absence: Absence): string {
  const path = join(directory, name);
  return translating(() => {
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === false)
      throw new AppError('input.invalid', 'A practice needs a folder, and this is a file.', { field: 'workspace', rule: 'folder' });
    if (absence.directory === 'make') mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (!existsSync(path)) makeFile(directory, path, absence);
    if (process.platform !== 'win32' && (statSync(path).mode & othersBits) !== 0) chmodSync(path, ownerOnly);
    accessSync(directory, constants.W_OK);
    accessSync(path, constants.R_OK | constants.W_OK);
    return path;
  });
}

function makeFile(directory: string, path: string, absence: Absence): void {
  if (absence.file === 'refuse' || !existsSync(directory))
    throw new AppError('store.not-initialised', 'There is no practice in this directory.', { path: directory });
  closeSync(openSync(path, 'wx', ownerOnly));
}

/** Makes the directory's entries survive a loss of power. Windows keeps them without being asked, and opens no directory. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  translating(() => {
    const descriptor = openSync(directory, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}
