import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { AppError } from '../../../domain/errors.ts';
import { openOctets, sealOctets } from './aead.ts';
import { binding } from './binding.ts';
import type { KeyPair } from './x25519.ts';

/** Seals octets under a key of their own purpose, derived from an operator's private half (HKDF, RFC 5869): nobody else reads or makes them. */
export const sealOwn = (operatorId: string, pair: KeyPair, octets: Uint8Array): Buffer =>
  sealOctets(ownKey(pair), octets, binding('second-factor', operatorId));

/** The octets, the caller's to wipe. @throws AppError store.corrupt */
export function openOwn(operatorId: string, pair: KeyPair, sealed: Uint8Array): Buffer {
  const octets = openOctets(ownKey(pair), sealed, binding('second-factor', operatorId));
  if (octets === undefined)
    throw new AppError('store.corrupt', 'What an operator sealed was altered.', { what: 'second factor', id: operatorId });
  return octets;
}

function ownKey({ privateKey }: KeyPair): KeyObject {
  const octets = Buffer.from(hkdfSync('sha256', privateKey, '', 'keyward-vault-1 second-factor', 32));
  const key = createSecretKey(octets);
  octets.fill(0);
  return key;
}
