import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Several operators: when each was last there, who was removed, and what stands behind their roles. */
export const operatorRoles: Migration = {
  name: '0220-operator-roles',
  async up(tools) {
    await tools.db.schema.alterTable('operator').addColumn('lastSignInAt', tools.types.text).execute();
    await tools.db.schema.alterTable('operator').addColumn('removedAt', tools.types.text).execute();
    await createTable(tools, 'voucher', {
      columns: { operatorId: 'text', compartment: 'text', code: 'binary' },
      primaryKey: ['operatorId', 'compartment'],
      references: { operatorId: ['operator', 'id'], compartment: ['compartment', 'compartment'] },
    });
    await createIndex(tools, 'sealingKey_by_compartment', 'sealingKey', ['compartment', 'id']);
  },
};
