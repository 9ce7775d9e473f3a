import type { Migration } from './migration.ts';
import { createTable, createUniqueIndex } from './table.ts';

/** What a workspace remembers about itself, and who may sign in. */
export const practice: Migration = {
  name: '0010-practice',
  async up(tools) {
    await createTable(tools, 'setting', { columns: { name: 'text', value: 'text' }, primaryKey: ['name'] });
    await createTable(tools, 'operator', {
      columns: { id: 'text', name: 'text', nameKey: 'text', role: 'text', publicKey: 'binary', createdAt: 'text' },
      primaryKey: ['id'],
    });
    await createUniqueIndex(tools, 'operator_by_name', 'operator', ['nameKey']);
    await createTable(tools, 'opening', {
      columns: { operatorId: 'text', method: 'text', parameters: 'text', sealed: 'binary' },
      primaryKey: ['operatorId', 'method'],
      references: { operatorId: ['operator', 'id'] },
    });
    await createTable(tools, 'signInFailure', {
      columns: { operatorId: 'text', count: 'integer', lastAt: 'text?' },
      primaryKey: ['operatorId'],
      references: { operatorId: ['operator', 'id'] },
    });
  },
};
