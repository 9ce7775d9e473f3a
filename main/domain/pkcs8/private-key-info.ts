import { DerCursor, readDer } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readAlgorithmIdentifier } from '../x509/algorithm-identifier.ts';

/**
 * The algorithm of a private key, dotted decimal, from its PrivateKeyInfo or OneAsymmetricKey (RFC 5958 section 2); the
 * key itself is not looked into.
 * @throws AppError input.malformed-der
 */
export function privateKeyAlgorithm(pkcs8: Uint8Array): string {
  const cursor = new DerCursor(readDer(pkcs8));
  cursor.next(tag.integer);
  return readAlgorithmIdentifier(cursor.next(tag.sequence)).oid;
}
