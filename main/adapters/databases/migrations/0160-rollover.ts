import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Which authority a new key took over from, and the certificates that each key has of the other. */
export const rollover: Migration = {
  name: '0160-rollover',
  async up(tools) {
    await tools.db.schema.alterTable('authority').addColumn('replaces', tools.types.text).execute();
    await createTable(tools, 'crossCertificate', {
      columns: { certificateId: 'text', authorityId: 'text' },
      primaryKey: ['certificateId'],
      references: { certificateId: ['certificate', 'id'], authorityId: ['authority', 'id'] },
    });
    await createIndex(tools, 'crossCertificate_by_authority', 'crossCertificate', ['authorityId', 'certificateId']);
  },
};
