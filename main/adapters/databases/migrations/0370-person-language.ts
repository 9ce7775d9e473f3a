import type { Migration } from './migration.ts';

/** Of a person, the language of the pages they are handed. */
export const personLanguage: Migration = {
  name: '0370-person-language',
  async up(tools) {
    await tools.db.schema.alterTable('person').addColumn('language', tools.types.text).execute();
  },
};
