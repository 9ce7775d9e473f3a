import { formatInstant } from '../../asn1/read-time.ts';
import type { Certificate } from '../read-certificate.ts';
import type { PathContext } from './context.ts';
import { finding } from './context.ts';
import { statusByOcsp } from './ocsp.ts';
import type { PathFinding } from './result.ts';
import { statusByLists, type CrlTrust, type RevocationStatus } from './revocation.ts';

/**
 * The revocation of one certificate by the CRLs and OCSP responses given. Revoked by either is a finding; that neither knows is one
 * where the request requires to know, and where a current CRL was given that nobody may believe. `issuer` is the certificate above it on the path.
 */
export function checkRevocation(
  context: PathContext,
  certificate: Certificate,
  issuer: Certificate | undefined,
  isTrusted: CrlTrust,
): PathFinding[] {
  const status = combined(statusByLists(context, certificate, isTrusted), statusByOcsp(context, certificate, issuer, isTrusted));
  if (status.state === 'revoked') {
    const { revocationDate, reasonCode = 'unspecified' } = status.entry;
    const revokedAt = formatInstant(revocationDate);
    return [finding(context, certificate, 'path.revoked', `Revoked at ${revokedAt}: ${reasonCode}.`, { revokedAt, reason: reasonCode })];
  }
  if (status.state === 'good') return [];
  const say = (detail: string): PathFinding[] => [finding(context, certificate, 'path.revocation-unknown', detail)];
  if (status.isDisbelieved === true) return say('A CRL of its issuer is not signed or not made as it must be.');
  return context.request.requireRevocation === true ? say('No current CRL or OCSP response answers for this certificate.') : [];
}

/** Bad news from either counts, then good news from either. */
function combined(byLists: RevocationStatus, byOcsp: RevocationStatus): RevocationStatus {
  if (byLists.state === 'revoked' || byOcsp.state === 'unknown') return byLists;
  return byOcsp;
}
