import type { Migration } from './migration.ts';
import { createIndex, createTable, createUniqueIndex } from './table.ts';

/** Test messages and their answers, and what was found whenever a profile was read back. */
export const mailTests: Migration = {
  name: '0360-mail-tests',
  async up(tools) {
    await createTable(tools, 'mailTest', {
      columns: {
        id: 'text',
        personId: 'text',
        client: 'text?',
        codeSha256: 'text',
        encryptedTo: 'text',
        state: 'text',
        operatorId: 'text',
        madeAt: 'text',
        expiresAt: 'text',
        provedAt: 'text?',
        provedWith: 'text?',
      },
      primaryKey: ['id'],
      references: { personId: ['person', 'id'], operatorId: ['operator', 'id'], encryptedTo: ['certificate', 'id'] },
    });
    await createUniqueIndex(tools, 'mailTest_by_codeSha256', 'mailTest', ['codeSha256']);
    await createIndex(tools, 'mailTest_by_person', 'mailTest', ['personId', 'madeAt']);
    for (const column of ['checkedAt', 'findings', 'provedAt'])
      await tools.db.schema.alterTable('mailSetup').addColumn(column, tools.types.text).execute();
  },
};
