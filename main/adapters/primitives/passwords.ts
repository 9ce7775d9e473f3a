import { createDecipheriv, createHash, createPrivateKey, createPublicKey, scrypt } from 'node:crypto';
import type { ListPfxPrimitives } from '../../domain/pfx/list-pfx.ts';
import { pfxPrimitives } from './pfx.ts';

/** Reading what is encrypted under a password, by Node's OpenSSL; no call holds the event loop for long. */
export const passwordPrimitives: Omit<ListPfxPrimitives, 'digest'> = {
  pbkdf2: (request) => pfxPrimitives.pbkdf2(request),
  iterateDigest: (digest, input, iterations) => pfxPrimitives.iterateDigest(digest, input, iterations),
  md5: (data) => createHash('md5').update(data).digest(),
  hmac: (digest, key, data) => pfxPrimitives.hmac(digest, key, data),
  scrypt: ({ password, salt, cost, blockSize, parallelization, length }) =>
    new Promise((resolve, reject) => {
      const options = { cost, blockSize, parallelization, maxmem: 256 << 20 };
      scrypt(password, salt, length, options, (error, key) => (error === null ? resolve(key) : reject(error)));
    }),
  decryptCbc: (cipher, key, iv, ciphertext) => {
    const context = createDecipheriv(cipher, key, iv);
    try {
      return Buffer.concat([context.update(ciphertext), context.final()]);
    } catch {
      return undefined;
    }
  },
  publicKeyInfoOf: (pkcs8) => {
    try {
      const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
      return createPublicKey(key).export({ format: 'der', type: 'spki' });
    } catch {
      return undefined;
    }
  },
};
