import { createCipheriv, createHmac, hash, pbkdf2, randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PfxPrimitives } from '../../domain/pfx/primitives.ts';
import { iterateSha1 } from './iterated-sha1.ts';

const pbkdf2OnPool = promisify(pbkdf2);

/** Digests between two breaths of the event loop: a few milliseconds. */
const digestsAtOnce = 1000;

/** Password-based cryptography of Node's OpenSSL; no call holds the event loop for long. */
export const pfxPrimitives: PfxPrimitives = {
  pbkdf2: ({ digest, password, salt, iterations, length }) => pbkdf2OnPool(password, salt, iterations, length, digest),
  iterateDigest: async (digest, input, iterations) => {
    if (digest === 'sha1') return iterateSha1(input, iterations);
    let value = hash(digest, input, 'buffer');
    for (let done = 1; done < iterations; done++) {
      if (done % digestsAtOnce === 0) await setImmediate();
      const next = hash(digest, value, 'buffer');
      value.fill(0);
      value = next;
    }
    return value;
  },
  hmac: (digest, key, data) => createHmac(digest, key).update(data).digest(),
  encryptCbc: (cipher, key, iv, plaintext) => {
    const context = createCipheriv(cipher, key, iv);
    return Buffer.concat([context.update(plaintext), context.final()]);
  },
  randomBytes: (length) => randomBytes(length),
};
