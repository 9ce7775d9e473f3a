import { closeSync, constants, lstatSync, mkdirSync, openSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { AppError } from '../domain/errors.ts';

/** The longest path of a unix socket that every system takes. */
const longestSocketPath = 100;

/** Makes the directory if it is missing (0700) and checks it as `assertPrivateDirectory` does. */
export function ensurePrivateDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  assertPrivateDirectory(directory);
}

/**
 * Holds when the directory is one, belongs to this user and nobody else may enter it. Windows keeps a user's folders
 * private by itself.
 * @throws AppError store.read-only with the path
 */
export function assertPrivateDirectory(directory: string): void {
  const { isPrivate, isDirectory } = ownership(directory);
  if (isDirectory && isPrivate) return;
  throw new AppError('store.read-only', 'This folder is not one that only its owner can enter.', { path: directory });
}

/** True for anything at `path` itself (links are not followed) that belongs to this user and that no other may touch. */
export function ownership(path: string): { isPrivate: boolean; isDirectory: boolean; isEmptyFile: boolean; isSocket: boolean } {
  const status = lstatSync(path);
  const isOwn = process.getuid === undefined || (status.uid === process.getuid() && (status.mode & 0o077) === 0);
  return {
    isPrivate: isOwn,
    isDirectory: status.isDirectory(),
    isEmptyFile: status.isFile() && status.size === 0 && status.nlink === 1,
    isSocket: status.isSocket(),
  };
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
  const digest = createHash('sha256').update(resolve(directory).toLowerCase()).digest('hex');
  return `\\\\.\\pipe\\keyward-${digest}-${name}`;
}
