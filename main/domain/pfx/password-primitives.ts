import type { Pbkdf2Request } from '../pkcs8/primitives.ts';
import type { PfxDigest } from './primitives.ts';

/** Ciphers in CBC that the engine has; RC2 and RC4, which it has no longer, are the domain's own. */
export type BlockCipher = 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc' | 'des-ede-cbc';

export interface ScryptRequest {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly length: number;
}

/** What reading something encrypted under a password needs of cryptography. Trusted fully; no state. */
export interface PasswordPrimitives {
  pbkdf2(request: Pbkdf2Request): Promise<Uint8Array>;
  scrypt(request: ScryptRequest): Promise<Uint8Array>;
  iterateDigest(digest: PfxDigest, input: Uint8Array, iterations: number): Promise<Uint8Array>;
  /** For the old encryption of OpenSSL alone. */
  md5(data: Uint8Array): Uint8Array;
  hmac(digest: PfxDigest, key: Uint8Array, data: Uint8Array): Uint8Array;
  /** Undefined where the padding is wrong or the length is no multiple of the block. */
  decryptCbc(cipher: BlockCipher, key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined;
}
