import { sql } from 'kysely';
import { AppError } from '../../../domain/errors.ts';
import { migrations as allMigrations } from './index.ts';
import type { Migration, SchemaTools } from './migration.ts';
import { createTable } from './table.ts';

/**
 * Brings the schema up to date, in the transaction the caller has opened.
 * @throws AppError store.schema-too-new when a newer program has worked on it, store.corrupt when steps are missing in between
 */
export async function migrate(tools: SchemaTools, migrations: readonly Migration[] = allMigrations): Promise<void> {
  const applied = await appliedNames(tools);
  refuseUnknown(applied, migrations);
  for (const migration of migrations.slice(applied.length)) {
    await migration.up(tools);
    await sql`insert into "migration" ("name") values (${migration.name})`.execute(tools.db);
  }
}

async function appliedNames(tools: SchemaTools): Promise<string[]> {
  const tables = await tools.db.introspection.getTables();
  if (!tables.some(({ name }) => name === 'migration')) {
    await createTable(tools, 'migration', { columns: { name: 'text' }, primaryKey: ['name'] });
    return [];
  }
  const { rows } = await sql<{ name: string }>`select "name" from "migration" order by "name"`.execute(tools.db);
  return rows.map(({ name }) => name);
}

function refuseUnknown(applied: readonly string[], migrations: readonly Migration[]): void {
  const known = migrations.map(({ name }) => name);
  const newer = applied.find((name) => !known.includes(name));
  if (newer !== undefined)
    throw new AppError('store.schema-too-new', 'The database was made by a newer version of Keyward.', { migration: newer });
  if (applied.some((name, at) => name !== known[at])) throw new AppError('store.corrupt', 'The schema of the database has gaps.');
}
