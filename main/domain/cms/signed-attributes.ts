import { children, DerCursor, malformed, only, readDer, type DerNode } from '../asn1/der-reader.ts';
import { compareOctets, setOf, tag, tlv } from '../asn1/der-writer.ts';
import { readTime } from '../asn1/read-time.ts';
import { readOid } from '../asn1/read-value.ts';
import { AppError } from '../errors.ts';

/** Attributes of a signer (RFC 5652 section 11, RFC 5035). */
export const attributeTypes = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

export interface SignedAttributes {
  readonly contentType: string;
  readonly messageDigest: Uint8Array;
  readonly signingTime?: Date;
  /** The certificates it may have been signed with, by digest, the signer's own first. */
  readonly signingCertificate?: SigningCertificate;
}

export interface SigningCertificate {
  readonly digestOid: string;
  readonly hash: Uint8Array;
}

/**
 * Reads signed attributes: none twice, one value each of those that mean something here (RFC 5652 section 11).
 * @throws AppError input.malformed-der
 */
export function readSignedAttributes(node: DerNode): SignedAttributes {
  const values = collect(node);
  const one = (type: string): DerNode | undefined => values.get(type);
  const [contentType, messageDigest] = [one(attributeTypes.contentType), one(attributeTypes.messageDigest)];
  if (contentType?.tag !== tag.oid || messageDigest?.tag !== tag.octetString)
    throw malformed('signed attributes without contentType and messageDigest', node.offset);
  const signingTime = one(attributeTypes.signingTime);
  const signingCertificate = readSigningCertificate(one(attributeTypes.signingCertificateV2), one(attributeTypes.signingCertificate));
  return {
    contentType: readOid(contentType),
    messageDigest: messageDigest.content,
    ...(signingTime === undefined ? {} : { signingTime: readTime(signingTime) }),
    ...(signingCertificate === undefined ? {} : { signingCertificate }),
  };
}

function collect(node: DerNode): Map<string, DerNode> {
  const known = new Set<string>(Object.values(attributeTypes));
  const seen = new Set<string>();
  const values = new Map<string, DerNode>();
  for (const attribute of children(node)) {
    const cursor = new DerCursor(attribute);
    const type = readOid(cursor.next(tag.oid));
    const set = cursor.next(tag.set);
    cursor.finish();
    if (seen.has(type)) throw malformed('a signed attribute that is there twice', attribute.offset);
    seen.add(type);
    if (known.has(type)) values.set(type, only(set));
  }
  return values;
}

const sha1Oid = '1.3.14.3.2.26';
const sha256Oid = '2.16.840.1.101.3.4.2.1';

/** SigningCertificate (V2): SEQUENCE { SEQUENCE OF ESSCertID(v2), policies } (RFC 5035 sections 3 to 5). */
function readSigningCertificate(v2: DerNode | undefined, v1: DerNode | undefined): SigningCertificate | undefined {
  const node = v2 ?? v1;
  if (node === undefined) return undefined;
  const [first] = children(new DerCursor(node).next(tag.sequence));
  if (node.tag !== tag.sequence || first?.tag !== tag.sequence) throw malformed('a signing certificate that is not named', node.offset);
  const cursor = new DerCursor(first);
  const algorithm = v2 === undefined ? undefined : cursor.optional(tag.sequence);
  const hash = cursor.next(tag.octetString).content;
  const implied = v2 === undefined ? sha1Oid : sha256Oid;
  return { digestOid: algorithm === undefined ? implied : readOid(new DerCursor(algorithm).next(tag.oid)), hash };
}

/**
 * What may have been signed: the attributes as they stand under the tag of a SET, and in the order DER wants where a
 * sender sorted them only for signing. Both are the same set.
 */
export function signedForms(node: DerNode): Uint8Array[] {
  const asIs = tlv(tag.set, node.content);
  const sorted = setOf(...children(node).map(({ whole }) => whole));
  return compareOctets(asIs, sorted) === 0 ? [asIs] : [asIs, sorted];
}

/**
 * Whether content without signed attributes could itself be somebody's signed attributes: then a signature over the one
 * would hold for the other (RFC 5652 section 14).
 */
export function looksLikeAttributes(content: Uint8Array): boolean {
  if (content[0] !== tag.set) return false;
  try {
    const attributes = children(readDer(content));
    return (
      attributes.length > 0 &&
      attributes.every((attribute) => attribute.tag === tag.sequence && new DerCursor(attribute).nextTag === tag.oid)
    );
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
