import { openSqliteDatabase } from '../adapters/databases/sqlite.ts';
import { lockWorkspace } from '../adapters/databases/workspace-lock.ts';
import { AppError } from '../domain/errors.ts';
import type { Database } from '../ports/database.ts';
import type { WorkspaceDirectory } from '../ports/workspace.ts';
import { workerEntry } from './worker-entry.ts';
import type { WorkspaceLock } from '../ports/workspace-lock.ts';

/** A workspace that may not exist yet: its database answers `store.not-initialised` until `create` was called. */
export interface OpenWorkspace extends WorkspaceDirectory {
  readonly database: Database;
}

/**
 * Takes the directory for this process and opens what is there; a directory that is missing or empty is left alone.
 * @throws AppError store.*; store.busy when another core has it
 */
export async function openWorkspace(directory: string): Promise<OpenWorkspace> {
  let opened: { readonly lock: WorkspaceLock; readonly database: Database } | undefined;
  const open = async (create: boolean) => {
    const lock = lockWorkspace(directory, { create });
    try {
      opened = { lock, database: await openSqliteDatabase({ directory, create, checkpoints: workerEntry('checkpoints') }) };
    } catch (error) {
      lock.release();
      throw error;
    }
  };
  const current = (): Database => {
    if (opened === undefined) throw new AppError('store.not-initialised', 'There is no practice in this directory.', { path: directory });
    return opened.database;
  };
  await open(false).catch(unlessNotInitialised);
  return {
    create: async () => (opened === undefined ? open(true) : undefined),
    database: {
      get read() {
        return current().read;
      },
      unit: async (work) => current().unit(work),
      check: async () => current().check(),
      close: async () => {
        await opened?.database.close();
        opened?.lock.release();
        opened = undefined;
      },
    },
  };
}

function unlessNotInitialised(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'store.not-initialised') throw error;
}

const notInitialised = (): AppError => new AppError('store.not-initialised', 'There is no practice in this directory.');

/** For the pure tools: nothing is opened and nothing can be made. */
export const noWorkspace: OpenWorkspace = {
  create: async () => {
    throw notInitialised();
  },
  database: {
    get read(): never {
      throw notInitialised();
    },
    unit: async () => {
      throw notInitialised();
    },
    check: async () => undefined,
    close: async () => undefined,
  },
};
