import { toDefiniteLengths } from '../asn1/ber.ts';
import type { DerNode } from '../asn1/der-reader.ts';
import { children, DerCursor, malformed, readDer } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readOid, readSmallInteger } from '../asn1/read-value.ts';
import { readAlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { digestOid, nameOfOid } from '../x509/oid.ts';
import { readContentInfo } from './inspect-pkcs7.ts';
import { readEncryption } from './inspect-private-key.ts';
import type { JsonObject } from './json.ts';
import { bagTypes, contentTypes, passwordSchemes } from './oid-names.ts';
import { describePasswordScheme, describePbmac1 } from './password-scheme.ts';

/**
 * A PKCS #12 file (RFC 7292) as JSON, as far as it can be seen without its password: how its integrity is protected, how
 * each content is encrypted, and which kinds of bags lie open. BER is read too.
 * @throws AppError input.malformed-der
 */
export function inspectPkcs12(bytes: Uint8Array): JsonObject {
  const cursor = new DerCursor(readDer(toDefiniteLengths(bytes)));
  const version = cursor.next(tag.integer);
  if (readSmallInteger(version) !== 3) throw malformed('a PKCS #12 version that does not exist', version.offset);
  const { contentType, content } = readContentInfo(cursor.next(tag.sequence));
  const macData = cursor.optional(tag.sequence);
  cursor.finish();
  const named = { type: 'pkcs12', version: 3, mac: macData === undefined ? null : describeMac(macData) };
  if (contentType === contentTypes.signedData) return { ...named, integrity: 'public-key' };
  const integrity = macData === undefined ? 'none' : 'password';
  if (contentType !== contentTypes.data || content?.tag !== tag.octetString) throw malformed('a PKCS #12 file without its content', 0);
  const safes = children(readDer(toDefiniteLengths(content.content)));
  return { ...named, integrity, contents: safes.map(describeSafe) };
}

/** MacData (RFC 7292 section 4): the digest and iterations of the old derivation, or PBMAC1 (RFC 9579). */
export function describeMac(node: DerNode): JsonObject {
  const cursor = new DerCursor(node);
  const digestInfo = new DerCursor(cursor.next(tag.sequence));
  const algorithm = readAlgorithmIdentifier(digestInfo.next(tag.sequence));
  const salt = cursor.next(tag.octetString);
  const iterations = cursor.optional(tag.integer);
  cursor.finish();
  if (algorithm.oid === passwordSchemes.pbmac1 && algorithm.parameters?.tag === tag.sequence) return describePbmac1(algorithm.parameters);
  const count = iterations === undefined ? 1 : readSmallInteger(iterations);
  return { scheme: 'pkcs12', digest: nameOfOid(digestOid, algorithm.oid), iterations: count, saltLength: salt.length };
}

/** One ContentInfo of the AuthenticatedSafe. */
function describeSafe(node: DerNode): JsonObject {
  const { contentType, content } = readContentInfo(node);
  const named = { contentType: nameOfOid(contentTypes, contentType) };
  if (contentType === contentTypes.data && content?.tag === tag.octetString) {
    return { ...named, bags: children(readDer(toDefiniteLengths(content.content))).map(describeBag) };
  }
  return contentType === contentTypes.encryptedData && content !== undefined
    ? { ...named, encryption: readContentEncryption(content) }
    : named;
}

/** EncryptedData (RFC 5652 section 8): version, EncryptedContentInfo. */
function readContentEncryption(node: DerNode): JsonObject {
  const cursor = new DerCursor(node);
  cursor.next(tag.integer);
  const info = new DerCursor(cursor.next(tag.sequence));
  info.next(tag.oid);
  return describePasswordScheme(readAlgorithmIdentifier(info.next(tag.sequence)));
}

function describeBag(node: DerNode): JsonObject {
  const cursor = new DerCursor(node);
  const oid = readOid(cursor.next(tag.oid));
  const value = cursor.next(0xa0);
  const bagType = nameOfOid(bagTypes, oid);
  const [inner] = children(value);
  return oid === bagTypes.pkcs8ShroudedKeyBag && inner !== undefined ? { bagType, encryption: readEncryption(inner) } : { bagType };
}
