import { AppError } from '../../../domain/errors.ts';
import { isSameOctets } from '../../../domain/encoding/octets.ts';
import type { Compartment } from '../../../domain/vault/compartment.ts';
import { base64Decode } from '../../../domain/encoding/base64.ts';
import type {
  CompartmentRestart,
  CompartmentRotation,
  FreshSealingKey,
  SealedKeyRecord,
  VaultReader,
  VaultStore,
  VoucherRecord,
} from '../../../ports/stores/vault.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { byIds } from '../id-chunks.ts';

export function vaultReader({ db }: ReadConnection): VaultReader {
  return {
    compartments: () => db.selectFrom('compartment').selectAll().orderBy('compartment').execute(),
    grants: (operatorId) => db.selectFrom('vaultGrant').selectAll().where('operatorId', '=', operatorId).orderBy('compartment').execute(),
    sealingKey: (id) => db.selectFrom('sealingKey').selectAll().where('id', '=', id).executeTakeFirst(),
    sealingKeys: (compartment) => db.selectFrom('sealingKey').selectAll().where('compartment', '=', compartment).orderBy('id').execute(),
    vouchers: (operatorId) => db.selectFrom('voucher').selectAll().where('operatorId', '=', operatorId).orderBy('compartment').execute(),
    async sealedKey(keyId) {
      const row = await db.selectFrom('sealedKey').selectAll().where('keyId', '=', keyId).executeTakeFirst();
      return row && { keyId, sealed: row.sealed, wraps: readWraps(row.wraps) };
    },
    async sealedFor(compartment) {
      const under = await sealingKeyIds(db, compartment);
      const rows = await db.selectFrom('sealedKey').selectAll().orderBy('keyId').execute();
      const records = rows.map(({ keyId, sealed, wraps }) => ({ keyId, sealed, wraps: readWraps(wraps) }));
      return records.filter(({ wraps }) => wraps.some(({ sealingKeyId }) => under.has(sealingKeyId)));
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
    async insertSealingKeys(records) {
      await requireCurrent(connection, records);
      await connection.insertRows(
        'sealingKey',
        ['id', 'compartment', 'enc', 'ciphertext'],
        records.map(({ id, compartment, enc, ciphertext }) => [id, compartment, enc, ciphertext]),
      );
    },
    requireCurrent: (records) => requireCurrent(connection, records),
    rotateCompartment: (rotation) => rotateCompartment(connection, rotation),
    restartCompartment: (restart) => restartCompartment(connection, restart),
    leaveToEscrow: (people) => leaveToEscrow(connection, people),
    async removeGrants(operatorId) {
      await connection.db.deleteFrom('vaultGrant').where('operatorId', '=', operatorId).execute();
      await connection.db.deleteFrom('voucher').where('operatorId', '=', operatorId).execute();
    },
    putVouchers: (records) => putVouchers(connection, records),
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

async function requireCurrent(connection: WriteConnection, records: readonly FreshSealingKey[]): Promise<void> {
  const publicKeys = new Map((await vaultReader(connection).compartments()).map(({ compartment, publicKey }) => [compartment, publicKey]));
  const isCurrent = ({ compartment, sealedFor }: FreshSealingKey) => isSame(publicKeys.get(compartment), sealedFor);
  if (!records.every(isCurrent)) connection.refuse(outdated());
}

async function rotateCompartment(connection: WriteConnection, rotation: CompartmentRotation): Promise<void> {
  const { compartment, before, after, sealingKeys, grants } = rotation;
  const now = (await vaultReader(connection).compartments()).find((candidate) => candidate.compartment === compartment);
  const stored = (await vaultReader(connection).sealingKeys(compartment)).map(({ id }) => id);
  const given = new Set(sealingKeys.map(({ id }) => id));
  if (!isSame(now?.publicKey, before) || stored.length !== given.size || stored.some((id) => !given.has(id))) connection.refuse(outdated());
  await connection.updateRows('compartment', ['publicKey'], ['compartment'], [[after, compartment]]);
  const rows = sealingKeys.map(({ id, enc, ciphertext }) => [enc, ciphertext, id] as const);
  await connection.updateRows('sealingKey', ['enc', 'ciphertext'], ['id'], rows);
  await connection.db.deleteFrom('vaultGrant').where('compartment', '=', compartment).execute();
  await vaultStore(connection).insertGrants(grants);
}

async function restartCompartment(connection: WriteConnection, restart: CompartmentRestart): Promise<void> {
  const { compartment, before, after, sealingKeys, grants, sealedKeys } = restart;
  const now = (await vaultReader(connection).compartments()).find((candidate) => candidate.compartment === compartment);
  const sealed = await vaultReader(connection).sealedFor(compartment);
  const given = new Set(sealedKeys.map(({ keyId }) => keyId));
  if (!isSame(now?.publicKey, before) || sealed.some(({ keyId }) => !given.has(keyId))) connection.refuse(outdated());
  await connection.updateRows('compartment', ['publicKey'], ['compartment'], [[after, compartment]]);
  await putWraps(connection, sealedKeys);
  await connection.db.deleteFrom('sealingKey').where('compartment', '=', compartment).execute();
  await connection.insertRows(
    'sealingKey',
    ['id', 'compartment', 'enc', 'ciphertext'],
    sealingKeys.map(({ id, enc, ciphertext }) => [id, compartment, enc, ciphertext]),
  );
  await connection.db.deleteFrom('vaultGrant').where('compartment', '=', compartment).execute();
  await vaultStore(connection).insertGrants(grants);
}

const putWraps = async (connection: WriteConnection, records: readonly Pick<SealedKeyRecord, 'keyId' | 'wraps'>[]): Promise<void> =>
  void (await connection.updateRows(
    'sealedKey',
    ['wraps'],
    ['keyId'],
    records.map(({ keyId, wraps }) => [writeWraps(wraps), keyId]),
  ));

/** A key that the escrow does not open is left as it is: nobody else could open it then. */
async function leaveToEscrow(connection: WriteConnection, people: readonly string[] | 'left'): Promise<void> {
  const escrowed = await sealingKeyIds(connection.db, 'escrow');
  const rows = people === 'left' ? await keysOf(connection) : await byIds(people, (some) => keysOf(connection, some));
  const kept = rows.map(({ keyId, wraps }) => {
    const all = readWraps(wraps);
    return { keyId, before: all.length, wraps: all.filter(({ sealingKeyId }) => escrowed.has(sealingKeyId)) };
  });
  await putWraps(
    connection,
    kept.filter(({ before, wraps }) => wraps.length > 0 && wraps.length < before),
  );
}

interface KeyInVault {
  readonly keyId: string;
  readonly wraps: string;
}

/** Keys of certificates, and what opens OpenPGP mail, of these people or of everybody who left. */
async function keysOf({ db }: ReadConnection, people?: readonly string[]): Promise<readonly KeyInVault[]> {
  const ofCertificates = db
    .selectFrom('sealedKey')
    .innerJoin('certificate', 'certificate.keyId', 'sealedKey.keyId')
    .innerJoin('person', 'person.id', 'certificate.personId')
    .select(['sealedKey.keyId', 'sealedKey.wraps']);
  const ofOpenPgp = db
    .selectFrom('sealedKey')
    .innerJoin('openPgp', 'openPgp.subkeyId', 'sealedKey.keyId')
    .innerJoin('person', 'person.id', 'openPgp.personId')
    .select(['sealedKey.keyId', 'sealedKey.wraps']);
  const keys =
    people === undefined
      ? ofCertificates.where('person.status', '=', 'left').union(ofOpenPgp.where('person.status', '=', 'left'))
      : ofCertificates.where('person.id', 'in', people).union(ofOpenPgp.where('person.id', 'in', people));
  return keys.execute();
}

const sealingKeyIds = async (db: ReadConnection['db'], compartment: Compartment): Promise<ReadonlySet<string>> =>
  new Set((await db.selectFrom('sealingKey').select('id').where('compartment', '=', compartment).execute()).map(({ id }) => id));

async function putVouchers(connection: WriteConnection, records: readonly VoucherRecord[]): Promise<void> {
  for (const { operatorId, compartment } of records)
    await connection.db.deleteFrom('voucher').where('operatorId', '=', operatorId).where('compartment', '=', compartment).execute();
  await connection.insertRows(
    'voucher',
    ['operatorId', 'compartment', 'code'],
    records.map(({ operatorId, compartment, code }) => [operatorId, compartment, code]),
  );
}

const isSame = (one: Uint8Array | undefined, other: Uint8Array): boolean => one !== undefined && isSameOctets(one, other);

const outdated = (): AppError => new AppError('stale', 'A part of the vault has another key since.', { what: 'compartment' });

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
