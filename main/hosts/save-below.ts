import { lstat, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../domain/errors.ts';
import { systemCode } from '../domain/process/system-error.ts';
import { fileError } from './file-error.ts';
import { fileName, writeWhole } from './write-whole.ts';

interface NamedFile {
  /** Folders and a name, divided by slashes. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Saves files in a folder and in folders below it. Nothing leaves it: each part of a name is only a name, and a link on the way is not
 * followed.
 * @throws AppError input.invalid before anything is written, or for a link or file where a folder has to be; not-found, store.*
 */
export async function saveBelow(folder: string, files: readonly NamedFile[]): Promise<void> {
  const places = files.map(({ name, bytes }) => ({ parts: partsOf(name), bytes }));
  const made = new Set<string>();
  for (const { parts, bytes } of places) {
    const [name = '', ...above] = parts.toReversed();
    await writeWhole(join(await folderBelow(folder, above.toReversed(), made), name), bytes);
  }
}

function partsOf(name: string): string[] {
  const parts = name.split('/');
  if (parts.some((part) => fileName(part) !== part))
    throw new AppError('input.invalid', 'A file cannot be saved under this name.', { field: 'name' });
  return parts;
}

async function folderBelow(folder: string, parts: readonly string[], made: Set<string>): Promise<string> {
  let path = folder;
  for (const part of parts) {
    path = join(path, part);
    if (!made.has(path)) await requireFolder(path);
    made.add(path);
  }
  return path;
}

async function requireFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw fileError(error, 'The folder could not be made.');
    // Of the link itself, not of what it leads to.
    if (!(await lstat(path)).isDirectory())
      throw new AppError('input.invalid', 'A folder has to be here, and something else is.', { path });
  }
}

/** Numbers that are tried before another name has to be chosen. */
const mostOfAName = 99;

/**
 * Gives a folder in `folder` another name, or that name with a number where it is taken, and answers its path.
 * @throws AppError input.invalid for what is more than a name; not-found, conflict, store.*
 */
export async function nameFolder(folder: string, from: string, to: string): Promise<string> {
  const [source, name] = [...partsOf(from), ...partsOf(to)];
  if (source !== from || name !== to) throw new AppError('input.invalid', 'A folder cannot have this name.', { field: 'name' });
  for (let count = 1; count <= mostOfAName; count++) {
    const path = join(folder, count === 1 ? name : `${name} ${count}`);
    if (await isThere(path)) continue;
    await rename(join(folder, source), path).catch((error: unknown) => {
      throw fileError(error, 'The folder could not be given its name.');
    });
    return path;
  }
  throw new AppError('conflict', 'There are too many of this name.', { what: 'folder' });
}

/** @throws AppError when that cannot be told: nothing is then written over. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw fileError(error, 'The folder cannot be read.');
  }
}
