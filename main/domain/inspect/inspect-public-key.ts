import { readDer } from '../asn1/der-reader.ts';
import { hexEncode } from '../encoding/hex.ts';
import { readSubjectPublicKeyInfo } from '../x509/read-public-key.ts';
import { describePublicKey } from './describe.ts';
import type { Digest } from './inspect-certificate.ts';
import type { JsonObject } from './json.ts';

/** A SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) as JSON. @throws AppError input.malformed-der */
export function inspectPublicKey(der: Uint8Array, digest: Digest): JsonObject {
  const info = readSubjectPublicKeyInfo(readDer(der));
  return { type: 'public-key', sha256: hexEncode(digest('sha256', der)), subjectPublicKeyInfo: describePublicKey(info) };
}
