import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Keys that live on tokens, and what was about to be done there. An intent is older than the key and certificate it names. */
export const tokens: Migration = {
  name: '0080-tokens',
  async up(tools) {
    await createTable(tools, 'tokenKey', {
      columns: { keyId: 'text', module: 'text', serialNumber: 'text', ckaId: 'text' },
      primaryKey: ['keyId'],
      references: { keyId: ['key', 'id'] },
    });
    await createIndex(tools, 'tokenKey_by_serial_number', 'tokenKey', ['serialNumber', 'keyId']);
    await createTable(tools, 'tokenIntent', {
      columns: {
        id: 'text',
        personId: 'text',
        keyId: 'text',
        certificateId: 'text',
        module: 'text',
        serialNumber: 'text',
        ckaId: 'text',
        state: 'text',
        createdAt: 'text',
        endedAt: 'text?',
      },
      primaryKey: ['id'],
      references: { personId: ['person', 'id'] },
    });
    await createIndex(tools, 'tokenIntent_by_state', 'tokenIntent', ['state', 'createdAt', 'id']);
  },
};
