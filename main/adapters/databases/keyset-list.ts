import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import { AppError } from '../../domain/errors.ts';
import type { Page, PageRequest } from '../../ports/page.ts';
import type { TableName } from './connection.ts';
import { decodeCursor, encodeCursor, type Position } from './cursor.ts';
import type { Schema } from './schema.ts';

export type Condition = RawBuilder<SqlBool>;

/**
 * A list in an order of its own, read page by page without counting off what came before. The order columns end in one
 * that is unique, and an index begins with what a branch fixes and goes on with them.
 */
export interface KeysetList {
  readonly name: string;
  readonly table: TableName;
  readonly order: readonly string[];
  readonly descending: boolean;
  /** Disjoint parts of the list, each with all its conditions; each is read in order and the parts are merged. None: an empty list. */
  readonly branches: readonly (readonly Condition[])[];
  /** The branches come in another order than the list's and are sorted: fit for parts that are small. */
  readonly isSorted?: boolean;
  /** Conditions no index helps with: they are tried on so many rows at a time, and the event loop has its turn in between. */
  readonly search: readonly Condition[];
  /** Asked for when the first rows tried have not filled the page: the same list with fewer rows to try, or undefined where it would be no shorter. */
  readonly byIndex?: () => Promise<KeysetList | undefined>;
}

/** A column written as an expression: a planner that knows nothing of the data then takes the index that is meant, not this column's. */
export const withoutIndex = (column: string): RawBuilder<unknown> => sql`coalesce(${sql.ref(column)}, ${sql.ref(column)})`;

interface Stretch {
  readonly after: Position | undefined;
  readonly upTo?: Position | undefined;
  readonly search?: readonly Condition[];
  readonly limit: number;
  readonly offset?: number;
}

const longestPage = 1000;
const rowsAtATime = 4000;

/**
 * The order columns of one page's rows.
 * @throws AppError input.invalid for a mark or a limit that is none
 */
export async function readPage(db: Kysely<Schema>, list: KeysetList, { limit, after }: PageRequest): Promise<Page<Position>> {
  if (!Number.isInteger(limit) || limit < 1 || limit > longestPage)
    throw new AppError('input.invalid', `A page has 1 to ${longestPage} rows.`, { field: 'limit' });
  if (list.branches.length === 0) return { rows: [] };
  const start = after === undefined ? undefined : decodeCursor(list.name, list.order.length, after);
  const found = await (list.search.length === 0 ? read(db, list, { after: start, limit: limit + 1 }) : search(db, list, start, limit + 1));
  const [rows, last] = [found.slice(0, limit), found[limit - 1]];
  return found.length > limit && last !== undefined ? { rows, next: encodeCursor(list.name, last) } : { rows };
}

async function search(db: Kysely<Schema>, list: KeysetList, start: Position | undefined, limit: number): Promise<Position[]> {
  const found: Position[] = [];
  let after = start;
  for (let tried = 0; ; tried++) {
    const shorter = tried === 1 ? await list.byIndex?.() : undefined;
    if (shorter !== undefined) return [...found, ...(await rest(db, shorter, after, limit - found.length))];
    const [upTo] = await read(db, list, { after, limit: 1, offset: rowsAtATime - 1 });
    found.push(...(await read(db, list, { after, upTo, search: list.search, limit: limit - found.length })));
    if (upTo === undefined || found.length >= limit) return found;
    after = upTo;
    await nextTurn();
  }
}

const rest = async (db: Kysely<Schema>, list: KeysetList, after: Position | undefined, limit: number): Promise<Position[]> =>
  list.branches.length === 0 ? [] : read(db, list, { after, search: list.search, limit });

async function read(db: Kysely<Schema>, list: KeysetList, stretch: Stretch): Promise<Position[]> {
  const reach = stretch.limit + (stretch.offset ?? 0);
  const parts = list.branches.map(
    (conditions, at) => sql`select * from (${branch(list, conditions, stretch, reach)}) as ${sql.ref(`part${at}`)}`,
  );
  const [only] = parts.length === 1 && stretch.offset === undefined ? list.branches : [];
  const statement =
    only === undefined
      ? sql`${sql.join(parts, sql` union all `)} ${ordered(
          list,
          list.order.map((column) => sql.ref(column)),
        )} limit ${stretch.limit} offset ${stretch.offset ?? 0}`
      : branch(list, only, stretch, reach);
  const { rows } = await sql<Readonly<Record<string, string | number>>>`${statement}`.execute(db);
  return rows.map((row) => list.order.map((column) => row[column] ?? ''));
}

function branch(list: KeysetList, conditions: readonly Condition[], stretch: Stretch, limit: number): RawBuilder<unknown> {
  const all = [...conditions, ...(stretch.search ?? [])];
  if (stretch.after !== undefined) all.push(compared(list, list.descending ? '<' : '>', stretch.after));
  if (stretch.upTo !== undefined) all.push(compared(list, list.descending ? '>=' : '<=', stretch.upTo));
  const where = all.length === 0 ? sql`` : sql` where ${sql.join(all, sql` and `)}`;
  return sql`select ${columnsOf(list)} from ${sql.table(list.table)}${where} ${ordered(list, keysOf(list))} limit ${limit}`;
}

const columnsOf = (list: KeysetList): RawBuilder<unknown> => sql.join(list.order.map((column) => sql.ref(column)));

/** In a sorted branch no index of the order must be taken for the branch's own. */
const keysOf = (list: KeysetList): RawBuilder<unknown>[] =>
  list.order.map((column) => (list.isSorted === true ? withoutIndex(column) : sql`${sql.ref(column)}`));

const compared = (list: KeysetList, operator: '<' | '<=' | '>' | '>=', position: Position): Condition =>
  sql<SqlBool>`(${sql.join(keysOf(list))}) ${sql.raw(operator)} (${sql.join(position)})`;

function ordered({ descending }: KeysetList, keys: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`order by ${sql.join(keys.map((key) => sql`${key} ${descending ? sql`desc` : sql`asc`}`))}`;
}

/** Puts rows that were read by id into the order the page has. */
export function inOrderOf<Id, Row>(ids: readonly Id[], rows: readonly Row[], idOf: (row: Row) => Id): Row[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
