import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { translating } from './sqlite-errors.ts';
import { databaseFile, syncDirectory } from './sqlite-file.ts';
import { makeWorkFolder } from './work-folders.ts';

/**
 * Has a practice's database put into a folder, whole and closed, and then moves it to its place in `directory`, in one step. For who holds
 * the workspace's lock; a database without a practice, which an interrupted beginning left, is replaced.
 */
export async function adoptFiles<T>(directory: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeWorkFolder(directory);
  try {
    const value = await fill(folder.path);
    translating(() => {
      for (const ending of ['-wal', '-shm']) rmSync(join(directory, databaseFile + ending), { force: true });
      renameSync(join(folder.path, databaseFile), join(directory, databaseFile));
    });
    syncDirectory(directory);
    return value;
  } finally {
    await folder.remove();
  }
}

/** The same for a directory `<directory>-<suffix>` that must not be there: it appears with all that is in it. @throws AppError conflict */
export async function adoptFilesBeside<T>(
  directory: string,
  suffix: string,
  fill: (folder: string) => Promise<T>,
): Promise<{ readonly path: string; readonly value: T }> {
  const path = `${directory}-${suffix}`;
  const unfinished = `${path}.partial`;
  if (existsSync(path)) throw new AppError('conflict', 'There is a folder of this name already.', { what: 'folder' });
  translating(() => {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
  });
  try {
    const value = await fill(unfinished);
    syncDirectory(unfinished);
    translating(() => renameSync(unfinished, path));
    syncDirectory(join(path, '..'));
    return { path, value };
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}
