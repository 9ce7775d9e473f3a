import { compareOctets } from '../asn1/der-writer.ts';
import { signatureScheme } from './algorithm-identifier.ts';
import type { Certificate } from './read-certificate.ts';
import type { SignaturePrimitives } from './signature-primitives.ts';

/** Whether a certificate names this issuer and carries its signature; nothing is said about either being good. */
export function isSignedBy(certificate: Certificate, issuer: Certificate, { verify }: Pick<SignaturePrimitives, 'verify'>): boolean {
  if (compareOctets(certificate.issuer.der, issuer.subject.der) !== 0) return false;
  const scheme = signatureScheme(certificate.signatureAlgorithm);
  return (
    scheme !== undefined && verify(issuer.subjectPublicKeyInfo.der, scheme, certificate.tbsCertificate, certificate.signatureValue.bytes)
  );
}
