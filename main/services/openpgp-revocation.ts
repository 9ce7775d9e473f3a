import { withRevocation } from '../domain/openpgp/revoke-certificate.ts';
import { AppError } from '../domain/errors.ts';
import { mayBecome } from '../domain/key/state.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import type { Commit } from './handler.ts';
import type { KeyAccess } from './key-access.ts';

export interface OpenPgpRevocationParts {
  readonly read: () => ReadStores;
  readonly keyAccess: Pick<KeyAccess, 'withPrivateKey'>;
}

interface Revoked {
  readonly id: string;
  readonly fingerprint: string;
  readonly auditIndex: number;
}

/** Ends a key by what was sealed for that when it was made. @throws AppError conflict where it is revoked; session.not-permitted */
export async function revokeOpenPgp(
  parts: OpenPgpRevocationParts,
  operator: UnlockedOperator,
  record: OpenPgpRecord,
  note: string | undefined,
): Promise<Commit<Revoked>> {
  const { id, fingerprint, personId, primaryKeyId, subkeyId } = record;
  if (record.revokedAt !== null) throw new AppError('conflict', 'This OpenPGP key is revoked already.', { what: 'openpgp-revoked', id });
  const end = await prepareRevocation(parts, operator, record);
  return async (stores, { time, auditIndex }) => {
    await end(stores, time);
    return {
      value: { id, fingerprint, auditIndex },
      subject: { person: personId, openPgp: id, keys: [primaryKeyId, subkeyId] },
      ...(note === undefined ? {} : { reason: note }),
      pushes: [{ name: 'openpgp.changed', payload: { openPgp: [id] } }],
    };
  };
}

/**
 * What revokes a key within a unit: its certificate carries the revocation from then on, and both halves count as compromised. Whoever opens
 * the people's part of the vault can. @throws AppError session.not-permitted, store.corrupt
 */
export async function prepareRevocation(
  { read, keyAccess }: OpenPgpRevocationParts,
  operator: UnlockedOperator,
  { id, revocationId, primaryKeyId, subkeyId }: OpenPgpRecord,
): Promise<(stores: Stores, at: string) => Promise<void>> {
  const certificate = await read().openPgp.certificate(id);
  if (certificate === undefined)
    throw new AppError('store.corrupt', 'An OpenPGP key is recorded and its content is missing.', { what: 'openpgp', id });
  const revoked = await keyAccess.withPrivateKey(operator, revocationId, 'people', (armored) => withRevocation(certificate, armored));
  return async (stores, at) => {
    await stores.openPgp.revoke(id, revoked, at);
    const keys = [await stores.keys.find(primaryKeyId), await stores.keys.find(subkeyId)];
    const moving = keys.flatMap((key) => (key !== undefined && mayBecome(key.state, 'compromised') ? [key] : []));
    await stores.keys.move(moving.map((key) => ({ keyId: key.id, from: key.state, to: 'compromised', at })));
  };
}

/** The practice's keys whose primary key is on a card. */
export async function openPgpOn(stores: ReadStores, serialNumber: string): Promise<readonly OpenPgpRecord[]> {
  const there = new Set((await stores.tokens.keysOn([serialNumber])).map(({ keyId }) => keyId));
  const keys = await Promise.all([...there].map(async (keyId) => stores.keys.find(keyId)));
  const people = new Set(keys.flatMap((key) => key?.personId ?? []));
  const records = await Promise.all([...people].map(async (person) => stores.openPgp.ofPerson(person)));
  return records.flat().filter(({ primaryKeyId }) => there.has(primaryKeyId));
}
