import { openSqliteCopy } from '../adapters/databases/sqlite-copy.ts';
import { openSqliteDatabase } from '../adapters/databases/sqlite.ts';
import { makeWorkFolder, removeWorkFolders } from '../adapters/databases/work-folders.ts';
import { lockWorkspace } from '../adapters/databases/workspace-lock.ts';
import { adoptFiles, adoptFilesBeside } from '../adapters/databases/adopt-files.ts';
import { AppError } from '../domain/errors.ts';
import type { Database } from '../ports/database.ts';
import type { WorkspaceDirectory } from '../ports/workspace.ts';
import { workerEntry } from './worker-entry.ts';
import type { WorkspaceLock } from '../ports/workspace-lock.ts';

/** A workspace that may not exist yet: its database answers `store.not-initialised` until `create` or `adopt` was called. */
export interface OpenWorkspace extends WorkspaceDirectory {
  readonly database: Database;
}

interface Opened {
  readonly lock: WorkspaceLock;
  readonly database: Database;
}

/**
 * Takes the directory for this process and opens what is there; a directory that is missing or empty is left alone.
 * @throws AppError store.*; store.busy when another core has it
 */
export async function openWorkspace(directory: string): Promise<OpenWorkspace> {
  let opened: Opened | undefined;
  const open = async (create: boolean, prepare: () => Promise<void> = async () => undefined) => {
    const lock = lockWorkspace(directory, { create });
    try {
      removeWorkFolders(directory);
      await prepare();
      opened = { lock, database: await openSqliteDatabase({ directory, create, checkpoints: workerEntry('checkpoints') }) };
    } catch (error) {
      lock.release();
      throw error;
    }
  };
  const close = async () => {
    await opened?.database.close();
    opened?.lock.release();
    opened = undefined;
  };
  await open(false).catch(unlessNotInitialised);
  return {
    path: directory,
    create: async () => (opened === undefined ? open(true) : undefined),
    adopt: async <T>(fill: (folder: string) => Promise<T>) => {
      await close();
      const filled = Promise.withResolvers<T>();
      await open(true, async () => filled.resolve(await adoptFiles(directory, fill)));
      return filled.promise;
    },
    adoptBeside: (suffix, fill) => adoptFilesBeside(directory, suffix, fill),
    workFolder: () => makeWorkFolder(directory),
    openDatabase: (folder) => openSqliteDatabase({ directory: folder }),
    openCopy: openSqliteCopy,
    database: databaseOf(directory, () => opened?.database, close),
  };
}

function databaseOf(directory: string, opened: () => Database | undefined, close: () => Promise<void>): Database {
  const current = (): Database => {
    const database = opened();
    if (database === undefined) throw new AppError('store.not-initialised', 'There is no practice in this directory.', { path: directory });
    return database;
  };
  return {
    get read() {
      return current().read;
    },
    unit: async (work) => current().unit(work),
    check: async () => current().check(),
    copyTo: async (folder) => current().copyTo(folder),
    close,
  };
}

function unlessNotInitialised(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'store.not-initialised') throw error;
}

const refuse = async (): Promise<never> => {
  throw new AppError('store.not-initialised', 'There is no practice in this directory.');
};

/** For the pure tools: nothing is opened and nothing can be made. */
export const noWorkspace: OpenWorkspace = {
  path: '',
  create: refuse,
  workFolder: refuse,
  adopt: refuse,
  adoptBeside: refuse,
  openDatabase: refuse,
  openCopy: refuse,
  database: {
    get read(): never {
      throw new AppError('store.not-initialised', 'There is no practice in this directory.');
    },
    unit: refuse,
    check: async () => undefined,
    copyTo: refuse,
    close: async () => undefined,
  },
};
