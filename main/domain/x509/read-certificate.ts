import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed, only } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import type { BitString } from '../asn1/read-value.ts';
import { readBitString, readIntegerHex, readSmallInteger } from '../asn1/read-value.ts';
import { readTime } from '../asn1/read-time.ts';
import type { AlgorithmIdentifier } from './algorithm-identifier.ts';
import type { CertificateExtensions, RawExtension } from './extension-values.ts';
import { decodeExtensions, rawExtension, readExtensions } from './read-extension.ts';
import type { Name } from './read-name.ts';
import { readName } from './read-name.ts';
import type { SubjectPublicKeyInfo } from './read-public-key.ts';
import { readSubjectPublicKeyInfo } from './read-public-key.ts';
import { isSameAlgorithm, readSigned } from './read-signed.ts';

/** A certificate as read, in the words of RFC 5280 section 4.1. Octets are views on the input. */
export interface Certificate {
  /** The whole certificate: what its fingerprint is made over. */
  readonly der: Uint8Array;
  /** 1, 2 or 3: the version people speak of, one more than the number encoded. */
  readonly version: 1 | 2 | 3;
  /** Lower-case hexadecimal, two digits an octet; `-` in front of a negative one, which RFC 5280 forbids and some carry. */
  readonly serialNumber: string;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subjectPublicKeyInfo: SubjectPublicKeyInfo;
  readonly extensions: CertificateExtensions;
  /** Every extension as it stands, in order. */
  readonly rawExtensions: readonly RawExtension[];
  /** The algorithm of the signature, beside it. */
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /** Whether the copy of the algorithm under the signature is the same octets (RFC 5280 section 4.1.1.2 demands it). */
  readonly isSignatureAlgorithmRepeated: boolean;
  /** tbsCertificate: the octets that are signed. */
  readonly tbsCertificate: Uint8Array;
  readonly signatureValue: BitString;
}

/** Larger certificates are refused; the largest post-quantum ones stay below a tenth of this. */
const maximumCertificateSize = 1 << 20;

/**
 * Reads one DER certificate (RFC 5280 section 4.1), all of it and nothing behind it.
 * @throws AppError input.malformed-der with the offset of what is wrong; input.too-large above `maximumCertificateSize`.
 */
export function readCertificate(der: Uint8Array): Certificate {
  const { toBeSigned, signatureAlgorithm, signatureValue } = readSigned(der, maximumCertificateSize);
  const { innerAlgorithm, ...fields } = readTbsCertificate(toBeSigned);
  const isSignatureAlgorithmRepeated = isSameAlgorithm(innerAlgorithm, signatureAlgorithm);
  return { der, ...fields, signatureAlgorithm, isSignatureAlgorithmRepeated, tbsCertificate: toBeSigned.whole, signatureValue };
}

type TbsFields = Omit<Certificate, 'der' | 'signatureAlgorithm' | 'isSignatureAlgorithmRepeated' | 'tbsCertificate' | 'signatureValue'> & {
  readonly innerAlgorithm: DerNode;
};

function readTbsCertificate(tbs: DerNode): TbsFields {
  const cursor = new DerCursor(tbs);
  const version = readVersion(cursor.optional(0xa0));
  const serialNumber = readIntegerHex(cursor.next(tag.integer));
  const innerAlgorithm = cursor.next(tag.sequence);
  const issuer = readName(cursor.next(tag.sequence));
  const { notBefore, notAfter } = readValidity(cursor.next(tag.sequence));
  const subject = readName(cursor.next(tag.sequence));
  const subjectPublicKeyInfo = readSubjectPublicKeyInfo(cursor.next(tag.sequence));
  skipUniqueIdentifiers(cursor, version);
  const extensionNodes = readOptionalExtensions(cursor, version);
  cursor.finish();
  const extensions = decodeExtensions(extensionNodes);
  const rawExtensions = extensionNodes.map(rawExtension);
  return { innerAlgorithm, version, serialNumber, issuer, subject, notBefore, notAfter, subjectPublicKeyInfo, extensions, rawExtensions };
}

function readVersion(node: DerNode | undefined): 1 | 2 | 3 {
  if (node === undefined) return 1;
  const encoded = readSmallInteger(only(node, tag.integer));
  if (encoded === 0) return 1;
  if (encoded === 1) return 2;
  if (encoded === 2) return 3;
  throw malformed('a certificate version that does not exist', node.offset);
}

function readValidity(node: DerNode): { notBefore: Date; notAfter: Date } {
  const cursor = new DerCursor(node);
  const [notBefore, notAfter] = [readTime(cursor.next()), readTime(cursor.next())];
  cursor.finish();
  return { notBefore, notAfter };
}

/** issuerUniqueID and subjectUniqueID: from version 2 on, used by nobody, checked for their form. */
function skipUniqueIdentifiers(cursor: DerCursor, version: number): void {
  for (const contextTag of [0x81, 0x82]) {
    const identifier = cursor.optional(contextTag);
    if (identifier === undefined) continue;
    if (version === 1) throw malformed('a unique identifier in a certificate of version 1', identifier.offset);
    readBitString(identifier);
  }
}

function readOptionalExtensions(cursor: DerCursor, version: number): ReturnType<typeof readExtensions> {
  const node = cursor.optional(0xa3);
  if (node === undefined) return [];
  if (version !== 3) throw malformed('extensions in a certificate that is not of version 3', node.offset);
  return readExtensions(only(node, tag.sequence));
}

/** Whether an extension is there and marked critical. */
export const isCritical = (certificate: Certificate, oid: string): boolean =>
  certificate.rawExtensions.some((extension) => extension.oid === oid && extension.isCritical);
