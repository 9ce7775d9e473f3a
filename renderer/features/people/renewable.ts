import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import type { Instant } from '../../i18n/dates.ts';
import { keepsSigning } from '../cards/card-state.ts';

const inUse = (certificates: readonly CertificateSummary[]): readonly CertificateSummary[] =>
  certificates.filter(({ isCurrent, isAuthority }) => isCurrent && !isAuthority);

/** What is in use on a card. */
export const onCard = (certificates: readonly CertificateSummary[]): readonly CertificateSummary[] =>
  inUse(certificates).filter(({ keyStore }) => keyStore === 'token');

/** Whether renewing is done without a card: there is something in the vault, and nothing on a card is due. The core decides so too. */
export function renewsHere(certificates: readonly CertificateSummary[], now: Instant): boolean {
  const cards = onCard(certificates);
  const isHere = inUse(certificates).some(({ keyStore }) => keyStore === 'vault');
  return isHere && cards.every((certificate) => keepsSigning(certificate, now));
}
