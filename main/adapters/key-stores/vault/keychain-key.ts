import { createSecretKey } from 'node:crypto';
import { fixedOctets } from '../../../domain/encoding/octets.ts';
import type { OpenSealingKey } from '../../../ports/vault.ts';
import { fillRandom } from './random-pool.ts';

const keyOctets = 32;

/** A fresh wrapping key for a keychain to hold; the octets are the caller's to wipe. */
export function createKeychainKey(id: string): { readonly octets: Uint8Array; readonly open: OpenSealingKey } {
  const octets = fillRandom(fixedOctets(keyOctets));
  return { octets, open: openKeychainKey(id, octets) };
}

/** It stands for the people compartment: it wraps what that would wrap. */
export const openKeychainKey = (id: string, octets: Uint8Array): OpenSealingKey => ({
  id,
  compartment: 'people',
  key: createSecretKey(octets),
});
