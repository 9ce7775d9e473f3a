import { toDefiniteLengths } from '../asn1/ber.ts';
import type { DerNode } from '../asn1/der-reader.ts';
import { children, readDer } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';

/** Kinds of file `inspect` reads. */
export type InspectType = 'certificate' | 'crl' | 'csr' | 'pkcs7' | 'pkcs12' | 'pkcs8' | 'ocsp' | 'public-key' | 'spkac';

/** Labels that say what is inside (RFC 7468); others are looked at like bare DER. */
const labels: Readonly<Record<string, InspectType>> = {
  CERTIFICATE: 'certificate',
  'X509 CERTIFICATE': 'certificate',
  'X509 CRL': 'crl',
  'CERTIFICATE REQUEST': 'csr',
  'NEW CERTIFICATE REQUEST': 'csr',
  PKCS7: 'pkcs7',
  CMS: 'pkcs7',
  PKCS12: 'pkcs12',
  'PRIVATE KEY': 'pkcs8',
  'ENCRYPTED PRIVATE KEY': 'pkcs8',
  'RSA PRIVATE KEY': 'pkcs8',
  'EC PRIVATE KEY': 'pkcs8',
  'PUBLIC KEY': 'public-key',
};

/**
 * What kind of object this is: by its PEM label, else by the shape of its outermost values.
 * @throws AppError unsupported for another kind; input.malformed-der for what is no ASN.1 at all
 */
export function recognise(der: Uint8Array, label?: string): InspectType {
  const type = (label === undefined ? undefined : labels[label]) ?? recogniseShape(der);
  if (type !== undefined) return type;
  throw new AppError('unsupported', 'This is a kind of file Keyward does not read here.', label === undefined ? {} : { label });
}

function recogniseShape(der: Uint8Array): InspectType | undefined {
  const isIndefinite = der[1] === 0x80;
  const [first, second, third] = children(readDer(isIndefinite ? toDefiniteLengths(der) : der));
  if (first?.tag === tag.oid) return 'pkcs7';
  if (first?.tag === tag.enumerated) return 'ocsp';
  if (first?.tag === tag.integer && second?.tag === tag.sequence) return third?.tag === tag.octetString ? 'pkcs8' : recognisePfx(second);
  if (first?.tag === tag.integer && second?.tag === tag.octetString) return 'pkcs8';
  if (first?.tag === tag.integer && second?.tag === tag.integer && third?.tag === tag.integer) return 'pkcs8';
  if (first?.tag !== tag.sequence) return undefined;
  if (second?.tag === tag.octetString) return 'pkcs8';
  if (second?.tag === tag.bitString && third === undefined) return 'public-key';
  if (second === undefined || second.tag === 0xa0) return isOcspRequest(first) ? 'ocsp' : undefined;
  return second?.tag === tag.sequence && third?.tag === tag.bitString ? recogniseSigned(first) : undefined;
}

const recognisePfx = (authSafe: DerNode): InspectType | undefined => (children(authSafe)[0]?.tag === tag.oid ? 'pkcs12' : undefined);

/** A CRL has a time among its outermost values, a request ends in `[0]`, a SPKAC in a string; all else signed like this is a certificate. */
function recogniseSigned(toBeSigned: DerNode): InspectType {
  const tags = children(toBeSigned).map((node) => node.tag);
  if (tags.includes(tag.utcTime) || tags.includes(tag.generalizedTime)) return 'crl';
  if (tags.length === 2 && tags[0] === tag.sequence && tags[1] === tag.ia5String) return 'spkac';
  return tags[0] === tag.integer && tags.length === 4 && tags[3] === 0xa0 ? 'csr' : 'certificate';
}

/** TBSRequest (RFC 6960 section 4.1.1): a list of lists of CertIDs, each of which begins with an algorithm. */
function isOcspRequest(toBeSigned: DerNode): boolean {
  const list = children(toBeSigned).find((node) => node.tag === tag.sequence);
  const certId = list?.isConstructed === true ? firstChild(firstChild(list)) : undefined;
  return certId?.tag === tag.sequence && children(certId).length === 4;
}

const firstChild = (node: DerNode | undefined): DerNode | undefined => (node?.isConstructed === true ? children(node)[0] : undefined);
