import type { Migration } from './migration.ts';
import { createTable } from './table.ts';

/** Keys whose private half somebody else knows, by the names lists have for them. */
export const compromisedKeys: Migration = {
  name: '0180-compromised-keys',
  async up(tools) {
    await createTable(tools, 'compromisedList', {
      columns: { id: 'text', name: 'text', keys: 'integer', addedAt: 'text' },
      primaryKey: ['id'],
    });
    await createTable(tools, 'compromisedKey', {
      columns: { name: 'text', listId: 'text' },
      primaryKey: ['name'],
      references: { listId: ['compromisedList', 'id'] },
      isClustered: true,
    });
  },
};
