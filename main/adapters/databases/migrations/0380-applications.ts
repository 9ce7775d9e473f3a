import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Which person an operator is, and what people of the practice apply for. */
export const applications: Migration = {
  name: '0380-applications',
  async up(tools) {
    await tools.db.schema.alterTable('operator').addColumn('personId', tools.types.text).execute();
    await createTable(tools, 'application', {
      columns: {
        id: 'text',
        personId: 'text',
        kind: 'text',
        note: 'text?',
        filedBy: 'text',
        filedAt: 'text',
        state: 'text',
        decidedBy: 'text?',
        decidedAt: 'text?',
        reason: 'text?',
      },
      primaryKey: ['id'],
      references: { personId: ['person', 'id'], filedBy: ['operator', 'id'], decidedBy: ['operator', 'id'] },
    });
    await createIndex(tools, 'application_by_person', 'application', ['personId', 'filedAt']);
    await createIndex(tools, 'application_by_time', 'application', ['filedAt', 'id']);
  },
};
