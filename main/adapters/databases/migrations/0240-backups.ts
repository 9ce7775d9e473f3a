import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Backups that were begun here, and what came of them. */
export const backups: Migration = {
  name: '0240-backups',
  async up(tools) {
    await createTable(tools, 'backup', {
      columns: {
        id: 'text',
        createdAt: 'text',
        folder: 'text',
        name: 'text',
        operatorId: 'text?',
        state: 'text',
        octets: 'integer?',
        sha256: 'text?',
        entries: 'integer?',
      },
      primaryKey: ['id'],
      references: { operatorId: ['operator', 'id'] },
    });
    await createIndex(tools, 'backup_by_time', 'backup', ['createdAt', 'id']);
    await createIndex(tools, 'backup_by_state', 'backup', ['state', 'createdAt']);
  },
};
