import { sql } from 'kysely';
import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/**
 * Certificates on hold and taken off it again; which lists others were given, as far as the log tells of those made before.
 * Who is on hold sorts behind the stopped.
 */
export const holds: Migration = {
  name: '0120-holds',
  async up(tools) {
    await createTable(tools, 'resumption', {
      columns: { certificateId: 'text', authorityId: 'text', serialNumber: 'text', heldAt: 'text', resumedAt: 'text' },
      primaryKey: ['certificateId'],
      references: { certificateId: ['certificate', 'id'], authorityId: ['authority', 'id'] },
    });
    await createIndex(tools, 'resumption_by_authority', 'resumption', ['authorityId', 'resumedAt']);
    await tools.db.schema
      .alterTable('revocation')
      .addColumn('changedAt', tools.types.text, (definition) => definition.notNull().defaultTo(''))
      .execute();
    await sql`update "revocation" set "changedAt" = "revokedAt"`.execute(tools.db);
    await createIndex(tools, 'revocation_by_change', 'revocation', ['authorityId', 'changedAt']);
    await tools.db.schema.alterTable('certificateList').addColumn('publishedAt', tools.types.text).execute();
    await sql`update "certificateList" set "publishedAt" = "thisUpdate" where exists (select 1 from "auditLeaf"
      where "action" in ('authority.crl', 'authority.publish') and "outcome" = 'success' and "time" = "thisUpdate")`.execute(tools.db);
    await sql`update "person" set "need" = "need" + 1 where "need" > 0`.execute(tools.db);
  },
};
