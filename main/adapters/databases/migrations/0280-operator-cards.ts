import type { Migration } from './migration.ts';
import { createTable } from './table.ts';

/** Cards that operators sign in with: what each opens, sealed so that only that card opens it. */
export const operatorCards: Migration = {
  name: '0280-operator-cards',
  async up(tools) {
    await createTable(tools, 'operatorCard', {
      columns: {
        operatorId: 'text',
        serialNumber: 'text',
        ckaId: 'text',
        challenge: 'binary',
        parameters: 'text',
        sealed: 'binary',
        since: 'text',
      },
      primaryKey: ['operatorId', 'serialNumber'],
      references: { operatorId: ['operator', 'id'] },
    });
  },
};
