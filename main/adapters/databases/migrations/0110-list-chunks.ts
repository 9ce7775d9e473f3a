import { sql } from 'kysely';
import { filledUp } from '../id-chunks.ts';
import { entriesOfChunk, extended } from '../queries/revocation-chunks.ts';
import type { Migration, SchemaTools } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Entries of lists kept encoded, by the thousand, and lists of any size kept in parts. What was revoked before is encoded now. */
export const listChunks: Migration = {
  name: '0110-list-chunks',
  async up(tools) {
    await createTable(tools, 'revocationChunk', {
      columns: { authorityId: 'text', position: 'integer', entries: 'integer', endsFirst: 'text', der: 'binary' },
      primaryKey: ['authorityId', 'position'],
      references: { authorityId: ['authority', 'id'] },
    });
    await createIndex(tools, 'revocationChunk_by_end', 'revocationChunk', ['authorityId', 'endsFirst']);
    await tools.db.schema
      .alterTable('revocation')
      .addColumn('chunk', tools.types.integer, (definition) => definition.notNull().defaultTo(0))
      .execute();
    await encodeRevocations(tools);
    await tools.db.schema.dropIndex('revocation_by_authority').execute();
    await createIndex(tools, 'revocation_by_chunk', 'revocation', ['authorityId', 'chunk', 'revokedAt', 'serialNumber']);
    await moveLists(tools);
  },
};

async function moveLists(tools: SchemaTools): Promise<void> {
  await createTable(tools, 'certificateListPart', {
    columns: { authorityId: 'text', number: 'integer', position: 'integer', der: 'binary' },
    primaryKey: ['authorityId', 'number', 'position'],
    references: { authorityId: ['authority', 'id'] },
  });
  await sql`insert into "certificateListPart" ("authorityId", "number", "position", "der")
    select "authorityId", "number", 0, "der" from "certificateList"`.execute(tools.db);
  await tools.db.schema.alterTable('certificateList').dropColumn('der').execute();
}

async function encodeRevocations(tools: SchemaTools): Promise<void> {
  const authorities = await tools.db.selectFrom('revocation').select('authorityId').distinct().execute();
  for (const { authorityId } of authorities) await encodeRevocationsOf(tools, authorityId);
}

async function encodeRevocationsOf({ db }: SchemaTools, authorityId: string): Promise<void> {
  let last = { revokedAt: '', serialNumber: '' };
  for (let position = 0; ; position++) {
    const records = await db
      .selectFrom('revocation')
      .selectAll()
      .where('authorityId', '=', authorityId)
      .where((where) => where.eb(where.refTuple('revokedAt', 'serialNumber'), '>', where.tuple(last.revokedAt, last.serialNumber)))
      .orderBy('revokedAt')
      .orderBy('serialNumber')
      .limit(entriesOfChunk)
      .execute();
    if (records.length === 0) return;
    const empty = { authorityId, position, entries: 0, endsFirst: '~', der: new Uint8Array() };
    await db.insertInto('revocationChunk').values(extended(empty, records)).execute();
    const ids = filledUp(records.map(({ certificateId }) => certificateId));
    await db.updateTable('revocation').set({ chunk: position }).where('certificateId', 'in', ids).execute();
    last = records.at(-1) ?? last;
  }
}
