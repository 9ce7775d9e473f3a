import type { Pbes2Primitives } from '../pkcs8/primitives.ts';

/** Digests the integrity and the old encryption of PKCS #12 are built on. */
export type PfxDigest = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** Octets of each digest. */
export const digestOctets: Readonly<Record<PfxDigest, number>> = { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 };

/** What writing a PFX needs of cryptography, on the same terms. */
export interface PfxPrimitives extends Pbes2Primitives {
  /** The digest of the digest of ... of `input`, `iterations` times (RFC 7292 appendix B.2: "the r-th hash"). */
  iterateDigest(digest: PfxDigest, input: Uint8Array, iterations: number): Promise<Uint8Array>;
  hmac(digest: PfxDigest, key: Uint8Array, data: Uint8Array): Uint8Array;
}
