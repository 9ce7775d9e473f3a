import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { AppError } from '../../domain/errors.ts';
import type { DatabaseCopy } from '../../ports/database.ts';
import { kyselyOver, SqliteStatements } from './sqlite-connection.ts';
import { translate, translating } from './sqlite-errors.ts';
import { databaseFile } from './sqlite-file.ts';
import { readStores } from './stores.ts';

/** Pages between two turns of the event loop: a quarter of a millisecond's work. */
const pagesAtATime = 64;

/**
 * Copies the database at `path` into `folder`. A read transaction of a connection of its own holds one moment of the database for as long
 * as it takes, so writers go on and nothing of theirs is half in it; the copying itself is done beside the event loop.
 */
export async function copySqlite(path: string, folder: string): Promise<void> {
  const source = translating(() => new DatabaseSync(path, { readOnly: true, timeout: 2000 }));
  try {
    const target = join(folder, databaseFile);
    translating(() => closeSync(openSync(target, 'wx', 0o600)));
    translating(() => source.exec('begin; select count(*) from sqlite_schema'));
    await backup(source, target, { rate: pagesAtATime });
  } catch (error) {
    throw translate(error);
  } finally {
    source.close();
  }
}

/** Whatever the file holds is only read; SQLite keeps what it needs for that beside it. @throws AppError store.corrupt, store.not-initialised */
export async function openSqliteCopy(folder: string): Promise<DatabaseCopy> {
  const connection = translating(() => new DatabaseSync(join(folder, databaseFile), { readOnly: true }));
  translating(() => connection.exec('pragma temp_store = memory; pragma trusted_schema = off; pragma cell_size_check = on'));
  return {
    read: readStores({ db: kyselyOver(new SqliteStatements(connection)) }),
    check: async () => checkSqlite(connection),
    close: () => connection.close(),
  };
}

/** Reads every page and its structure. @throws AppError store.corrupt */
export function checkSqlite(connection: DatabaseSync): void {
  const findings = translating(() => connection.prepare('pragma quick_check(1)').all());
  if (findings.length !== 1 || findings[0]?.['quick_check'] !== 'ok') throw new AppError('store.corrupt', 'The database is damaged.');
}
