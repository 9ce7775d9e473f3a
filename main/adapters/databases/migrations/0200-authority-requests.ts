import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Authorities whose key is here and whose certificate is still to be signed where the key above them is. */
export const authorityRequests: Migration = {
  name: '0200-authority-requests',
  async up(tools) {
    await createTable(tools, 'authorityRequest', {
      columns: { id: 'text', name: 'text', algorithm: 'text', keyId: 'text', publishUrl: 'text?', createdAt: 'text' },
      primaryKey: ['id'],
      references: { keyId: ['key', 'id'] },
    });
    await createIndex(tools, 'authorityRequest_by_key', 'authorityRequest', ['keyId']);
  },
};
