import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../domain/errors.ts';
import type { WorkspaceLock } from '../../ports/workspace-lock.ts';
import { translating } from './sqlite-errors.ts';
import { databaseFile, prepareFile } from './sqlite-file.ts';

/** Held locks are kept reachable: a collected connection would let go of its lock. */
const held = new Set<DatabaseSync>();

/**
 * Takes the workspace for this process, through SQLite's exclusive lock on a file of its own (`workspace.lock`): the
 * operating system drops it however the process ends. With `create` a directory without a database, or none, will do.
 * @throws AppError store.busy when somebody holds it, this process included; store.not-initialised without a database;
 * store.read-only, store.full
 */
export function lockWorkspace(directory: string, options: { readonly create?: boolean } = {}): WorkspaceLock {
  const create = options.create ?? false;
  if (!create && !existsSync(join(directory, databaseFile)))
    throw new AppError('store.not-initialised', 'There is no practice in this directory.', { path: directory });
  const path = prepareFile(directory, 'workspace.lock', { directory: create ? 'make' : 'refuse', file: 'make' });
  const connection = translating(() => new DatabaseSync(path));
  try {
    translating(() => connection.exec('pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive'));
  } catch (error) {
    connection.close();
    throw error;
  }
  held.add(connection);
  return {
    release() {
      if (held.delete(connection)) connection.close();
    },
  };
}
