import type { Migration } from './migration.ts';
import { createTable } from './table.ts';

/** The practice's own certificate profiles. */
export const profiles: Migration = {
  name: '0130-profiles',
  async up(tools) {
    await createTable(tools, 'profile', {
      columns: { name: 'text', definition: 'text', createdAt: 'text', changedAt: 'text' },
      primaryKey: ['name'],
    });
  },
};
