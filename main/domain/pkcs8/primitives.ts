export interface Pbkdf2Request {
  readonly digest: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** Octets wanted. */
  readonly length: number;
}

export type CbcCipher = 'aes-256-cbc' | 'des-ede3-cbc';

/**
 * What encrypting a private key under a password needs of cryptography. Trusted fully; no state. Results are owned by
 * the caller, who wipes what is secret.
 */
export interface Pbes2Primitives {
  /** PBKDF2 with HMAC (RFC 8018 section 5.2). */
  pbkdf2(request: Pbkdf2Request): Promise<Uint8Array>;
  /** CBC with the padding of RFC 8018 section 6.1.1. */
  encryptCbc(cipher: CbcCipher, key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Uint8Array;
  /** Fresh random octets. */
  randomBytes(length: number): Uint8Array;
}
