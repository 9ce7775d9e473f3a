import { sql, type SqlBool } from 'kysely';
import type { ReadConnection } from '../connection.ts';
import { filledUp } from '../id-chunks.ts';
import type { Condition } from '../keyset-list.ts';
import { matching, wordsOf } from '../search-text.ts';

/** How a search is made part of a list. */
export interface PeopleSearch {
  /** So few people have one of the words that they can be named: conditions to sort them by. */
  readonly named: readonly Condition[];
  /** Otherwise: what to try on one after another; there will soon be enough. */
  readonly tried: readonly Condition[];
}

const mostNamed = 1000;
/** No text has a greater code point. */
const beyondText = '\u{10ffff}';

/** Looks for the rarest of the sought words in the index of words. */
export async function searchPeople(connection: ReadConnection, search: string | undefined): Promise<PeopleSearch> {
  const conditions = matching(sql.ref('search'), search);
  const longestFirst = wordsOf(search ?? '').toSorted((a, b) => b.length - a.length);
  for (const word of longestFirst) {
    const ids = await havingWord(connection, word);
    if (ids.length > mostNamed) continue;
    const isNamed = ids.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${sql.ref('id')} in (${sql.join(filledUp(ids))})`;
    return { named: [isNamed, ...conditions], tried: [] };
  }
  return { named: [], tried: conditions };
}

async function havingWord({ db }: ReadConnection, word: string): Promise<string[]> {
  const words = db
    .selectFrom('personWord')
    .select('personId')
    .where('word', '>=', word)
    .where('word', '<', word + beyondText);
  const rows = await words.limit(mostNamed + 1).execute();
  return rows.map(({ personId }) => personId);
}
