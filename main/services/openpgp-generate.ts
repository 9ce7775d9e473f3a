import { AppError } from '../domain/errors.ts';
import type { OpenPgpAlgorithm } from '../domain/openpgp/algorithm.ts';
import { userIdOf, userIdText } from '../domain/openpgp/user-id.ts';
import { openPgpValidity } from '../domain/openpgp/validity.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { SealingPlan } from '../ports/issuance.ts';
import type { NewOpenPgpKey, OpenPgp, OpenPgpKeyPart } from '../ports/openpgp.ts';
import type { Random } from '../ports/random.ts';
import type { KeyRecord } from '../ports/stores/keys.ts';
import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import type { SealedKeyRecord } from '../ports/stores/vault.ts';
import type { Vault } from '../ports/vault.ts';
import type { Commit } from './handler.ts';
import { isGood } from './openpgp-view.ts';
import { createSealingKeys } from './sealing-keys.ts';

export interface OpenPgpGenerateParts {
  readonly read: () => ReadStores;
  readonly openPgp: OpenPgp;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
}

export interface OpenPgpWish {
  readonly person: string;
  readonly algorithm: OpenPgpAlgorithm;
  readonly days: number;
}

/** What was made and sealed, and waits to be written down. */
interface Made {
  readonly record: OpenPgpRecord;
  readonly certificate: Uint8Array;
  readonly keys: readonly Omit<KeyRecord, 'createdAt'>[];
  readonly sealed: readonly SealedKeyRecord[];
}

/**
 * Makes a person's OpenPGP key with its revocation certificate. One that has ended is kept for old mail.
 * @throws AppError not-found; conflict when they have left or have a key in use; stale when either changed meanwhile
 */
export async function generateOpenPgp(
  parts: OpenPgpGenerateParts,
  wish: OpenPgpWish,
): Promise<Commit<{ id: string; fingerprint: string }>> {
  const stores = parts.read();
  const person = await findActive(stores, wish.person);
  const before = await findEnded(stores, person.id, parts.clock.now());
  const sealing = await createSealingKeys(stores, parts.vault);
  const made = await make(parts, person, wish, sealing.plan);
  return async (written, { time }) => {
    await requireStillActive(written, person.id);
    await written.vault.insertSealingKeys(sealing.records);
    if (before !== undefined) await retire(written, before, time);
    await record(written, made, time);
    const { id, fingerprint } = made.record;
    return {
      value: { id, fingerprint },
      subject: { openPgp: id, fingerprint, keys: made.keys.map((key) => key.id) },
      pushes: [{ name: 'openpgp.changed', payload: { openPgp: [id] } }],
    };
  };
}

/** @throws AppError not-found, conflict for somebody who has left */
export async function findActive(stores: ReadStores, id: string): Promise<PersonRow> {
  const person = await stores.people.find(id);
  if (person === undefined) throw new AppError('not-found', 'There is nobody with this id.', { what: 'person', id });
  if (person.status === 'left') throw new AppError('conflict', 'They have left; nothing new is made for them.', { what: 'person', id });
  return person;
}

/** The key they had until it ended, if any. @throws AppError conflict where one is in use */
export async function findEnded(stores: ReadStores, personId: string, now: Date): Promise<OpenPgpRecord | undefined> {
  const current = (await stores.openPgp.ofPerson(personId)).find(({ isCurrent }) => isCurrent);
  if (current === undefined || !isGood(current, now)) return current;
  const until = current.expiresAt.slice(0, 10);
  throw new AppError('conflict', `They have an OpenPGP key in use, good until ${until}; a new one can be made once it has ended.`, {
    what: 'openpgp',
    id: current.id,
  });
}

/** @throws AppError stale */
export async function requireStillActive(stores: Stores, id: string): Promise<void> {
  if ((await stores.people.find(id))?.status !== 'active') throw new AppError('stale', 'They have left meanwhile.', { id });
}

/** Generates, seals, and wipes what was plain. */
async function make(parts: OpenPgpGenerateParts, person: PersonRow, wish: OpenPgpWish, under: SealingPlan): Promise<Made> {
  const userIds = person.mailboxes.map((address) => userIdOf(person.name, address));
  const validity = openPgpValidity(parts.clock.now(), wish.days);
  const made = await parts.openPgp.generate({ algorithm: wish.algorithm, userIds, ...validity });
  try {
    const ids = { primaryKeyId: parts.random.uuid(), subkeyId: parts.random.uuid(), revocationId: parts.random.uuid() };
    return {
      record: {
        id: parts.random.uuid(),
        personId: person.id,
        algorithm: wish.algorithm,
        fingerprint: made.primaryKey.fingerprint,
        subkeyFingerprint: made.subkey.fingerprint,
        userIds: userIds.map(userIdText),
        ...ids,
        createdAt: validity.createdAt.toISOString(),
        expiresAt: validity.expiresAt.toISOString(),
        isCurrent: true,
        revokedAt: null,
      },
      certificate: made.certificate,
      keys: [keyOf(ids.primaryKeyId, 'sign', person.id, made.primaryKey), keyOf(ids.subkeyId, 'encrypt', person.id, made.subkey)],
      sealed: seal(parts.vault, made, ids, under),
    };
  } finally {
    for (const octets of [made.primaryKey.secret, made.subkey.secret, made.revocation]) octets.fill(0);
  }
}

/** The record of one part of a key, kept in the vault unless it is said otherwise. */
export const keyOf = (
  id: string,
  usage: 'sign' | 'encrypt',
  personId: string | null,
  part: Omit<OpenPgpKeyPart, 'secret'>,
): Omit<KeyRecord, 'createdAt'> => ({
  id,
  algorithm: part.algorithm,
  usage,
  state: 'active',
  store: 'vault',
  personId,
  spkiSha256: part.spkiSha256,
});

/**
 * The primary key signs, so escrow never sees it; the subkey opens mail, so escrow has it from birth. Whoever holds the
 * revocation certificate can end the key and nothing more: it is sealed like what opens mail, so that the key can still
 * be ended when the person's own part of the vault is lost.
 */
const seal = (
  vault: Vault,
  made: NewOpenPgpKey,
  ids: Pick<OpenPgpRecord, 'primaryKeyId' | 'subkeyId' | 'revocationId'>,
  under: SealingPlan,
): readonly SealedKeyRecord[] => [
  vault.seal({ keyId: ids.primaryKeyId, pkcs8: made.primaryKey.secret, under: under.sign }),
  vault.seal({ keyId: ids.subkeyId, pkcs8: made.subkey.secret, under: under.decrypt }),
  vault.seal({ keyId: ids.revocationId, pkcs8: made.revocation, under: under.decrypt }),
];

/** The ended key signs nothing more, and opens only what was sent while it was good (SP 800-57 Part 1 section 7). */
export async function retire(stores: Stores, { id, primaryKeyId, subkeyId }: OpenPgpRecord, at: string): Promise<void> {
  await stores.openPgp.supersede(id);
  const keys = [await stores.keys.find(primaryKeyId), await stores.keys.find(subkeyId)];
  const active = keys.flatMap((key) => (key?.state === 'active' ? [key.id] : []));
  await stores.keys.move(active.map((keyId) => ({ keyId, from: 'active', to: 'deactivated', at })));
}

async function record(stores: Stores, made: Made, createdAt: string): Promise<void> {
  await stores.keys.insert(made.keys.map((key) => ({ ...key, createdAt })));
  await stores.vault.insertSealedKeys(made.sealed);
  await stores.openPgp.insert(made.record, made.certificate);
}
