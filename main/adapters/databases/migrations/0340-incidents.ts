import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** What the rules over the log found, and what somebody looks into. Entries of the log are named by their number alone. */
export const incidents: Migration = {
  name: '0340-incidents',
  async up(tools) {
    await createTable(tools, 'incident', {
      columns: {
        number: 'integer',
        title: 'text',
        openedAt: 'text',
        openedBy: 'text',
        discoveredAt: 'text',
        affected: 'integer?',
        closedAt: 'text?',
        closedBy: 'text?',
        conclusion: 'text?',
      },
      primaryKey: ['number'],
    });
    await createTable(tools, 'alarm', {
      columns: {
        number: 'integer',
        rule: 'text',
        about: 'text',
        raisedAt: 'text',
        lastAt: 'text',
        firstIndex: 'integer',
        lastIndex: 'integer',
        count: 'integer',
        state: 'text',
        incident: 'integer?',
        settledBy: 'text?',
        settledAt: 'text?',
        note: 'text?',
      },
      primaryKey: ['number'],
    });
    await createIndex(tools, 'alarm_by_state', 'alarm', ['state', 'number']);
    await createIndex(tools, 'alarm_by_rule', 'alarm', ['rule', 'about', 'number']);
    await createTable(tools, 'incidentItem', {
      columns: {
        incident: 'integer',
        number: 'integer',
        addedAt: 'text',
        addedBy: 'text',
        entry: 'integer?',
        alarm: 'integer?',
        certificateId: 'text?',
        note: 'text?',
      },
      primaryKey: ['incident', 'number'],
      isClustered: true,
    });
  },
};
