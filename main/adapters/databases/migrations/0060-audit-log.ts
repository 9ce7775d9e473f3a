import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** The log: its leaves, which ids they name, and the checkpoints over them. Refers to nothing: it must take any entry. */
export const auditLog: Migration = {
  name: '0060-audit-log',
  async up(tools) {
    await createTable(tools, 'auditLeaf', {
      columns: {
        index: 'integer',
        leaf: 'text',
        leafHash: 'binary',
        time: 'text',
        action: 'text',
        outcome: 'text',
        operatorId: 'text?',
        search: 'text',
      },
      primaryKey: ['index'],
    });
    await createIndex(tools, 'auditLeaf_by_time', 'auditLeaf', ['time', 'index']);
    await createIndex(tools, 'auditLeaf_by_action', 'auditLeaf', ['action', 'outcome', 'index']);
    await createTable(tools, 'auditMention', {
      columns: { id: 'text', index: 'integer' },
      primaryKey: ['id', 'index'],
      isClustered: true,
    });
    await createTable(tools, 'checkpoint', {
      columns: { size: 'integer', root: 'binary', edge: 'binary', note: 'text?', time: 'text' },
      primaryKey: ['size'],
    });
  },
};
