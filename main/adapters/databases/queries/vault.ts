import { AppError } from '../../../domain/errors.ts';
import { base64Decode } from '../../../domain/encoding/base64.ts';
import type { SealedKeyRecord, VaultReader, VaultStore } from '../../../ports/stores/vault.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function vaultReader({ db }: ReadConnection): VaultReader {
  return {
    compartments: () => db.selectFrom('compartment').selectAll().orderBy('compartment').execute(),
    grants: (operatorId) => db.selectFrom('vaultGrant').selectAll().where('operatorId', '=', operatorId).orderBy('compartment').execute(),
    sealingKey: (id) => db.selectFrom('sealingKey').selectAll().where('id', '=', id).executeTakeFirst(),
    async sealedKey(keyId) {
      const row = await db.selectFrom('sealedKey').selectAll().where('keyId', '=', keyId).executeTakeFirst();
      return row && { keyId, sealed: row.sealed, wraps: readWraps(row.wraps) };
    },
  };
}

export function vaultStore(connection: WriteConnection): VaultStore {
  return {
    ...vaultReader(connection),
    insertCompartments: (records) =>
      connection.insertRows(
        'compartment',
        ['compartment', 'publicKey'],
        records.map(({ compartment, publicKey }) => [compartment, publicKey]),
      ),
    insertGrants: (records) =>
      connection.insertRows(
        'vaultGrant',
        ['compartment', 'operatorId', 'enc', 'ciphertext'],
        records.map(({ compartment, operatorId, enc, ciphertext }) => [compartment, operatorId, enc, ciphertext]),
      ),
    insertSealingKeys: (records) =>
      connection.insertRows(
        'sealingKey',
        ['id', 'compartment', 'enc', 'ciphertext'],
        records.map(({ id, compartment, enc, ciphertext }) => [id, compartment, enc, ciphertext]),
      ),
    async removeSealedKey(keyId) {
      const [result] = await connection.db.deleteFrom('sealedKey').where('keyId', '=', keyId).execute();
      if (Number(result?.numDeletedRows ?? 0) === 0)
        connection.refuse(new AppError('not-found', 'No private key is kept under this id.', { what: 'key', id: keyId }));
    },
    insertSealedKeys: (records) =>
      connection.insertRows(
        'sealedKey',
        ['keyId', 'sealed', 'wraps'],
        records.map(({ keyId, sealed, wraps }) => [keyId, sealed, writeWraps(wraps)]),
      ),
  };
}

/** The wraps of a key are written and read with it and never alone: one row holds them all. */
const writeWraps = (wraps: SealedKeyRecord['wraps']): string =>
  JSON.stringify(wraps.map(({ sealingKeyId, wrapped }) => ({ sealingKeyId, wrapped: Buffer.from(wrapped).toString('base64') })));

function readWraps(text: string): SealedKeyRecord['wraps'] {
  const wraps = parse(text);
  if (!Array.isArray(wraps)) throw corrupt();
  return wraps.map(readWrap);
}

function readWrap(wrap: unknown): SealedKeyRecord['wraps'][number] {
  if (typeof wrap !== 'object' || wrap === null || !('sealingKeyId' in wrap) || !('wrapped' in wrap)) throw corrupt();
  const { sealingKeyId, wrapped } = wrap;
  const octets = typeof wrapped === 'string' ? base64Decode(wrapped) : undefined;
  if (typeof sealingKeyId !== 'string' || octets === undefined) throw corrupt();
  return { sealingKeyId, wrapped: octets };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw corrupt(error);
  }
}

const corrupt = (cause?: unknown): AppError => new AppError('store.corrupt', 'A sealed key cannot be read.', {}, { cause });
