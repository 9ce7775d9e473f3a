import type { Migration } from './migration.ts';

/** Of a mail program that was set up, whether certificates or OpenPGP keys went there. */
export const mailTechnologies: Migration = {
  name: '0390-mail-technologies',
  async up(tools) {
    await tools.db.schema.alterTable('mailSetup').addColumn('technology', tools.types.text).execute();
  },
};
