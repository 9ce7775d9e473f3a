import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Calls that one person made and another is to approve. */
export const approvals: Migration = {
  name: '0320-approvals',
  async up(tools) {
    await createTable(tools, 'approval', {
      columns: {
        id: 'text',
        call: 'text',
        act: 'text',
        digest: 'text',
        subject: 'text',
        askedBy: 'text',
        askedAt: 'text',
        expiresAt: 'text',
        state: 'text',
        decidedBy: 'text?',
        decidedAt: 'text?',
        usedAt: 'text?',
      },
      primaryKey: ['id'],
      references: { askedBy: ['operator', 'id'], decidedBy: ['operator', 'id'] },
    });
    await createIndex(tools, 'approval_by_time', 'approval', ['askedAt', 'id']);
    await createIndex(tools, 'approval_by_digest', 'approval', ['digest']);
  },
};
