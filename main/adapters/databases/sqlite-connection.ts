import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { RowWriter } from './connection.ts';
import type { LoopShare } from './loop-share.ts';
import type { Schema } from './schema.ts';
import { translating } from './sqlite-errors.ts';

/** Distinct statements kept prepared on a connection. Lists of ids come in a few lengths only, so this is ample. */
const mostStatements = 256;
/** Rows written between two looks at the clock. */
const rowsAtATime = 32;

/** A connection's statements, prepared once. */
export class SqliteStatements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(text: string): StatementSync {
    const known = this.#prepared.get(text);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(text);
    if (this.#prepared.size >= mostStatements) this.#prepared.clear();
    this.#prepared.set(text, statement);
    return statement;
  }
}

/** Stands around each statement: may refuse it, and learns of its failure. */
export type Guard = <T>(act: () => T) => T;

/** Kysely over a connection. */
export function kyselyOver(statements: SqliteStatements, guard: Guard = translating): Kysely<Schema> {
  const prepare = (text: string) => {
    const statement = guard(() => statements.prepare(text));
    return {
      reader: statement.columns().length > 0,
      all: (values: readonly unknown[]) => guard(() => statement.all(...asInput(values))),
      run: (values: readonly unknown[]) => guard(() => statement.run(...asInput(values))),
      iterate: (values: readonly unknown[]) => guard(() => statement.iterate(...asInput(values))),
    };
  };
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: { prepare, close: () => undefined } }) });
}

/** Rows through one prepared statement each call, without a query builder between. */
export function sqliteRowWriter(statements: SqliteStatements, share: LoopShare, guard: Guard = translating): RowWriter {
  const writeAll = async (text: string, rows: readonly (readonly unknown[])[]): Promise<number> => {
    let changed = 0;
    for (let from = 0; from < rows.length; from += rowsAtATime) {
      if (share.isUsedUp()) await share.renew();
      changed += guard(() => writeRows(statements.prepare(text), rows.slice(from, from + rowsAtATime)));
    }
    return changed;
  };
  return {
    insertRows: async (table, columns, rows) => void (await writeAll(insertText(table, columns), rows)),
    updateRows: (table, set, where, rows) => writeAll(updateText(table, set, where), rows),
  };
}

function writeRows(statement: StatementSync, rows: readonly (readonly unknown[])[]): number {
  let changed = 0;
  for (const row of rows) changed += Number(statement.run(...asInput(row)).changes);
  return changed;
}

function insertText(table: string, columns: readonly string[]): string {
  return `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values (${columns.map(() => '?').join(', ')})`;
}

function updateText(table: string, set: readonly string[], where: readonly string[]): string {
  return `update ${quoted(table)} set ${set.map(equation).join(', ')} where ${where.map(equation).join(' and ')}`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const equation = (column: string): string => `${quoted(column)} = ?`;

/** The tables' types admit nothing else, and node:sqlite refuses whatever it cannot bind. */
const asInput = (values: readonly unknown[]): SQLInputValue[] => values as SQLInputValue[];
