import type { CertificateStatus, CertificateSummary } from '../contract/certificates.ts';
import type { SubscriberProfile } from '../domain/profile/certificate-profile.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';

/** How a certificate stands at an instant: a revocation weighs more than the calendar. */
export function certificateStatus(row: Pick<CertificateRow, 'notBefore' | 'notAfter' | 'revocation'>, now: Date): CertificateStatus {
  if (row.revocation !== null) return row.revocation.reason === 'certificateHold' ? 'on-hold' : 'revoked';
  if (now.getTime() > Date.parse(row.notAfter)) return 'expired';
  return now.getTime() < Date.parse(row.notBefore) ? 'not-yet-valid' : 'valid';
}

/** Whether it is neither revoked for good nor ended: good now or later, or on hold. */
export const isStillGood = (row: Parameters<typeof certificateStatus>[0], now: Date): boolean =>
  !['revoked', 'expired'].includes(certificateStatus(row, now));

export function summariseCertificate(row: CertificateRow, now: Date): CertificateSummary {
  return {
    id: row.id,
    sha256: row.sha256,
    serialNumber: row.serialNumber,
    subject: row.subject,
    issuer: row.issuer,
    emails: row.emails,
    profile: row.profile,
    purpose: row.keyUsage,
    status: certificateStatus(row, now),
    notBefore: row.notBefore,
    notAfter: row.notAfter,
    isAuthority: row.isAuthority,
    isCurrent: row.isCurrent,
    keyId: row.keyId,
    keyAlgorithm: row.keyAlgorithm,
    keyState: row.keyState,
    keyStore: row.keyStore,
    personId: row.personId,
    revokedAt: row.revocation?.revokedAt ?? null,
    revocationReason: row.revocation?.reason ?? null,
  };
}

/** Whether the profile lets a certificate be put on hold: never in the strict generation (S/MIME BR section 4.9.13), never an authority. */
export function allowsHold(
  { profile: id, isAuthority }: Pick<CertificateRow, 'profile' | 'isAuthority'>,
  known: readonly SubscriberProfile[],
): boolean {
  return !isAuthority && known.some((profile) => profile.id === id && profile.allowsHold);
}
