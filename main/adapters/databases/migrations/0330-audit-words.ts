import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** An index of the words that entries of the log are found by, so that a search need not read them all. */
export const auditWords: Migration = {
  name: '0330-audit-words',
  async up({ db, types }) {
    await types.wordIndex('auditWords', 'search').execute(db);
    await sql`insert into "auditWords" ("rowid", "search") select "index", "search" from "auditLeaf" order by "index"`.execute(db);
  },
};
