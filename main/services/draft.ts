import { keyIdentifierOf } from '../domain/key/subject-public-key-info.ts';
import type { CertificateOrder } from '../domain/profile/compose-certificate.ts';
import { draftCertificate } from '../domain/profile/draft-certificate.ts';
import type { Certificate } from '../domain/x509/read-certificate.ts';
import { serialNumberFrom, serialNumberSize } from '../domain/x509/tbs-certificate.ts';
import type { Primitives } from '../ports/primitives.ts';

/** A certificate as it would be made, under a serial number that stands for any. @throws AppError as `composeCertificate` */
export const draftOf = (primitives: Primitives, order: Omit<CertificateOrder, 'serialNumber' | 'subjectKeyIdentifier'>): Certificate =>
  draftCertificate({
    ...order,
    subjectKeyIdentifier: keyIdentifierOf(order.subjectPublicKeyInfo, (octets) => primitives.digest('sha256', octets)),
    serialNumber: serialNumberFrom(new Uint8Array(serialNumberSize).fill(0x55), order.notBefore),
  });
