import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { fixedOctets } from '../../../domain/encoding/octets.ts';
import { AppError } from '../../../domain/errors.ts';

/** Raw halves (RFC 7748), 32 octets each; the private one is the caller's to wipe. */
export interface KeyPair {
  readonly publicKey: Buffer;
  readonly privateKey: Buffer;
}

/** What stands before the raw octets in DER (RFC 8410 sections 4 and 7). */
const spkiPrefix = Buffer.from('302a300506032b656e032100', 'hex');
const rawOctets = 32;
const pkcs8Prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');

export function generateKeyPair(): KeyPair {
  const pair = generateKeyPairSync('x25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  const privateKey = Buffer.from(fixedOctets(rawOctets).buffer);
  pair.privateKey.copy(privateKey, 0, pkcs8Prefix.length);
  pair.privateKey.fill(0);
  return { publicKey: pair.publicKey.subarray(spkiPrefix.length), privateKey };
}

/** @throws AppError store.corrupt for octets that cannot be a public half. */
export function importPublicKey(raw: Uint8Array): KeyObject {
  if (raw.length !== rawOctets) throw new AppError('store.corrupt', 'A public key of the vault was altered.', { what: 'public key' });
  return createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' });
}

export function importPrivateKey(raw: Uint8Array): KeyObject {
  const der = Buffer.concat([pkcs8Prefix, raw]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

/** Whether the two raw halves belong together. */
export function isPair(privateKey: Uint8Array, publicKey: Uint8Array): boolean {
  if (privateKey.length !== rawOctets) return false;
  const derived = createPublicKey(importPrivateKey(privateKey)).export({ format: 'der', type: 'spki' });
  return derived.subarray(spkiPrefix.length).equals(publicKey);
}
