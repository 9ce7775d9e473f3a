import type { CbcCipher, Pbes2Primitives } from '../pkcs8/primitives.ts';

/** Digests the integrity and the old encryption of PKCS #12 are built on. */
export type PfxDigest = 'sha1' | 'sha256';

/** What writing and reading a PFX needs of cryptography, on the same terms. */
export interface PfxPrimitives extends Pbes2Primitives {
  /** The digest of the digest of ... of `input`, `iterations` times (RFC 7292 appendix B.2: "the r-th hash"). */
  iterateDigest(digest: PfxDigest, input: Uint8Array, iterations: number): Promise<Uint8Array>;
  /** Whole blocks in, whole blocks out: the padding stays on. */
  decryptCbc(cipher: CbcCipher, key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array;
  hmac(digest: PfxDigest, key: Uint8Array, data: Uint8Array): Uint8Array;
}
