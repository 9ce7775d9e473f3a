import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { AppError } from '../../domain/errors.ts';
import type { Database } from '../../ports/database.ts';
import { LoopShare } from './loop-share.ts';
import { migrate } from './migrations/migrate.ts';
import type { ColumnTypes } from './migrations/migration.ts';
import { checkpointsBeside, checkpointsInCommit, type Checkpoints } from './sqlite-checkpoints.ts';
import { checkSqlite, copySqlite } from './sqlite-copy.ts';
import { kyselyOver, SqliteStatements, sqliteRowWriter } from './sqlite-connection.ts';
import { translating } from './sqlite-errors.ts';
import { databaseFile, prepareFile, syncDirectory } from './sqlite-file.ts';
import { readStores, stores } from './stores.ts';
import { wordIndex } from './sqlite-words.ts';
import { SqliteTransaction } from './sqlite-transaction.ts';
import { UnitQueue } from './units.ts';

export interface SqliteOptions {
  /** The workspace. The database is `keyward.db` in it. */
  readonly directory: string;
  /** Makes the directory and the database where there are none. Without it their absence is an error. */
  readonly create?: boolean;
  /** Milliseconds to wait for another process that writes, 2,000 unless set. The event loop waits with it. */
  readonly busyTimeout?: number;
  /** The module of a thread that writes checkpoints. Without it commits do. */
  readonly checkpoints?: URL;
}

/** Text compares by code point (SQLite's BINARY over UTF-8) and tables hold what their columns say. */
const columnTypes: ColumnTypes = {
  text: 'text',
  integer: 'integer',
  binary: 'blob',
  tableOptions: (isClustered) => (isClustered ? sql`strict, without rowid` : sql`strict`),
  wordIndex,
};

/**
 * Opens the workspace's database and brings its schema up to date. One connection writes, unit after unit; another one
 * reads and sees only what was committed.
 * @throws AppError store.not-initialised, store.corrupt, store.read-only, store.schema-too-new, store.busy, store.full
 */
export async function openSqliteDatabase(options: SqliteOptions): Promise<Database> {
  const path = prepareDatabaseFile(options);
  const opened: DatabaseSync[] = [];
  try {
    const writer = openWriter(path, options.busyTimeout ?? 2000);
    opened.push(writer);
    const units = await startUnits(writer);
    syncDirectory(options.directory);
    const reader = openReader(path, options.busyTimeout ?? 2000);
    opened.push(reader);
    const { checkpoints } = options;
    const beside = checkpoints === undefined ? checkpointsInCommit : checkpointsBeside(writer, path, checkpoints);
    return assemble({ path, writer, reader }, units, beside);
  } catch (error) {
    for (const connection of opened) connection.close();
    throw error;
  }
}

/** An empty file is what an interrupted beginning leaves behind, not a practice. */
function prepareDatabaseFile({ directory, create }: SqliteOptions): string {
  const absence = create === true ? 'make' : 'refuse';
  const path = prepareFile(directory, databaseFile, { directory: absence, file: absence });
  if (absence === 'refuse' && statSync(path).size === 0)
    throw new AppError('store.not-initialised', 'There is no practice in this directory.', { path: directory });
  return path;
}

/** Octets, of a database that is made now: half as many pages to write as with SQLite's own 4096. */
const pageSize = 8192;

function openWriter(path: string, timeout: number): DatabaseSync {
  return translating(() => {
    const database = new DatabaseSync(path, { timeout, enableForeignKeyConstraints: true });
    try {
      database.exec(`pragma page_size = ${pageSize}`);
      const journal = database.prepare('pragma journal_mode = wal').get();
      if (journal?.['journal_mode'] !== 'wal')
        throw new AppError('unsupported', 'This disk cannot hold a write-ahead log.', { what: 'wal' });
      /* A commit is on the disk when it returns; what was replaced or deleted is overwritten; nothing is spilled into other files. */
      database.exec('pragma synchronous = full; pragma secure_delete = on; pragma temp_store = memory; pragma trusted_schema = off');
      database.exec('pragma cell_size_check = on; pragma cache_size = -16000; pragma journal_size_limit = 67108864');
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function openReader(path: string, timeout: number): DatabaseSync {
  return translating(() => {
    const database = new DatabaseSync(path, { readOnly: true, timeout });
    database.exec('pragma temp_store = memory; pragma trusted_schema = off; pragma cache_size = -16000');
    return database;
  });
}

interface Units {
  readonly queue: UnitQueue;
  readonly stores: ReturnType<typeof stores>;
}

async function startUnits(writer: DatabaseSync): Promise<Units> {
  const share = new LoopShare();
  const transaction = new SqliteTransaction(writer, share);
  const statements = new SqliteStatements(writer);
  const db = kyselyOver(statements, transaction.guard);
  const queue = new UnitQueue(transaction);
  await queue.run(() => migrate({ db, types: columnTypes }));
  const { guard, refuse } = transaction;
  return { queue, stores: stores({ db, ...sqliteRowWriter(statements, share, guard), refuse }) };
}

interface Connections {
  readonly path: string;
  readonly writer: DatabaseSync;
  readonly reader: DatabaseSync;
}

function assemble({ path, writer, reader }: Connections, units: Units, checkpoints: Checkpoints): Database {
  return {
    read: readStores({ db: kyselyOver(new SqliteStatements(reader)) }),
    unit: (work) => units.queue.run(() => work(units.stores)).finally(checkpoints.afterUnit),
    check: async () => checkSqlite(reader),
    copyTo: (folder) => copySqlite(path, folder),
    async close() {
      await units.queue.close();
      await checkpoints.close();
      reader.close();
      translating(() => writer.close());
    },
  };
}
