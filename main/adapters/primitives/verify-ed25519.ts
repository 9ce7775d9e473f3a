import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { VerifyEd25519 } from '../../domain/audit/signed-note.ts';
import { fixedLengthPublicKeyInfo } from '../../domain/key/subject-public-key-info.ts';

/** Ed25519 (RFC 8032) by OpenSSL; a key or signature of the wrong length does not verify. */
export const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  publicKey.length === 32 && verify(null, message, publicKeyObject(publicKey), signature);

/** A log is verified checkpoint by checkpoint with one key: remembered, because importing costs more than verifying. */
let remembered: { readonly octets: string; readonly key: KeyObject } | undefined;

function publicKeyObject(publicKey: Uint8Array): KeyObject {
  const octets = Buffer.from(publicKey).toString('latin1');
  if (remembered?.octets !== octets) {
    const key = Buffer.from(fixedLengthPublicKeyInfo('ed25519', publicKey));
    remembered = { octets, key: createPublicKey({ key, format: 'der', type: 'spki' }) };
  }
  return remembered.key;
}
