import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed, readDer } from '../asn1/der-reader.ts';
import { compareOctets, tag } from '../asn1/der-writer.ts';
import type { BitString } from '../asn1/read-value.ts';
import { readBitString } from '../asn1/read-value.ts';
import { AppError } from '../errors.ts';
import type { AlgorithmIdentifier } from './algorithm-identifier.ts';
import { readAlgorithmIdentifier } from './algorithm-identifier.ts';

/** What certificates, CRLs and requests share: something to be signed, an algorithm, a signature. */
export interface SignedParts {
  readonly toBeSigned: DerNode;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signatureValue: BitString;
}

/**
 * Takes a signed object apart: SEQUENCE { SEQUENCE, AlgorithmIdentifier, BIT STRING } and nothing behind it.
 * @throws AppError input.malformed-der; input.too-large above `maximumSize` octets.
 */
export function readSigned(der: Uint8Array, maximumSize: number): SignedParts {
  if (der.length > maximumSize) {
    throw new AppError('input.too-large', 'This is larger than anything of its kind.', { size: der.length, limit: maximumSize });
  }
  const outer = readDer(der);
  if (outer.tag !== tag.sequence) throw malformed('no SEQUENCE at the beginning', 0);
  const cursor = new DerCursor(outer);
  const toBeSigned = cursor.next(tag.sequence);
  const signatureAlgorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const signatureValue = readBitString(cursor.next(tag.bitString));
  cursor.finish();
  return { toBeSigned, signatureAlgorithm, signatureValue };
}

/** Whether the algorithm under the signature is the same octets as the one beside it (RFC 5280 sections 4.1.1.2 and 5.1.1.2). */
export const isSameAlgorithm = (inner: DerNode, outer: AlgorithmIdentifier): boolean => compareOctets(inner.whole, outer.der) === 0;
