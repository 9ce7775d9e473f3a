import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Keys that speak for an authority about revocation, where OCSP is answered, and which answers others were given. */
export const delegates: Migration = {
  name: '0150-delegates',
  async up(tools) {
    await createTable(tools, 'delegate', {
      columns: {
        certificateId: 'text',
        authorityId: 'text',
        kind: 'text',
        keyId: 'text',
        algorithm: 'text',
        notAfter: 'text',
        createdAt: 'text',
      },
      primaryKey: ['certificateId'],
      references: { certificateId: ['certificate', 'id'], authorityId: ['authority', 'id'], keyId: ['key', 'id'] },
    });
    await createIndex(tools, 'delegate_by_authority', 'delegate', ['authorityId', 'kind', 'notAfter']);
    await createTable(tools, 'ocspAnswers', {
      columns: { authorityId: 'text', answeredAt: 'text', nextUpdate: 'text', responses: 'integer' },
      primaryKey: ['authorityId', 'answeredAt'],
      references: { authorityId: ['authority', 'id'] },
    });
    await createIndex(tools, 'ocsp_answers_by_end', 'ocspAnswers', ['authorityId', 'nextUpdate']);
    await tools.db.schema.alterTable('authority').addColumn('ocspUrl', tools.types.text).execute();
  },
};
