import { readCertificate, type Certificate } from '../x509/read-certificate.ts';
import { encodeCertificate } from '../x509/tbs-certificate.ts';
import { composeCertificate, type CertificateOrder } from './compose-certificate.ts';

/** In place of a signature: nobody takes it for one. */
const noSignature = new Uint8Array(8);

/**
 * What a certificate would say, unsigned, so that it can be shown and linted before anything is signed.
 * @throws AppError as `composeCertificate`
 */
export function draftCertificate(order: CertificateOrder): Certificate {
  const { tbsCertificate } = composeCertificate(order);
  return readCertificate(encodeCertificate(tbsCertificate, order.issuer.signatureAlgorithm.algorithmIdentifier, noSignature));
}
