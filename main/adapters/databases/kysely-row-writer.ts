import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { RowWriter } from './connection.ts';
import type { Schema } from './schema.ts';

/** Keeps a statement well under the parameters any technology takes (PostgreSQL: 65,535). */
const rowsPerStatement = 500;

/** Rows in bulk for a technology without a faster way of its own: many rows to an insert, one update to a row. */
export function kyselyRowWriter(db: Kysely<Schema>): RowWriter {
  return {
    async insertRows(table, columns, rows) {
      for (let from = 0; from < rows.length; from += rowsPerStatement)
        await insertStatement(table, columns, rows.slice(from, from + rowsPerStatement)).execute(db);
    },
    async updateRows(table, set, where, rows) {
      let changed = 0;
      for (const row of rows) changed += Number((await updateStatement(table, set, where, row).execute(db)).numAffectedRows ?? 0n);
      return changed;
    },
  };
}

function insertStatement(table: string, columns: readonly string[], rows: readonly (readonly unknown[])[]): RawBuilder<unknown> {
  const values = rows.map((row) => sql`(${sql.join(row)})`);
  return sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))}) values ${sql.join(values)}`;
}

function updateStatement(table: string, set: readonly string[], where: readonly string[], row: readonly unknown[]): RawBuilder<unknown> {
  const equations = [...set, ...where].map((column, at) => sql`${sql.ref(column)} = ${row[at]}`);
  const [changes, conditions] = [equations.slice(0, set.length), equations.slice(set.length)];
  return sql`update ${sql.table(table)} set ${sql.join(changes)} where ${sql.join(conditions, sql` and `)}`;
}
