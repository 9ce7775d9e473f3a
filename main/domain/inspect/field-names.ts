import { children, type DerNode } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readOid } from '../asn1/read-value.ts';
import { AppError } from '../errors.ts';
import { nameOfAnyOid } from './oid-words.ts';

/** What a value is called, and what the values inside it are. */
export interface FieldName {
  readonly text: string;
  /** By place, or by what the value itself is. */
  readonly inside?: readonly Field[] | ((child: DerNode, at: number) => FieldName | undefined);
}

interface Field extends FieldName {
  /** Only a value with this tag is it, and may be missing. */
  readonly optional?: number;
}

const extensions: FieldName = { text: 'extensions', inside: () => ({ text: 'Extensions', inside: extension }) };
const algorithm = (text: string): FieldName => ({ text, inside: [{ text: 'algorithm' }, { text: 'parameters' }] });
const name = (text: string): FieldName => ({
  text,
  inside: () => ({ text: 'relativeDistinguishedName', inside: (attribute) => ({ text: ownName(attribute), inside: typeAndValue }) }),
});
const typeAndValue: readonly Field[] = [{ text: 'type' }, { text: 'value' }];
const subjectPublicKeyInfo: FieldName = {
  text: 'subjectPublicKeyInfo',
  inside: [algorithm('algorithm'), { text: 'subjectPublicKey' }],
};
const signed = (text: string, toBeSigned: FieldName): FieldName => ({
  text,
  inside: [toBeSigned, algorithm('signatureAlgorithm'), { text: 'signatureValue' }],
});

const roots: Readonly<Record<string, FieldName>> = {
  certificate: signed('Certificate', {
    text: 'tbsCertificate',
    inside: [
      { text: 'version', optional: 0xa0 },
      { text: 'serialNumber' },
      algorithm('signature'),
      name('issuer'),
      { text: 'validity', inside: [{ text: 'notBefore' }, { text: 'notAfter' }] },
      name('subject'),
      subjectPublicKeyInfo,
      { ...extensions, optional: 0xa3 },
    ],
  }),
  crl: signed('CertificateList', {
    text: 'tbsCertList',
    inside: [
      { text: 'version', optional: tag.integer },
      algorithm('signature'),
      name('issuer'),
      { text: 'thisUpdate' },
      { text: 'nextUpdate', optional: tag.utcTime },
      { text: 'nextUpdate', optional: tag.generalizedTime },
      { text: 'revokedCertificates', optional: tag.sequence, inside: () => ({ text: 'revokedCertificate', inside: revoked }) },
      { text: 'crlExtensions', optional: 0xa0, inside: extensions.inside ?? [] },
    ],
  }),
  csr: signed('CertificationRequest', {
    text: 'certificationRequestInfo',
    inside: [{ text: 'version' }, name('subject'), subjectPublicKeyInfo, { text: 'attributes', optional: 0xa0 }],
  }),
  pkcs7: { text: 'ContentInfo', inside: [{ text: 'contentType' }, { text: 'content', optional: 0xa0 }] },
  ocsp: { text: 'OCSPResponse', inside: [{ text: 'responseStatus' }, { text: 'responseBytes', optional: 0xa0 }] },
};

const revoked: readonly Field[] = [
  { text: 'userCertificate' },
  { text: 'revocationDate' },
  { text: 'crlEntryExtensions', optional: tag.sequence, inside: extension },
];

/** An extension has the name of its identifier. */
function extension(child: DerNode): FieldName {
  return { text: ownName(child), inside: [{ text: 'extnID' }, { text: 'critical', optional: tag.boolean }, { text: 'extnValue' }] };
}

/** The name of the object identifier that a value begins with. */
function ownName(node: DerNode): string {
  try {
    const [first] = children(node);
    return first?.tag === tag.oid ? nameOfAnyOid(readOid(first)) : '';
  } catch (error) {
    if (error instanceof AppError) return '';
    throw error;
  }
}

/** The outermost value of a kind of file. */
export const rootName = (kind: string): FieldName | undefined => roots[kind];

/** Names the values inside one in their order; what does not fit the standard has no name. */
export function childNames(parent: FieldName | undefined, nodes: readonly DerNode[]): readonly (FieldName | undefined)[] {
  const inside = parent?.inside;
  if (inside === undefined) return nodes.map(() => undefined);
  if (typeof inside === 'function') return nodes.map(inside);
  let at = 0;
  return nodes.map((node) => {
    while (inside[at]?.optional !== undefined && inside[at]?.optional !== node.tag) at++;
    return inside[at++];
  });
}
