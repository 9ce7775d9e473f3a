import type { Migration } from './migration.ts';
import { createTable } from './table.ts';

/** What cards said of the keys they made. */
export const keyAttestations: Migration = {
  name: '0385-key-attestations',
  async up(tools) {
    await createTable(tools, 'keyAttestation', {
      columns: { keyId: 'text', statement: 'binary', device: 'binary', createdAt: 'text' },
      primaryKey: ['keyId'],
      references: { keyId: ['key', 'id'] },
    });
  },
};
