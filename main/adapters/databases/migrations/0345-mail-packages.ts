import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** What people are handed for mail programs elsewhere: planned, made, picked up, proved. */
export const mailPackages: Migration = {
  name: '0345-mail-packages',
  async up(tools) {
    await createTable(tools, 'mailPackage', {
      columns: {
        id: 'text',
        deliveryId: 'text',
        position: 'integer',
        personId: 'text',
        client: 'text',
        state: 'text',
        days: 'integer',
        certificates: 'text',
        sha256: 'text',
        operatorId: 'text',
        askedAt: 'text',
        expiresAt: 'text?',
        pickedUpAt: 'text?',
        provedAt: 'text?',
        error: 'text?',
      },
      primaryKey: ['id'],
      references: { personId: ['person', 'id'], operatorId: ['operator', 'id'] },
    });
    await createIndex(tools, 'mailPackage_by_delivery', 'mailPackage', ['deliveryId', 'position']);
    await createIndex(tools, 'mailPackage_by_person', 'mailPackage', ['personId', 'askedAt']);
    await createIndex(tools, 'mailPackage_by_state', 'mailPackage', ['state', 'expiresAt']);
    await createIndex(tools, 'mailPackage_by_time', 'mailPackage', ['askedAt', 'position']);
  },
};
