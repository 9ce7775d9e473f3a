import { toDefiniteLengths } from '../asn1/ber.ts';
import type { DerNode } from '../asn1/der-reader.ts';
import { children, DerCursor, malformed, only, readDer } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readOid, readSmallInteger } from '../asn1/read-value.ts';
import { readAlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { digestOid, nameOfOid } from '../x509/oid.ts';
import type { Digest } from './inspect-certificate.ts';
import { inspectCertificate } from './inspect-certificate.ts';
import { inspectCertificateList } from './inspect-certificate-list.ts';
import type { JsonObject } from './json.ts';
import { contentTypes } from './oid-names.ts';

/** Larger containers are refused: every value in them is visited. */
const maximumCertificates = 1000;

/** ContentInfo (RFC 5652 section 3): a type and, for all but an empty data, a content. */
export interface ContentInfo {
  readonly contentType: string;
  readonly content?: DerNode;
}

/** @throws AppError input.malformed-der */
export function readContentInfo(node: DerNode): ContentInfo {
  const cursor = new DerCursor(node);
  const contentType = readOid(cursor.next(tag.oid));
  const content = cursor.optional(0xa0);
  cursor.finish();
  return content === undefined ? { contentType } : { contentType, content: only(content) };
}

/**
 * A PKCS #7 or CMS file as JSON: its content type, and of a SignedData the certificates, CRLs and number of signers; the certificates of
 * Netscape's CertificateSequence too.
 * Nothing is verified and nothing decrypted. BER is read too.
 * @throws AppError input.malformed-der
 */
export function inspectPkcs7(bytes: Uint8Array, digest: Digest): JsonObject {
  const { contentType, content } = readContentInfo(readDer(toDefiniteLengths(bytes)));
  const named = { type: 'pkcs7', contentType: nameOfOid(contentTypes, contentType) };
  if (contentType === contentTypes.netscapeCertSequence)
    return { ...named, certificates: describeAll(content, (der) => inspectCertificate(der, digest)) };
  if (contentType !== contentTypes.signedData || content === undefined) return named;
  return { ...named, ...describeSignedData(content, digest) };
}

/** SignedData (RFC 5652 section 5.1). */
function describeSignedData(node: DerNode, digest: Digest): JsonObject {
  const cursor = new DerCursor(node);
  const version = readSmallInteger(cursor.next(tag.integer));
  const digestAlgorithms = children(cursor.next(tag.set)).map((algorithm) => nameOfOid(digestOid, readAlgorithmIdentifier(algorithm).oid));
  const { contentType, content } = readContentInfo(cursor.next(tag.sequence));
  const certificates = cursor.optional(0xa0);
  const crls = cursor.optional(0xa1);
  const signerInfos = children(cursor.next(tag.set));
  cursor.finish();
  return {
    version,
    digestAlgorithms,
    encapContentInfo: { eContentType: nameOfOid(contentTypes, contentType), isDetached: content === undefined },
    certificates: describeAll(certificates, (der) => inspectCertificate(der, digest)),
    crls: describeAll(crls, (der) => inspectCertificateList(der, digest)),
    signerCount: signerInfos.length,
  };
}

/** The certificates or CRLs themselves; other choices (attribute certificates, other formats) are named, not read. */
function describeAll(node: DerNode | undefined, describe: (der: Uint8Array) => JsonObject): JsonObject[] {
  const values = node === undefined ? [] : children(node);
  if (values.length > maximumCertificates) throw malformed('too many certificates or CRLs', node?.offset ?? 0);
  return values.map((value) => (value.tag === tag.sequence ? describe(value.whole) : { type: `other-${value.tag & 0x1f}` }));
}
