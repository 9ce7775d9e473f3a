import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { Database } from '../../main/ports/database.ts';
import { insertPractice, type PracticeRecords } from './database-records.ts';

export interface TestWorkspace {
  readonly directory: string;
  readonly database: Database;
  readonly practice: PracticeRecords;
  /** Closes the database and opens it again, as the next start of the program does. */
  reopen(): Promise<Database>;
}

/** A fresh practice before each test of the enclosing group, gone after it. */
export function useWorkspace(technology: DatabaseTechnology): TestWorkspace {
  let current: { directory: string; database: Database; practice: PracticeRecords } | undefined;
  const get = () => {
    if (current === undefined) throw new Error('there is a workspace only within a test');
    return current;
  };
  beforeEach(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'keyward-database-'));
    const database = await technology.open({ directory, create: true });
    current = { directory, database, practice: await insertPractice(database) };
  });
  afterEach(async () => {
    await get().database.close();
    rmSync(get().directory, { recursive: true });
    current = undefined;
  });
  return {
    get directory() {
      return get().directory;
    },
    get database() {
      return get().database;
    },
    get practice() {
      return get().practice;
    },
    async reopen() {
      await get().database.close();
      current = { ...get(), database: await technology.open({ directory: get().directory }) };
      return current.database;
    },
  };
}

/** The error an act ends in, for looking at its code and details. */
export async function failureOf(act: Promise<unknown>): Promise<unknown> {
  try {
    await act;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}
