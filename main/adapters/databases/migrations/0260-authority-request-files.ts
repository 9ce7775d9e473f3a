import type { Migration } from './migration.ts';

/** A request for an authority is kept, so that its file can be had once more. */
export const authorityRequestFiles: Migration = {
  name: '0260-authority-request-files',
  async up(tools) {
    await tools.db.schema.alterTable('authorityRequest').addColumn('der', tools.types.binary).execute();
  },
};
