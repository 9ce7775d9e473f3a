import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Work that goes on over many units, one item to a person. */
export const jobs: Migration = {
  name: '0050-jobs',
  async up(tools) {
    await createTable(tools, 'job', {
      columns: {
        id: 'text',
        kind: 'text',
        state: 'text',
        operatorId: 'text',
        request: 'text',
        total: 'integer',
        done: 'integer',
        skipped: 'integer',
        failed: 'integer',
        createdAt: 'text',
        endedAt: 'text?',
      },
      primaryKey: ['id'],
      references: { operatorId: ['operator', 'id'] },
    });
    await createIndex(tools, 'job_by_time', 'job', ['createdAt', 'id']);
    await createIndex(tools, 'job_by_state', 'job', ['state', 'createdAt', 'id']);
    await createTable(tools, 'jobItem', {
      columns: { jobId: 'text', position: 'integer', personId: 'text', state: 'text', error: 'text?' },
      primaryKey: ['jobId', 'position'],
      references: { jobId: ['job', 'id'], personId: ['person', 'id'] },
      isClustered: true,
    });
    await createIndex(tools, 'jobItem_by_state', 'jobItem', ['jobId', 'state', 'position']);
    await createIndex(tools, 'jobItem_by_person', 'jobItem', ['personId']);
  },
};
