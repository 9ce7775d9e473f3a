import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table.ts';

/** The escrow's private half in shares, and what it was and is to be opened for. */
export const escrow: Migration = {
  name: '0300-escrow',
  async up(tools) {
    await createTable(tools, 'escrowShare', {
      columns: { operatorId: 'text', enc: 'binary', ciphertext: 'binary', digest: 'binary', sealedDigest: 'binary' },
      primaryKey: ['operatorId'],
      references: { operatorId: ['operator', 'id'] },
    });
    await createTable(tools, 'escrowRequest', {
      columns: {
        id: 'text',
        act: 'text',
        personId: 'text?',
        keyId: 'text?',
        reason: 'text',
        caseNumber: 'text',
        recipient: 'text',
        askedBy: 'text',
        askedAt: 'text',
        expiresAt: 'text',
        state: 'text',
        decidedBy: 'text?',
        decidedAt: 'text?',
        enc: 'binary?',
        ciphertext: 'binary?',
        way: 'text?',
        doneAt: 'text?',
        reviewedBy: 'text?',
        reviewedAt: 'text?',
        note: 'text?',
      },
      primaryKey: ['id'],
      references: { personId: ['person', 'id'], askedBy: ['operator', 'id'], decidedBy: ['operator', 'id'] },
    });
    await createIndex(tools, 'escrowRequest_by_time', 'escrowRequest', ['askedAt', 'id']);
  },
};
