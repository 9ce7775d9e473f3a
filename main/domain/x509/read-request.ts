import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed, only } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import type { BitString } from '../asn1/read-value.ts';
import { readOid, readSmallInteger } from '../asn1/read-value.ts';
import type { AlgorithmIdentifier } from './algorithm-identifier.ts';
import type { CertificateExtensions, RawExtension } from './extension-values.ts';
import { decodeExtensions, rawExtension, readExtensions } from './read-extension.ts';
import type { Name } from './read-name.ts';
import { readName } from './read-name.ts';
import type { SubjectPublicKeyInfo } from './read-public-key.ts';
import { readSubjectPublicKeyInfo } from './read-public-key.ts';
import { readSigned } from './read-signed.ts';

/** A CertificationRequest as read (RFC 2986 section 4). */
export interface CertificationRequest {
  readonly der: Uint8Array;
  readonly subject: Name;
  readonly subjectPublicKeyInfo: SubjectPublicKeyInfo;
  /** What the extensionRequest attribute asks for (RFC 2985 section 5.4.2). */
  readonly extensions: CertificateExtensions;
  readonly rawExtensions: readonly RawExtension[];
  /** OIDs of all attributes; the values of others than extensionRequest are not read: a challengePassword is a secret. */
  readonly attributeTypes: readonly string[];
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /** The octets that are signed with the subject's own key. */
  readonly certificationRequestInfo: Uint8Array;
  readonly signatureValue: BitString;
}

const extensionRequestOid = '1.2.840.113549.1.9.14';
const maximumRequestSize = 1 << 20;
const maximumAttributes = 64;

/**
 * Reads one DER PKCS #10 request, all of it and nothing behind it. Its signature is not checked here.
 * @throws AppError input.malformed-der; input.too-large.
 */
export function readCertificationRequest(der: Uint8Array): CertificationRequest {
  const { toBeSigned, signatureAlgorithm, signatureValue } = readSigned(der, maximumRequestSize);
  const cursor = new DerCursor(toBeSigned);
  const version = cursor.next(tag.integer);
  if (readSmallInteger(version) !== 0) throw malformed('a request version that does not exist', version.offset);
  const subject = readName(cursor.next(tag.sequence));
  const subjectPublicKeyInfo = readSubjectPublicKeyInfo(cursor.next(tag.sequence));
  const attributes = readAttributes(cursor.next(0xa0));
  cursor.finish();
  return {
    der,
    subject,
    subjectPublicKeyInfo,
    ...attributes,
    signatureAlgorithm,
    certificationRequestInfo: toBeSigned.whole,
    signatureValue,
  };
}

function readAttributes(node: DerNode): Pick<CertificationRequest, 'extensions' | 'rawExtensions' | 'attributeTypes'> {
  const attributeTypes: string[] = [];
  let requested: DerNode | undefined;
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    const attribute = new DerCursor(cursor.next(tag.sequence));
    const type = readOid(attribute.next(tag.oid));
    const values = attribute.next(tag.set);
    attribute.finish();
    if (attributeTypes.includes(type) || attributeTypes.length >= maximumAttributes)
      throw malformed('an attribute twice, or too many', values.offset);
    attributeTypes.push(type);
    if (type === extensionRequestOid) requested = only(values, tag.sequence);
  }
  const extensions = requested === undefined ? [] : readExtensions(requested);
  return { extensions: decodeExtensions(extensions), rawExtensions: extensions.map(rawExtension), attributeTypes };
}
