import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { fillRandom } from './random-pool.ts';

const cipher = 'aes-256-gcm';
const nonceOctets = 12;
const tagOctets = 16;

/**
 * AES-256-GCM (SP 800-38D) under a fresh random 96-bit nonce. Gives nonce, ciphertext and tag in one Buffer.
 * A key is good for 2^32 calls.
 */
export function sealOctets(key: KeyObject, plaintext: Uint8Array, aad: Uint8Array): Buffer {
  const sealed = Buffer.allocUnsafe(nonceOctets + plaintext.length + tagOctets);
  const nonce = fillRandom(sealed.subarray(0, nonceOctets));
  const context = createCipheriv(cipher, key, nonce).setAAD(aad);
  context.update(plaintext).copy(sealed, nonceOctets);
  context.final();
  context.getAuthTag().copy(sealed, nonceOctets + plaintext.length);
  return sealed;
}

/** The plaintext, owned by the caller; undefined when key, data or binding is not the one it was sealed with. */
export function openOctets(key: KeyObject, sealed: Uint8Array, aad: Uint8Array): Buffer | undefined {
  if (sealed.length < nonceOctets + tagOctets) return undefined;
  const end = sealed.length - tagOctets;
  const context = createDecipheriv(cipher, key, sealed.subarray(0, nonceOctets), { authTagLength: tagOctets });
  context.setAAD(aad).setAuthTag(sealed.subarray(end));
  const plaintext = context.update(sealed.subarray(nonceOctets, end));
  try {
    context.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    return undefined;
  }
}
