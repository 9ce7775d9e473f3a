import { formatName } from '../domain/x509/name.ts';
import type { Certificate } from '../domain/x509/read-certificate.ts';
import type { CertificateRecord } from '../ports/stores/certificates.ts';

type Facts = Pick<CertificateRecord, 'sha256' | 'serialNumber' | 'subject' | 'issuer' | 'notBefore' | 'notAfter'>;

/** What a record of a certificate takes from the certificate itself. */
export const factsOf = ({ sha256Hex }: { readonly sha256Hex: (octets: Uint8Array) => string }, certificate: Certificate): Facts => ({
  sha256: sha256Hex(certificate.der),
  serialNumber: certificate.serialNumber,
  subject: formatName(certificate.subject.rdnSequence),
  issuer: formatName(certificate.issuer.rdnSequence),
  notBefore: certificate.notBefore.toISOString(),
  notAfter: certificate.notAfter.toISOString(),
});
