import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** Of entries whose content went to a file the hash stays, and where they went. */
export const archivedLeaves: Migration = {
  name: '0350-archived-leaves',
  async up(tools) {
    await createTable(tools, 'archivedLeaf', { columns: { index: 'integer', leafHash: 'binary' }, primaryKey: ['index'] });
    await createTable(tools, 'archive', {
      columns: {
        number: 'integer',
        from: 'integer',
        to: 'integer',
        path: 'text',
        createdAt: 'text',
        state: 'text',
        octets: 'integer?',
        sha256: 'text?',
      },
      primaryKey: ['number'],
    });
    await createIndex(tools, 'archive_by_state', 'archive', ['state', 'number']);
  },
};
