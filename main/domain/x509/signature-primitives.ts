import type { DigestName, SignatureScheme } from './algorithm-identifier.ts';

/** The cryptography that reading and validating certificates needs, handed in as functions. */
export interface SignaturePrimitives {
  /** The digest of `bytes`. */
  digest(name: DigestName, bytes: Uint8Array): Uint8Array;
  /**
   * Whether `signature` over `data` was made with the key in `subjectPublicKeyInfo` (DER). ECDSA signatures are
   * Ecdsa-Sig-Value (RFC 3279 section 2.2.3). A key or signature the engine cannot take is `false`, never an error.
   */
  verify(subjectPublicKeyInfo: Uint8Array, scheme: SignatureScheme, data: Uint8Array, signature: Uint8Array): boolean;
}
