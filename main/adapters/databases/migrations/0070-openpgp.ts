import type { Migration } from './migration.ts';
import { createIndex, createTable, createUniqueIndex } from './table.ts';

/** OpenPGP certificates of people; their secrets are records in `key` and `sealedKey`, the revocation in `sealedKey` alone. */
export const openPgp: Migration = {
  name: '0070-openpgp',
  async up(tools) {
    await createTable(tools, 'openPgp', {
      columns: {
        id: 'text',
        personId: 'text',
        algorithm: 'text',
        fingerprint: 'text',
        subkeyFingerprint: 'text',
        userIds: 'text',
        primaryKeyId: 'text',
        subkeyId: 'text',
        revocationId: 'text',
        createdAt: 'text',
        expiresAt: 'text',
        isCurrent: 'integer',
      },
      primaryKey: ['id'],
      references: {
        personId: ['person', 'id'],
        primaryKeyId: ['key', 'id'],
        subkeyId: ['key', 'id'],
        revocationId: ['sealedKey', 'keyId'],
      },
    });
    await createUniqueIndex(tools, 'openPgp_by_fingerprint', 'openPgp', ['fingerprint']);
    await createIndex(tools, 'openPgp_by_person', 'openPgp', ['personId', 'id']);
    await createUniqueIndex(tools, 'openPgp_in_use', 'openPgp', ['personId'], 'isCurrent');
    await createTable(tools, 'openPgpCertificate', {
      columns: { openPgpId: 'text', certificate: 'binary' },
      primaryKey: ['openPgpId'],
      references: { openPgpId: ['openPgp', 'id'] },
    });
  },
};
