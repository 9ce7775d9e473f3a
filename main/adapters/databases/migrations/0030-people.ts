import type { Migration } from './migration.ts';
import { createIndex, createTable, createUniqueIndex } from './table.ts';

/** The staff and their mailboxes. Each order a list offers has one index; the one by need serves that by end too. */
export const people: Migration = {
  name: '0030-people',
  async up(tools) {
    await createTable(tools, 'person', {
      columns: {
        id: 'text',
        name: 'text',
        givenName: 'text?',
        surname: 'text?',
        department: 'text?',
        role: 'text?',
        staffNumber: 'text?',
        status: 'text',
        createdAt: 'text',
        leftAt: 'text?',
        standing: 'text',
        endsAt: 'text?',
        nameKey: 'text',
        departmentKey: 'text',
        need: 'integer',
        endsKey: 'text',
        search: 'text',
      },
      primaryKey: ['id'],
    });
    await createIndex(tools, 'person_by_need', 'person', ['status', 'need', 'endsKey', 'nameKey', 'id', 'departmentKey']);
    await createIndex(tools, 'person_by_name', 'person', ['status', 'nameKey', 'id']);
    await createIndex(tools, 'person_by_department', 'person', ['status', 'departmentKey', 'nameKey', 'id']);
    await createIndex(tools, 'person_by_staff_number', 'person', ['staffNumber']);
    await createTable(tools, 'personWord', {
      columns: { word: 'text', personId: 'text' },
      primaryKey: ['word', 'personId'],
      references: { personId: ['person', 'id'] },
      isClustered: true,
    });
    await createTable(tools, 'mailbox', {
      columns: { personId: 'text', position: 'integer', address: 'text', normalized: 'text', isActive: 'integer' },
      primaryKey: ['personId', 'position'],
      references: { personId: ['person', 'id'] },
      isClustered: true,
    });
    await createUniqueIndex(tools, 'mailbox_by_address', 'mailbox', ['normalized'], 'isActive');
  },
};
