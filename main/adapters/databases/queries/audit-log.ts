import { sql } from 'kysely';
import { AppError } from '../../../domain/errors.ts';
import type { Page } from '../../../ports/page.ts';
import type { AuditLogReader, AuditLogStore, AuditQuery, CheckpointRecord, LeafRecord } from '../../../ports/stores/audit-log.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { inOrderOf, readPage } from '../keyset-list.ts';
import { auditList, leafColumns, leafRows } from './audit-search.ts';

const columns = ['index', 'leaf', 'leafHash'] as const satisfies readonly (keyof LeafRecord)[];

export function auditLogReader(connection: ReadConnection): AuditLogReader {
  const { db } = connection;
  return {
    size: () => size(connection),
    leaf: (index) => db.selectFrom('auditLeaf').select(columns).where('index', '=', index).executeTakeFirst(),
    page: (query) => page(connection, query),
    leaves: (from, batch) => leaves(connection, from, batch),
    archivedSize: () => archivedSize(connection),
    async firstSince(time) {
      const rows = db
        .selectFrom('auditLeaf')
        .select(({ fn }) => fn.min('index').as('first'))
        .where('time', '>=', time);
      return (await rows.executeTakeFirst())?.first ?? undefined;
    },
    async leafHashes(from, to) {
      const hashes = [];
      for (const table of ['archivedLeaf', 'auditLeaf'] as const) {
        const leaf = db.selectFrom(table).select('leafHash').where('index', '>=', from).where('index', '<', to);
        hashes.push(...(await leaf.orderBy('index').execute()).map(({ leafHash }) => leafHash));
      }
      return hashes;
    },
    latestCheckpoint: () => db.selectFrom('checkpoint').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst(),
    latestSigned: () =>
      db.selectFrom('checkpoint').selectAll().where('note', 'is not', null).orderBy('size', 'desc').limit(1).executeTakeFirst(),
    checkpoints: (from, batch) => checkpoints(connection, from, batch),
  };
}

async function size({ db }: ReadConnection): Promise<number> {
  const last = await db.selectFrom('auditLeaf').select('index').orderBy('index', 'desc').limit(1).executeTakeFirst();
  return last === undefined ? 0 : last.index + 1;
}

async function page({ db }: ReadConnection, query: AuditQuery): Promise<Page<LeafRecord>> {
  const found = await readPage(db, auditList(db, query), query);
  const indices = found.rows.map((position) => Number(position.at(-1)));
  if (indices.length === 0) return { rows: [] };
  const rows = await db.selectFrom('auditLeaf').select(columns).where('index', 'in', indices).execute();
  return { ...found, rows: inOrderOf(indices, rows, ({ index }) => index) };
}

async function archivedSize({ db }: ReadConnection): Promise<number> {
  const last = await db.selectFrom('archivedLeaf').select('index').orderBy('index', 'desc').limit(1).executeTakeFirst();
  return last === undefined ? 0 : last.index + 1;
}

async function* leaves({ db }: ReadConnection, from: number, batch: number): AsyncGenerator<readonly LeafRecord[]> {
  let next = from;
  for (;;) {
    const rows = await db.selectFrom('archivedLeaf').selectAll().where('index', '>=', next).orderBy('index').limit(batch).execute();
    const last = rows.at(-1);
    if (last === undefined) break;
    yield rows.map((row) => ({ ...row, leaf: '' }));
    next = last.index + 1;
  }
  for (;;) {
    const rows = await db.selectFrom('auditLeaf').select(columns).where('index', '>=', next).orderBy('index').limit(batch).execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    next = last.index + 1;
  }
}

async function* checkpoints({ db }: ReadConnection, from: number, batch: number): AsyncGenerator<readonly CheckpointRecord[]> {
  for (let next = from; ;) {
    const rows = await db.selectFrom('checkpoint').selectAll().where('size', '>=', next).orderBy('size').limit(batch).execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    next = last.size + 1;
  }
}

export function auditLogStore(connection: WriteConnection): AuditLogStore {
  return {
    ...auditLogReader(connection),
    append: (records, checkpoint) => append(connection, records, checkpoint),
    archive: (to) => archive(connection, to),
    async sign(size, note) {
      const latest = await connection.db
        .selectFrom('checkpoint')
        .select(['size', 'note'])
        .orderBy('size', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (latest?.size !== size || latest.note !== null) throw stale();
      await connection.updateRows('checkpoint', ['note'], ['size'], [[note, size]]);
    },
  };
}

/** Compares and swaps: the new leaves must begin where the log ends, and the checkpoint must cover exactly what is then there. */
async function append(connection: WriteConnection, records: readonly LeafRecord[], checkpoint: CheckpointRecord): Promise<void> {
  const before = await size(connection);
  if (records.length === 0 || records.some(({ index }, at) => index !== (records[0]?.index ?? 0) + at))
    throw new AppError('internal', 'Leaves are appended one after another, at least one at a time.');
  if (records[0]?.index !== before || checkpoint.size !== before + records.length) throw stale();
  const rows = records.map(leafRows);
  await connection.insertRows(
    'auditLeaf',
    leafColumns,
    rows.map(({ leaf }) => leaf),
  );
  await connection.insertRows(
    'auditWords',
    ['rowid', 'search'],
    rows.map(({ words }) => words),
  );
  await connection.insertRows(
    'auditMention',
    ['id', 'index'],
    rows.flatMap(({ mentions }) => mentions),
  );
  const { root, edge, note, time } = checkpoint;
  await connection.insertRows('checkpoint', ['size', 'root', 'edge', 'note', 'time'], [[checkpoint.size, root, edge, note, time]]);
}

const kindInSql = (column: string) => sql`' §' || replace(replace(${sql.ref(column)}, '.', ''), '-', '')`;
/** What the index has of an entry: it is taken out by exactly what was put in (`leafRows`). */
const words = sql`"search" || ${kindInSql('action')} || ${kindInSql('outcome')}`;

/** The newest entry stays: it says where the log ends. */
async function archive({ db }: WriteConnection, to: number): Promise<void> {
  const connection = { db };
  if (to >= (await size(connection))) throw new AppError('internal', 'Contents of the newest entry of the log stay in it.');
  const from = await archivedSize(connection);
  const range = sql`"index" >= ${from} and "index" < ${to}`;
  await sql`insert into "archivedLeaf" ("index", "leafHash") select "index", "leafHash" from "auditLeaf" where ${range}`.execute(db);
  await sql`insert into "auditWords" ("auditWords", "rowid", "search") select 'delete', "index", ${words} from "auditLeaf" where ${range}`.execute(
    db,
  );
  await sql`delete from "auditMention" where ${range}`.execute(db);
  await sql`delete from "auditLeaf" where ${range}`.execute(db);
}

const stale = (): AppError => new AppError('stale', 'The log has grown meanwhile.');
