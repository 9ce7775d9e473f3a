import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Requests for authorities outside, and those authorities themselves: their keys are not here, and they are none of the practice's. */
export const outsideRequests: Migration = {
  name: '0190-outside-requests',
  async up(tools) {
    await createTable(tools, 'outsideRequest', {
      columns: {
        id: 'text',
        keyId: 'text',
        personId: 'text?',
        subject: 'text',
        emails: 'text',
        purpose: 'text',
        der: 'binary',
        createdAt: 'text',
        certificateId: 'text?',
      },
      primaryKey: ['id'],
      references: { keyId: ['key', 'id'], personId: ['person', 'id'], certificateId: ['certificate', 'id'] },
    });
    await createIndex(tools, 'outsideRequest_by_key', 'outsideRequest', ['keyId']);
    await createIndex(tools, 'outsideRequest_by_answer', 'outsideRequest', ['certificateId', 'createdAt', 'id']);
    await tools.db.schema
      .alterTable('authority')
      .addColumn('isOutside', tools.types.integer, (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
