import { DerCursor } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readString } from '../asn1/read-value.ts';
import { hexEncode } from '../encoding/hex.ts';
import { readSubjectPublicKeyInfo } from '../x509/read-public-key.ts';
import { readSigned } from '../x509/read-signed.ts';
import { describePublicKey, describeSignatureAlgorithm } from './describe.ts';
import type { Digest } from './inspect-certificate.ts';
import type { JsonObject } from './json.ts';

/** A public key with a challenge is no longer than any request. */
const maximumSize = 1 << 20;

/**
 * A SignedPublicKeyAndChallenge as JSON: what browsers with Netscape's `keygen` sent to have a key certified (WHATWG HTML, 2014, section
 * 4.10.14). Its signature is described, not verified.
 * @throws AppError input.malformed-der, input.too-large
 */
export function inspectSpkac(der: Uint8Array, digest: Digest): JsonObject {
  const { toBeSigned, signatureAlgorithm, signatureValue } = readSigned(der, maximumSize);
  const cursor = new DerCursor(toBeSigned);
  const publicKey = readSubjectPublicKeyInfo(cursor.next(tag.sequence));
  const challenge = readString(cursor.next(tag.ia5String));
  cursor.finish();
  return {
    type: 'spkac',
    sha256: hexEncode(digest('sha256', der)),
    challenge,
    subjectPublicKeyInfo: describePublicKey(publicKey),
    signatureAlgorithm: describeSignatureAlgorithm(signatureAlgorithm),
    signatureValue: hexEncode(signatureValue.bytes),
  };
}
