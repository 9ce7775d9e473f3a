import type { Migration } from './migration.ts';
import { createTable } from './table.ts';

/** Compartments, who may open them, and the sealed keys. Not every sealed key is a record in `key`: the log has one of its own. */
export const vault: Migration = {
  name: '0020-vault',
  async up(tools) {
    await createTable(tools, 'compartment', { columns: { compartment: 'text', publicKey: 'binary' }, primaryKey: ['compartment'] });
    await createTable(tools, 'vaultGrant', {
      columns: { compartment: 'text', operatorId: 'text', enc: 'binary', ciphertext: 'binary' },
      primaryKey: ['compartment', 'operatorId'],
      references: { compartment: ['compartment', 'compartment'], operatorId: ['operator', 'id'] },
    });
    await createTable(tools, 'sealingKey', {
      columns: { id: 'text', compartment: 'text', enc: 'binary', ciphertext: 'binary' },
      primaryKey: ['id'],
      references: { compartment: ['compartment', 'compartment'] },
    });
    await createTable(tools, 'sealedKey', { columns: { keyId: 'text', sealed: 'binary', wraps: 'text' }, primaryKey: ['keyId'] });
  },
};
