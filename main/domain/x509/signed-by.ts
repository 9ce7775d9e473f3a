import { compareOctets } from '../asn1/der-writer.ts';
import { signatureScheme, type AlgorithmIdentifier } from './algorithm-identifier.ts';
import type { CertificateList } from './read-certificate-list.ts';
import type { Certificate } from './read-certificate.ts';
import type { Name } from './read-name.ts';
import type { SignaturePrimitives } from './signature-primitives.ts';

/** Whether a certificate names this issuer and carries its signature; nothing is said about either being good. */
export const isSignedBy = (certificate: Certificate, issuer: Certificate, primitives: Pick<SignaturePrimitives, 'verify'>): boolean =>
  hasSignature({ ...certificate, signed: certificate.tbsCertificate }, issuer, primitives);

/** The same for a list of revoked certificates. */
export const isListSignedBy = (list: CertificateList, issuer: Certificate, primitives: Pick<SignaturePrimitives, 'verify'>): boolean =>
  hasSignature({ ...list, signed: list.tbsCertList }, issuer, primitives);

interface Signed {
  readonly issuer: Name;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signatureValue: { readonly bytes: Uint8Array };
  readonly signed: Uint8Array;
}

function hasSignature(
  { issuer: named, signatureAlgorithm, signatureValue, signed }: Signed,
  issuer: Certificate,
  { verify }: Pick<SignaturePrimitives, 'verify'>,
): boolean {
  if (compareOctets(named.der, issuer.subject.der) !== 0) return false;
  const scheme = signatureScheme(signatureAlgorithm);
  return scheme !== undefined && verify(issuer.subjectPublicKeyInfo.der, scheme, signed, signatureValue.bytes);
}
