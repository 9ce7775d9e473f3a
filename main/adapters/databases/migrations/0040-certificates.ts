import type { Migration, SchemaTools } from './migration.ts';
import { createIndex, createTable, createUniqueIndex } from './table.ts';

/** Keys and their states, authorities and their lists, certificates and their revocations. */
export const certificates: Migration = {
  name: '0040-certificates',
  async up(tools) {
    await createKeys(tools);
    await createAuthorities(tools);
    await createCertificates(tools);
    await createRevocations(tools);
  },
};

async function createKeys(tools: SchemaTools): Promise<void> {
  await createTable(tools, 'key', {
    columns: {
      id: 'text',
      algorithm: 'text',
      usage: 'text',
      state: 'text',
      store: 'text',
      personId: 'text?',
      spkiSha256: 'text',
      createdAt: 'text',
    },
    primaryKey: ['id'],
    references: { personId: ['person', 'id'] },
  });
  await createUniqueIndex(tools, 'key_by_spki', 'key', ['spkiSha256']);
  await createIndex(tools, 'key_by_person', 'key', ['personId']);
  await createTable(tools, 'keyTransition', {
    columns: { keyId: 'text', position: 'integer', from: 'text', to: 'text', at: 'text' },
    primaryKey: ['keyId', 'position'],
    references: { keyId: ['key', 'id'] },
    isClustered: true,
  });
}

async function createAuthorities(tools: SchemaTools): Promise<void> {
  await createTable(tools, 'authority', {
    columns: {
      id: 'text',
      name: 'text',
      parentId: 'text?',
      algorithm: 'text',
      keyId: 'text',
      certificateId: 'text',
      publishUrl: 'text?',
      slug: 'text',
      createdAt: 'text',
    },
    primaryKey: ['id'],
    references: { parentId: ['authority', 'id'], keyId: ['key', 'id'], certificateId: ['certificate', 'id'] },
  });
  await createUniqueIndex(tools, 'authority_by_slug', 'authority', ['slug']);
  await createTable(tools, 'certificateList', {
    columns: { authorityId: 'text', number: 'integer', thisUpdate: 'text', nextUpdate: 'text', entries: 'integer', der: 'binary' },
    primaryKey: ['authorityId', 'number'],
    references: { authorityId: ['authority', 'id'] },
  });
}

async function createCertificates(tools: SchemaTools): Promise<void> {
  await createTable(tools, 'certificate', {
    columns: {
      id: 'text',
      sha256: 'text',
      serialNumber: 'text',
      subject: 'text',
      issuer: 'text',
      issuerAuthorityId: 'text',
      emails: 'text',
      profile: 'text',
      notBefore: 'text',
      notAfter: 'text',
      isAuthority: 'integer',
      keyId: 'text',
      personId: 'text?',
      isCurrent: 'integer',
      createdAt: 'text',
      search: 'text',
    },
    primaryKey: ['id'],
    references: { issuerAuthorityId: ['authority', 'id'], keyId: ['key', 'id'], personId: ['person', 'id'] },
  });
  await createUniqueIndex(tools, 'certificate_by_sha256', 'certificate', ['sha256']);
  await createUniqueIndex(tools, 'certificate_by_serial_number', 'certificate', ['issuerAuthorityId', 'serialNumber']);
  await createIndex(tools, 'certificate_by_person', 'certificate', ['personId', 'id']);
  await createIndex(tools, 'certificate_by_authority', 'certificate', ['issuerAuthorityId', 'id']);
  await createIndex(tools, 'certificate_by_end', 'certificate', ['isCurrent', 'notAfter', 'id']);
  await createTable(tools, 'certificateDer', {
    columns: { certificateId: 'text', der: 'binary' },
    primaryKey: ['certificateId'],
    references: { certificateId: ['certificate', 'id'] },
  });
}

async function createRevocations(tools: SchemaTools): Promise<void> {
  await createTable(tools, 'revocation', {
    columns: {
      certificateId: 'text',
      authorityId: 'text',
      serialNumber: 'text',
      revokedAt: 'text',
      reason: 'text',
      invalidityDate: 'text?',
      notAfter: 'text',
    },
    primaryKey: ['certificateId'],
    references: { certificateId: ['certificate', 'id'], authorityId: ['authority', 'id'] },
    isClustered: true,
  });
  await createIndex(tools, 'revocation_by_authority', 'revocation', ['authorityId', 'revokedAt', 'serialNumber']);
}
