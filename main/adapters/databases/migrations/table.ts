import { sql, type CreateTableBuilder, type SqlBool } from 'kysely';
import { beginningOf } from '../digest-beginning.ts';
import type { SchemaTools } from './migration.ts';

type ColumnKind = 'text' | 'integer' | 'binary';

export interface TableDefinition {
  /** A question mark admits null. */
  readonly columns: Readonly<Record<string, ColumnKind | `${ColumnKind}?`>>;
  readonly primaryKey: readonly string[];
  /** Column and table: the column holds an id (the primary key's only column) of that table. Checked when a unit commits. */
  readonly references?: Readonly<Record<string, readonly [table: string, column: string]>>;
  readonly isClustered?: boolean;
}

export async function createTable(tools: SchemaTools, name: string, definition: TableDefinition): Promise<void> {
  let builder: CreateTableBuilder<string, string> = tools.db.schema.createTable(name);
  for (const [column, kind] of Object.entries(definition.columns)) builder = withColumn(tools, builder, column, kind);
  builder = builder.addPrimaryKeyConstraint(`${name}_id`, [...definition.primaryKey]);
  for (const [column, [table, target]] of Object.entries(definition.references ?? {}))
    builder = builder.addForeignKeyConstraint(`${name}_${column}`, [column], table, [target], (key) =>
      key.deferrable().initiallyDeferred(),
    );
  await builder.modifyEnd(tools.types.tableOptions(definition.isClustered ?? false)).execute();
}

function withColumn(
  tools: SchemaTools,
  builder: CreateTableBuilder<string, string>,
  column: string,
  kind: ColumnKind | `${ColumnKind}?`,
): CreateTableBuilder<string, string> {
  const type = tools.types[kindOf(kind)];
  return builder.addColumn(column, type, (definition) => (kind.endsWith('?') ? definition : definition.notNull()));
}

function kindOf(kind: ColumnKind | `${ColumnKind}?`): ColumnKind {
  if (kind.startsWith('text')) return 'text';
  return kind.startsWith('integer') ? 'integer' : 'binary';
}

/** An index for one (filter, sort) that the ports offer. Its name says what it serves. */
export async function createIndex(tools: SchemaTools, name: string, table: string, columns: readonly string[]): Promise<void> {
  await tools.db.schema
    .createIndex(name)
    .on(table)
    .columns([...columns])
    .execute();
}

/** `only`: the rule holds among the rows where this truth value is 1. */
export async function createUniqueIndex(
  tools: SchemaTools,
  name: string,
  table: string,
  columns: readonly string[],
  only?: string,
): Promise<void> {
  const index = tools.db.schema
    .createIndex(name)
    .unique()
    .on(table)
    .columns([...columns]);
  await (only === undefined ? index : index.where(sql<SqlBool>`${sql.ref(only)} = 1`)).execute();
}

/** A digest is unique by its beginning already. The index ends in the column's name, which `conflict` errors are told by. */
export async function createUniqueIndexOfBeginnings(tools: SchemaTools, table: string, column: string): Promise<void> {
  await tools.db.schema.createIndex(`${table}_by_beginning_of_${column}`).unique().on(table).column(beginningOf(column)).execute();
}
