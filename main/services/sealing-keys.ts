import type { Compartment } from '../domain/vault/compartment.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { SealingPlan } from '../ports/issuance.ts';
import type { FreshSealingKey } from '../ports/stores/vault.ts';
import type { NewSealingKey, OpenSealingKey, Vault } from '../ports/vault.ts';

/** The sealing keys of one batch or job. `records` is stored in the unit that stores the first key sealed under them. */
export interface SealingKeys {
  readonly plan: SealingPlan;
  readonly records: readonly FreshSealingKey[];
}

/**
 * Keys that only sign are for the people compartment, or for the keychain in its place; what decrypts goes to escrow as well, at birth.
 */
export async function createSealingKeys(stores: ReadStores, vault: Vault, keychain?: OpenSealingKey): Promise<SealingKeys> {
  if (keychain !== undefined) {
    const { open, record } = await createSealingKeyFor(stores, vault, 'escrow');
    return { plan: { sign: [keychain], decrypt: [keychain, open] }, records: [record] };
  }
  const [people, escrow] = [await createSealingKeyFor(stores, vault, 'people'), await createSealingKeyFor(stores, vault, 'escrow')];
  return { plan: { sign: [people.open], decrypt: [people.open, escrow.open] }, records: [people.record, escrow.record] };
}

/** A sealing key of one compartment. @throws AppError store.corrupt */
export async function createSealingKeyFor(stores: ReadStores, vault: Vault, compartment: Compartment): Promise<NewSealingKey> {
  const record = (await stores.vault.compartments()).find((candidate) => candidate.compartment === compartment);
  if (record === undefined) throw new AppError('store.corrupt', 'A part of the vault is missing.', { compartment });
  return vault.createSealingKey(record);
}
