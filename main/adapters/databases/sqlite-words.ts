import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { TableName } from './connection.ts';
import type { Schema } from './schema.ts';

/** More rows than this are no shorter a list. */
const mostRows = 8000;

/**
 * SQLite's FTS5. The text is folded and parted already, so its words are what stands between spaces; where in a text a word stands is of no use,
 * and the text itself is kept elsewhere. Beginnings of up to three characters are in the index themselves, because so many words have them.
 */
export const wordIndex = (name: string, column: string): RawBuilder<unknown> =>
  sql`create virtual table ${sql.ref(name)} using fts5(${sql.ref(column)}, content='', detail=none, columnsize=0, tokenize='ascii', prefix='1 2 3')`;

/**
 * Rows whose text has a word for each of these that begins so, and of each of `kinds` one as it is; undefined where they are too many or
 * nothing is asked for.
 */
export async function rowsWithWords(
  db: Kysely<Schema>,
  index: TableName,
  words: readonly string[],
  kinds: readonly (readonly string[])[],
): Promise<readonly number[] | undefined> {
  if (words.length === 0 || kinds.some((kind) => kind.length === 0)) return undefined;
  const oneOf = kinds.map((kind) => `(${kind.map((word) => `"${word}"`).join(' OR ')})`);
  const pattern = [...oneOf, ...words.map((word) => `"${word}"*`)].join(' AND ');
  const matches = sql`select "rowid" from ${sql.table(index)} where ${sql.ref(index)} match ${pattern} limit ${mostRows + 1}`;
  const { rows } = await sql<{ readonly rowid: number }>`${matches}`.execute(db);
  return rows.length > mostRows ? undefined : rows.map(({ rowid }) => rowid);
}
