import { readCertificate, type Certificate } from '../x509/read-certificate.ts';
import { encodeCertificate } from '../x509/tbs-certificate.ts';
import { composeCertificate, type CertificateOrder } from './compose-certificate.ts';

/** In place of a signature: nobody takes it for one. */
const noSignature = new Uint8Array(8);

/**
 * What a certificate would say, unsigned, so that it can be shown and linted before anything is signed.
 * @throws AppError as `composeCertificate`
 */
export const draftCertificate = (order: CertificateOrder): Certificate =>
  readDraft(composeCertificate(order).tbsCertificate, order.issuer.signatureAlgorithm.algorithmIdentifier);

/** The same of a TBSCertificate, DER, that was composed already, with the AlgorithmIdentifier it will be signed with. */
export const readDraft = (tbsCertificate: Uint8Array, algorithmIdentifier: Uint8Array): Certificate =>
  readCertificate(encodeCertificate(tbsCertificate, algorithmIdentifier, noSignature));
