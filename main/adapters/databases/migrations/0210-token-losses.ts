import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Tokens that were reported lost, and taken back; keys that were wiped off their token. */
export const tokenLosses: Migration = {
  name: '0210-token-losses',
  async up(tools) {
    await createTable(tools, 'tokenLoss', {
      columns: { id: 'text', serialNumber: 'text', lostAt: 'text', foundAt: 'text?' },
      primaryKey: ['id'],
    });
    await createIndex(tools, 'tokenLoss_by_serial_number', 'tokenLoss', ['serialNumber', 'lostAt']);
    await tools.db.schema.alterTable('tokenKey').addColumn('wipedAt', tools.types.text).execute();
  },
};
