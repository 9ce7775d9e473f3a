import { AppError } from '../../errors.ts';
import { generalNameKey } from '../compare-name.ts';
import type { Certificate } from '../read-certificate.ts';
import type { CertificateList, RevokedCertificate } from '../read-certificate-list.ts';
import { revokedCertificates } from '../read-certificate-list.ts';

/**
 * What a CRL says of one certificate: its entry, `absent`, or `unusable` when the CRL cannot be read to its end or holds
 * a critical entry extension nobody here understands (RFC 5280 section 5.3).
 */
export function lookUp(certificate: Certificate, list: CertificateList): RevokedCertificate | 'absent' | 'unusable' {
  const issuer = generalNameKey({ form: 'directoryName', value: certificate.issuer });
  const listIssuer = generalNameKey({ form: 'directoryName', value: list.issuer });
  const isOfIssuer = ({ certificateIssuer }: RevokedCertificate): boolean =>
    certificateIssuer === undefined ? issuer === listIssuer : certificateIssuer.some((name) => generalNameKey(name) === issuer);
  try {
    let found: RevokedCertificate | undefined;
    let isUsable = true;
    for (const entry of revokedCertificates(list)) {
      if (entry.hasUnknownCritical) isUsable = false;
      if (entry.serialNumber === certificate.serialNumber && isOfIssuer(entry)) found ??= entry;
    }
    return found ?? (isUsable ? 'absent' : 'unusable');
  } catch (error) {
    if (error instanceof AppError) return 'unusable';
    throw error;
  }
}
