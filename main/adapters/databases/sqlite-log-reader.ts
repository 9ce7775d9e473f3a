import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { join } from 'node:path';
import type { Hash } from '../../domain/audit/hash.ts';
import type { StoredCheckpoint, StoredLeaf } from '../../domain/audit/stored-log.ts';
import { translating } from './sqlite-errors.ts';
import { databaseFile } from './sqlite-file.ts';

/** The log in a workspace's database, read for one purpose: to be recomputed. Rows come as lists and hashes as text, without a buffer for each. */
export interface LogReader {
  /** Leaves from `from` on, below `to` where that is given; of what is in archives `leaf` is empty. @throws AppError store.* */
  leaves(from: number, to: number | null): Iterable<readonly StoredLeaf[]>;
  /** Checkpoints over `from` entries and more, up to `to` where that is given. @throws AppError store.* */
  checkpoints(from: number, to: number | null): Iterable<readonly StoredCheckpoint[]>;
  /** How many entries from the first on have their content in archives. @throws AppError store.* */
  archivedSize(): number;
}

/** Entries may be long: what is held at once is this many of them. */
const batchSize = 25;

/** Opens it beside whoever writes. @throws AppError store.* */
export function openLogReader(directory: string): LogReader {
  const database = translating(() => new DatabaseSync(join(directory, databaseFile), { readOnly: true, timeout: 2000 }));
  translating(() => database.exec('pragma trusted_schema = off; pragma cache_size = -1000'));
  const leaves = prepare(
    database,
    `select "index", leaf, hex(leafHash) from auditLeaf where "index" >= ? and "index" < ? order by "index"`,
  );
  const archived = prepare(
    database,
    `select "index", '', hex(leafHash) from archivedLeaf where "index" >= ? and "index" < ? order by "index"`,
  );
  const last = translating(() => database.prepare('select coalesce(max("index") + 1, 0) as size from archivedLeaf'));
  const checkpoints = prepare(database, 'select size, root, edge, note from checkpoint where size >= ? and size < ? order by size');
  return {
    leaves: function* (from, to) {
      for (const table of [archived, leaves])
        for (const rows of pages(table, from, to ?? Number.MAX_SAFE_INTEGER)) yield storedLeaves(rows);
    },
    checkpoints: function* (from, to) {
      for (const rows of pages(checkpoints, from, to === null ? Number.MAX_SAFE_INTEGER : to + 1)) yield rows.map(storedCheckpoint);
    },
    archivedSize: () => Number(translating(() => last.get())?.['size'] ?? 0),
  };
}

/** A list of the columns asked for, though its type says that they have names. */
type Row = Readonly<Record<string, SQLOutputValue>>;

function prepare(database: DatabaseSync, text: string): StatementSync {
  const statement = translating(() => database.prepare(`${text} limit ${batchSize}`));
  statement.setReturnArrays(true);
  return statement;
}

/** Batches of rows whose first column, a number, ascends from `from` to below `end`. */
function* pages(statement: StatementSync, from: number, end: number): Generator<readonly Row[]> {
  for (let next = from; next < end;) {
    const rows = translating(() => statement.all(next, end));
    if (rows.length > 0) yield rows;
    if (rows.length < batchSize) return;
    next = Number(rows.at(-1)?.['0']) + 1;
  }
}

/** Hashes of the right length are taken out of one text for all; any other length fits no hash. */
function storedLeaves(rows: readonly Row[]): readonly StoredLeaf[] {
  const hashes = rows.map((row) => String(row['2']));
  const octets = Buffer.from(hashes.join(''), 'hex');
  const isEven = hashes.every((hash) => hash.length === 64);
  const hashAt = (hex: string, at: number): Hash =>
    isEven ? octets.toString('latin1', 32 * at, 32 * at + 32) : Buffer.from(hex, 'hex').toString('latin1');
  return rows.map((row, at) => ({ index: Number(row['0']), leaf: String(row['1']), leafHash: hashAt(hashes[at] ?? '', at) }));
}

function storedCheckpoint(row: Row): StoredCheckpoint {
  const note = row['3'];
  return { size: Number(row['0']), root: octetsIn(row['1']), edge: octetsIn(row['2']), note: typeof note === 'string' ? note : null };
}

const octetsIn = (value: SQLOutputValue | undefined): Uint8Array => (value instanceof Uint8Array ? value : new Uint8Array(0));
