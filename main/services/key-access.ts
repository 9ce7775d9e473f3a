import { AppError } from '../domain/errors.ts';
import type { Compartment } from '../domain/vault/compartment.ts';
import { isKeychainKey, openKeychainKey, type KeychainOpeningParts } from './keychain-key.ts';
import type { Random } from '../ports/random.ts';
import { grantsOf } from './device-record.ts';
import type { SealAhead } from './list-content.ts';
import { createSealingKeyFor } from './sealing-keys.ts';
import type { ReadStores } from '../ports/database.ts';
import type { SealedKeyRecord } from '../ports/stores/vault.ts';
import type { OpenCompartment, OpenSealingKey, UnlockedOperator, Vault } from '../ports/vault.ts';

/** Opens sealed private keys for a signed-in operator. */
export interface KeyAccess {
  /**
   * Hands the PKCS #8 of one key to `use` and wipes it afterwards, whatever happens.
   * @throws AppError not-found, session.not-permitted when the operator's keys do not open that compartment, store.corrupt; device.* for a
   * key under the keychain that cannot be had from it now
   */
  withPrivateKey<T>(
    operator: UnlockedOperator,
    keyId: string,
    compartment: Compartment,
    use: (pkcs8: Uint8Array) => T | Promise<T>,
  ): Promise<T>;
  /** The sealed key and what opens it. @throws as `withPrivateKey` */
  find(
    operator: UnlockedOperator,
    keyId: string,
    compartment: Compartment,
  ): Promise<{ readonly record: SealedKeyRecord; readonly under: OpenSealingKey }>;
  /** Seals within a unit what a computer alone opens. Its record is stored before what is sealed under it. */
  sealAhead(): Promise<SealAhead>;
}

export type KeyAccessParts = KeychainOpeningParts & { readonly vault: Vault; readonly random: Random };

export function createKeyAccess(parts: KeyAccessParts): KeyAccess {
  const find: KeyAccess['find'] = (operator, keyId, compartment) => findAsItIs(parts, operator, keyId, compartment);
  return {
    find,
    async sealAhead() {
      const { record, open } = await createSealingKeyFor(parts.read(), parts.vault, 'unattended');
      const seal: SealAhead['seal'] = (keyId, pkcs8) => parts.vault.seal({ keyId, pkcs8, under: [open] });
      return { record, seal, newId: () => parts.random.uuid() };
    },
    async withPrivateKey(operator, keyId, compartment, use) {
      const { record, under } = await find(operator, keyId, compartment);
      const pkcs8 = parts.vault.open(record, under);
      try {
        return await use(pkcs8);
      } finally {
        pkcs8.fill(0);
      }
    },
  };
}

/** What was read while a compartment got another key pair does not fit together: it is read again. */
async function findAsItIs(
  parts: KeyAccessParts,
  operator: UnlockedOperator,
  keyId: string,
  compartment: Compartment,
): ReturnType<KeyAccess['find']> {
  const stores = parts.read();
  for (;;) {
    const before = await publicKeyOf(stores, compartment);
    try {
      return await findSealedKey(parts, operator, keyId, compartment);
    } catch (error) {
      const isCorrupt = error instanceof AppError && error.code === 'store.corrupt';
      if (!isCorrupt || before === (await publicKeyOf(stores, compartment))) throw error;
    }
  }
}

/** Base64. */
async function publicKeyOf(stores: ReadStores, compartment: Compartment): Promise<string> {
  const record = (await stores.vault.compartments()).find((candidate) => candidate.compartment === compartment);
  return Buffer.from(record?.publicKey ?? []).toString('base64');
}

async function findSealedKey(
  parts: KeyAccessParts,
  operator: UnlockedOperator,
  keyId: string,
  compartment: Compartment,
): ReturnType<KeyAccess['find']> {
  const stores = parts.read();
  const sealed = await stores.vault.sealedKey(keyId);
  if (sealed === undefined) throw new AppError('not-found', 'No private key is kept under this id.', { what: 'key', id: keyId });
  const opened = await openCompartment(stores, operator, compartment);
  try {
    for (const { sealingKeyId } of sealed.wraps) {
      const record = await stores.vault.sealingKey(sealingKeyId);
      if (record?.compartment === compartment) return { record: sealed, under: await opened.openSealingKey(record) };
    }
  } finally {
    opened.wipe();
  }
  if (compartment === 'people' && (await isUnderKeychain(stores, sealed))) return { record: sealed, under: await openKeychainKey(parts) };
  throw new AppError('not-found', 'This key is not kept in that compartment.', { what: 'key', id: keyId, compartment });
}

/** Whether a key is sealed under what the keychain of a computer holds: whoever opens `people` may have it, on that computer. */
export async function isUnderKeychain(stores: ReadStores, sealed: SealedKeyRecord | undefined): Promise<boolean> {
  for (const { sealingKeyId } of sealed?.wraps ?? []) if (await isKeychainKey(stores, sealingKeyId)) return true;
  return false;
}

async function openCompartment(stores: ReadStores, operator: UnlockedOperator, compartment: Compartment): Promise<OpenCompartment> {
  const record = (await stores.vault.compartments()).find((candidate) => candidate.compartment === compartment);
  const grant = (await grantsOf(stores, operator.operatorId)).find((candidate) => candidate.compartment === compartment);
  if (record === undefined || grant === undefined)
    throw new AppError('session.not-permitted', 'Your keys do not open this part of the vault.', { compartment });
  return operator.openCompartment(record, grant);
}
