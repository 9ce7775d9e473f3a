import { chmodSync, closeSync, constants, lstatSync, mkdirSync, openSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../domain/errors.ts';
import { fileError } from './file-error.ts';

/** The longest path of a unix socket that every system takes. */
const longestSocketPath = 100;

/** Whose presence makes a directory a practice. */
const databaseFile = 'keyward.db';

/**
 * Makes the directory if it is missing (0700) and checks it as `assertPrivateDirectory` does.
 * @throws AppError store.read-only, store.full, input.invalid where it cannot be made
 */
export function ensurePrivateDirectory(directory: string): void {
  makeDirectory(directory);
  assertPrivateDirectory(directory);
}

/**
 * The same for a workspace. A directory of this user that others can enter is closed to them when it is empty or a
 * practice; any other is refused, because others may use what else is in it.
 */
export function ensureWorkspaceDirectory(directory: string): void {
  makeDirectory(directory);
  closeWorkspaceDirectory(directory);
  assertPrivateDirectory(directory);
}

/** Closes it to others, if it is there, of this user, open to them, and empty or a practice. What cannot be closed stays as it is. */
export function closeWorkspaceDirectory(directory: string): void {
  const status = statSync(directory, { throwIfNoEntry: false });
  const isOpen = process.getuid !== undefined && status?.uid === process.getuid() && (status.mode & 0o077) !== 0;
  if (!isOpen || !status.isDirectory()) return;
  try {
    const names = readdirSync(directory);
    if (names.length === 0 || names.includes(databaseFile)) chmodSync(directory, 0o700);
  } catch {
    /* On a medium that cannot be written the practice cannot be opened either, and that says why. */
  }
}

/**
 * Holds when the directory is one, belongs to this user and nobody else may enter it. Windows keeps a user's folders
 * private by itself.
 * @throws AppError store.read-only with the path
 */
export function assertPrivateDirectory(directory: string): void {
  if (isPrivateDirectory(directory)) return;
  throw new AppError('store.read-only', 'This folder is not one that only its owner can enter.', { path: directory });
}

/** The same as an answer; a link to such a directory is one. */
export function isPrivateDirectory(directory: string): boolean {
  const status = statSync(directory, { throwIfNoEntry: false });
  return status !== undefined && status.isDirectory() && isOwn(status);
}

/** What stands at `path` itself (links are not followed), and whether it belongs to this user and no other may touch it. */
export function ownership(path: string): { isPrivate: boolean; isEmptyFile: boolean; isSocket: boolean } | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  return { isPrivate: isOwn(status), isEmptyFile: status.isFile() && status.size === 0 && status.nlink === 1, isSocket: status.isSocket() };
}

const isOwn = ({ uid, mode }: Stats): boolean => process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw fileError(cause, 'This folder cannot be made.', { path: directory });
  }
}

/** How to reach a socket of the given name in a directory. `release` when it is no longer listened or connected to. */
export interface SocketAddress {
  readonly path: string;
  readonly release: () => void;
}

/**
 * A unix socket inside the directory, on Windows a named pipe whose name is derived from it. Linux reaches a directory
 * with a long path through an open descriptor.
 * @throws AppError unsupported where the path is too long and there is no such way.
 */
export function socketAddress(directory: string, name: string): SocketAddress {
  const path = join(directory, name);
  const release = (): void => undefined;
  if (process.platform === 'win32') return { path: pipeName(directory, name), release };
  if (Buffer.byteLength(path) <= longestSocketPath) return { path, release };
  if (process.platform !== 'linux') throw new AppError('unsupported', 'The path of this folder is too long for a socket.', { path });
  const descriptor = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY);
  return { path: `/proc/self/fd/${descriptor}/${name}`, release: () => closeSync(descriptor) };
}

function pipeName(directory: string, name: string): string {
  const digest = createHash('sha256').update(realpathSync(directory).toLowerCase()).digest('hex');
  return `\\\\.\\pipe\\keyward-${digest}-${name}`;
}
