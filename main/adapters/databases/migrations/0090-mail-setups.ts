import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Profiles of mail programs that were set up for people, and those that are just being written to. */
export const mailSetups: Migration = {
  name: '0090-mail-setups',
  async up(tools) {
    await createTable(tools, 'mailSetup', {
      columns: {
        id: 'text',
        personId: 'text',
        client: 'text',
        target: 'text',
        profile: 'text',
        certificates: 'text',
        state: 'text',
        operatorId: 'text',
        at: 'text',
      },
      primaryKey: ['id'],
      references: { personId: ['person', 'id'], operatorId: ['operator', 'id'] },
    });
    await createIndex(tools, 'mailSetup_by_person', 'mailSetup', ['personId', 'client', 'target']);
  },
};
