import type { Migration } from './migration.ts';

/** Of a delta list, the number of the full list it says the changes to. */
export const deltaLists: Migration = {
  name: '0140-delta-lists',
  async up(tools) {
    await tools.db.schema.alterTable('certificateList').addColumn('base', tools.types.integer).execute();
  },
};
