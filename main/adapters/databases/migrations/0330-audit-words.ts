import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** An index of the words that entries of the log are found by, so that a search need not read them all. */
export const auditWords: Migration = {
  name: '0330-audit-words',
  async up({ db, types }) {
    await types.wordIndex('auditWords', 'search').execute(db);
    const kind = (column: string) => sql`' §' || replace(replace(${sql.ref(column)}, '.', ''), '-', '')`;
    const words = sql`"search" || ${kind('action')} || ${kind('outcome')}`;
    await sql`insert into "auditWords" ("rowid", "search") select "index", ${words} from "auditLeaf" order by "index"`.execute(db);
  },
};
