import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { fixedLengthPublicKeyInfo } from '../../domain/key/subject-public-key-info.ts';
import type { Ed25519 } from '../../ports/ed25519.ts';

/** OpenSSL through Node. */
export const nodeEd25519: Ed25519 = {
  generate() {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const info = publicKey.export({ format: 'der', type: 'spki' });
    return { pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }), publicKey: Uint8Array.from(info.subarray(-32)) };
  },
  signer(pkcs8) {
    const key = createPrivateKey({ key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length), format: 'der', type: 'pkcs8' });
    return (message) => sign(null, message, key);
  },
  verify(publicKey, message, signature) {
    return publicKey.length === 32 && verify(null, message, publicKeyObject(publicKey), signature);
  },
};

/** Logs are verified checkpoint by checkpoint with one key: remembered, because importing costs more than verifying. */
let remembered: { readonly octets: string; readonly key: KeyObject } | undefined;

function publicKeyObject(publicKey: Uint8Array): KeyObject {
  const octets = Buffer.from(publicKey).toString('latin1');
  if (remembered?.octets !== octets) {
    const key = Buffer.from(fixedLengthPublicKeyInfo('ed25519', publicKey));
    remembered = { octets, key: createPublicKey({ key, format: 'der', type: 'spki' }) };
  }
  return remembered.key;
}
