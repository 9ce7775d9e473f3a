import type { DigestName, SignatureScheme } from '../x509/algorithm-identifier.ts';
import type { SignaturePrimitives } from '../x509/signature-primitives.ts';

/** What verifying messages needs: their content may be longer than the memory, and is taken piece by piece. */
export interface ContentPrimitives extends SignaturePrimitives {
  digestPieces(name: DigestName, pieces: Iterable<Uint8Array>): Uint8Array;
  /**
   * As `verify`, for data in pieces. Ed25519 and Ed448 sign the whole of what they sign at once: of more than the memory should hold
   * (64 MiB) they are `false`.
   */
  verifyPieces(subjectPublicKeyInfo: Uint8Array, scheme: SignatureScheme, pieces: Iterable<Uint8Array>, signature: Uint8Array): boolean;
}
