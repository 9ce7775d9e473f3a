import type { Migration } from './migration.ts';
import { createTable } from './table.ts';

/** Second factors of operators, sealed for each alone, and the keyed hashes of their recovery codes. */
export const secondFactors: Migration = {
  name: '0230-second-factors',
  async up(tools) {
    await createTable(tools, 'secondFactor', {
      columns: { operatorId: 'text', sealed: 'binary', since: 'text', lastStep: 'integer' },
      primaryKey: ['operatorId'],
      references: { operatorId: ['operator', 'id'] },
    });
    await createTable(tools, 'secondFactorCode', {
      columns: { operatorId: 'text', hash: 'binary', usedAt: 'text?' },
      primaryKey: ['operatorId', 'hash'],
      references: { operatorId: ['operator', 'id'] },
    });
  },
};
