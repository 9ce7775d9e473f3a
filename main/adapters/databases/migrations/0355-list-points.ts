import type { Migration } from './migration.ts';

/** Of a list of revoked certificates, the address it says it is for. */
export const listPoints: Migration = {
  name: '0355-list-points',
  async up(tools) {
    await tools.db.schema.alterTable('certificateList').addColumn('point', tools.types.text).execute();
  },
};
