import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  type Decipheriv,
  type KeyObject,
} from 'node:crypto';
import type { ContentDecipher, DecryptionKey, WrapCipher, WritingPrimitives } from '../../domain/cms/message-primitives.ts';
import { nodePrimitives } from './node.ts';
import { passwordPrimitives } from './passwords.ts';

/** What OpenSSL throws on is nothing. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

const privateKey = (pkcs8: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
const publicKey = (info: Uint8Array): KeyObject => createPublicKey({ key: Buffer.from(info), format: 'der', type: 'spki' });

function decryptionKey(key: KeyObject): DecryptionKey {
  const decrypt = (padding: number) => (encryptedKey: Uint8Array) => attempt(() => privateDecrypt({ key, padding }, encryptedKey));
  return {
    decryptPkcs1: decrypt(constants.RSA_PKCS1_PADDING),
    decryptRaw: decrypt(constants.RSA_NO_PADDING),
    agree: (info) => attempt(() => diffieHellman({ privateKey: key, publicKey: publicKey(info) })),
  };
}

const wrapCiphers: Readonly<Record<WrapCipher, string>> = {
  aes128: 'id-aes128-wrap',
  aes192: 'id-aes192-wrap',
  aes256: 'id-aes256-wrap',
  tripleDes: 'des3-wrap',
};
const wrapVector = Buffer.alloc(8, 0xa6);

/** A fresh key of the same kind as somebody's public key. */
function freshKey(other: KeyObject): { publicKey: KeyObject; privateKey: KeyObject } {
  if (other.asymmetricKeyType === 'x25519') return generateKeyPairSync('x25519');
  return generateKeyPairSync('ec', { namedCurve: other.asymmetricKeyDetails?.namedCurve ?? '' });
}

const decipher = (context: Decipheriv): ContentDecipher => ({
  update: (piece) => context.update(piece),
  finish: () => attempt(() => context.final()),
});

/** Encrypted and signed messages by Node's OpenSSL, whose PKCS #1 decryption rejects implicitly. */
export const messagePrimitives: WritingPrimitives = {
  ...nodePrimitives,
  ...passwordPrimitives,
  decryptionKey: (pkcs8) => attempt(() => decryptionKey(privateKey(pkcs8))),
  privateKeyInfoOf: (der) => {
    for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
      const key = attempt(() => createPrivateKey({ key: Buffer.from(der), format: 'der', type }));
      if (key !== undefined) return attempt(() => key.export({ format: 'der', type: 'pkcs8' }));
    }
    return undefined;
  },
  unwrapKey: (cipher, key, wrapped) =>
    attempt(() => {
      const context = createDecipheriv(wrapCiphers[cipher], key, cipher === 'tripleDes' ? null : wrapVector);
      return Buffer.concat([context.update(wrapped), context.final()]);
    }),
  decryptBlocks: (cipher, key, iv, ciphertext) => {
    const context = createDecipheriv(cipher, key, iv).setAutoPadding(false);
    return Buffer.concat([context.update(ciphertext), context.final()]);
  },
  decryptGcm: ({ cipher, key, nonce, additionalData, ciphertext, tag }) =>
    attempt(() => {
      const context = createDecipheriv(cipher, key, nonce, { authTagLength: tag.length });
      context.setAAD(additionalData).setAuthTag(tag);
      return Buffer.concat([context.update(ciphertext), context.final()]);
    }),
  decipherCbc: (cipher, key, iv) => decipher(createDecipheriv(cipher, key, iv)),
  decipherGcm: ({ cipher, key, nonce, additionalData, tag }) => {
    const context = createDecipheriv(cipher, key, nonce, { authTagLength: tag.length });
    return decipher(context.setAAD(additionalData).setAuthTag(tag));
  },
  hkdf: (digest, secret, info, length) => new Uint8Array(hkdfSync(digest, secret, new Uint8Array(0), info, length)),
  randomBytes: (length) => randomBytes(length),
  sign: (pkcs8, digest, data) => sign(digest, data, privateKey(pkcs8)),
  encryptCbc: (cipher, key, iv, plaintext) => {
    const context = createCipheriv(cipher, key, iv);
    return Buffer.concat([context.update(plaintext), context.final()]);
  },
  encipherCbc: (cipher, key, iv) => {
    const context = createCipheriv(cipher, key, iv);
    return { update: (piece) => context.update(piece), finish: () => context.final() };
  },
  encryptPkcs1: (info, key) => publicEncrypt({ key: publicKey(info), padding: constants.RSA_PKCS1_PADDING }, key),
  agreeEphemeral: (info) => {
    const other = publicKey(info);
    const fresh = freshKey(other);
    const secret = diffieHellman({ privateKey: fresh.privateKey, publicKey: other });
    return { publicKeyInfo: fresh.publicKey.export({ format: 'der', type: 'spki' }), secret };
  },
  wrapKey: (key, wrapped) => {
    const context = createCipheriv('id-aes256-wrap', key, wrapVector);
    return Buffer.concat([context.update(wrapped), context.final()]);
  },
};
