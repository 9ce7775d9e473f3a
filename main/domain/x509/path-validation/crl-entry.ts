import { AppError } from '../../errors.ts';
import { generalNameKey } from '../compare-name.ts';
import type { Certificate } from '../read-certificate.ts';
import type { CertificateList, RevokedCertificate } from '../read-certificate-list.ts';
import { revokedCertificates } from '../read-certificate-list.ts';
import type { CrlAnswer, PathContext } from './context.ts';

/**
 * What a CRL says of one certificate: its entry, `absent`, or `unusable` when the CRL cannot be read to its end or holds
 * a critical entry extension nobody here understands (RFC 5280 section 5.3). A long CRL is read once for a certificate,
 * however many paths lead through it.
 */
export function lookUp(context: PathContext, certificate: Certificate, list: CertificateList): CrlAnswer {
  const known = context.crlAnswers.get(list) ?? new Map<Certificate, CrlAnswer>();
  const answer = known.get(certificate) ?? search(certificate, list);
  context.crlAnswers.set(list, known.set(certificate, answer));
  return answer;
}

function search(certificate: Certificate, list: CertificateList): CrlAnswer {
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
