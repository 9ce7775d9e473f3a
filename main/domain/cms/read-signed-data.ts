import { children, DerCursor, malformed, only, type DerNode } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readIntegerHex, readOid, readSmallInteger } from '../asn1/read-value.ts';
import { octetsOf, type OctetSource } from '../encoding/octet-source.ts';
import { AppError } from '../errors.ts';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { readCertificate, type Certificate } from '../x509/read-certificate.ts';
import { readCertificateList, type CertificateList } from '../x509/read-certificate-list.ts';
import { readName, type Name } from '../x509/read-name.ts';

/** Which certificate is the signer's (RFC 5652 section 5.3). */
export type SignerIdentifier = { readonly issuer: Name; readonly serialNumber: string } | { readonly subjectKeyIdentifier: Uint8Array };

export interface SignerInfo {
  readonly identifier: SignerIdentifier;
  readonly digestAlgorithm: AlgorithmIdentifier;
  /** `[0]`; what is signed is its content under the tag of a SET. */
  readonly signedAttributes?: DerNode;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/** SignedData (RFC 5652 section 5.1) as read; octets are views on the input. */
export interface SignedData {
  readonly contentType: string;
  /** Absent where the content is elsewhere. */
  readonly content?: OctetSource;
  readonly certificates: readonly Certificate[];
  readonly crls: readonly CertificateList[];
  readonly signers: readonly SignerInfo[];
}

/** More than this were made to be slow. */
const maximumSigners = 16;
const maximumCertificates = 1000;

/**
 * @param node the content of a ContentInfo of type signedData, in definite lengths
 * @param octets its content where that was left out of `node`
 * @throws AppError input.malformed-der, input.too-large
 */
export function readSignedData(node: DerNode, octets?: OctetSource): SignedData {
  if (node.tag !== tag.sequence) throw malformed('no SignedData where one belongs', node.offset);
  const cursor = new DerCursor(node);
  const version = cursor.next(tag.integer);
  if (readSmallInteger(version) > 5) throw malformed('a version of SignedData that does not exist', version.offset);
  // Nothing is decided by these, but who reads them strictly refuses what is none.
  for (const algorithm of children(cursor.next(tag.set))) {
    if (algorithm.tag !== tag.sequence) throw malformed('no algorithm where one belongs', algorithm.offset);
    readAlgorithmIdentifier(algorithm);
  }
  const { contentType, content: inside } = readEncapsulated(cursor.next(tag.sequence));
  const content = octets ?? (inside === undefined ? undefined : octetsOf(inside));
  const certificates = cursor.optional(0xa0);
  const crls = cursor.optional(0xa1);
  const signers = children(cursor.next(tag.set));
  cursor.finish();
  if (signers.length > maximumSigners) throw new AppError('input.too-large', 'More signers than anybody has.', { limit: maximumSigners });
  return {
    contentType,
    ...(content === undefined ? {} : { content }),
    certificates: readCertificatesOf(certificates),
    crls: readable(crls, readCertificateList),
    signers: signers.map(readSignerInfo),
  };
}

function readEncapsulated(node: DerNode): { contentType: string; content: Uint8Array | undefined } {
  const cursor = new DerCursor(node);
  const contentType = readOid(cursor.next(tag.oid));
  const explicit = cursor.optional(0xa0);
  cursor.finish();
  return { contentType, content: explicit === undefined ? undefined : only(explicit, tag.octetString).content };
}

/** Certificates and CRLs are help, not proof: what cannot be read is left out, and a path that needs it will be missed. */
function readable<T>(node: DerNode | undefined, read: (der: Uint8Array) => T): T[] {
  const values = node === undefined ? [] : children(node);
  if (values.length > maximumCertificates)
    throw new AppError('input.too-large', 'More certificates than any path needs.', { limit: maximumCertificates });
  return values.flatMap((value) => {
    try {
      return value.tag === tag.sequence ? [read(value.whole)] : [];
    } catch (error) {
      if (error instanceof AppError) return [];
      throw error;
    }
  });
}

/** The certificates of a CertificateSet, as far as they can be read. @throws AppError input.too-large */
export const readCertificatesOf = (node: DerNode | undefined): Certificate[] => readable(node, readCertificate);

function readSignerInfo(node: DerNode): SignerInfo {
  if (node.tag !== tag.sequence) throw malformed('no SignerInfo where one belongs', node.offset);
  const cursor = new DerCursor(node);
  readSmallInteger(cursor.next(tag.integer));
  const identifier = readIdentifier(cursor.next());
  const digestAlgorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const signedAttributes = cursor.optional(0xa0);
  const signatureAlgorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const signature = cursor.next(tag.octetString).content;
  cursor.optional(0xa1);
  cursor.finish();
  return { identifier, digestAlgorithm, signatureAlgorithm, signature, ...(signedAttributes === undefined ? {} : { signedAttributes }) };
}

/** SignerIdentifier, and the same choice for a recipient (RFC 5652 section 6.2.1). @throws AppError input.malformed-der */
export function readIdentifier(node: DerNode): SignerIdentifier {
  if (node.tag === 0x80) return { subjectKeyIdentifier: node.content };
  if (node.tag !== tag.sequence) throw malformed('nobody is named', node.offset);
  const cursor = new DerCursor(node);
  const issuer = readName(cursor.next(tag.sequence));
  const serialNumber = readIntegerHex(cursor.next(tag.integer));
  cursor.finish();
  return { issuer, serialNumber };
}
