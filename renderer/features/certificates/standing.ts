import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import { formatDistance, formatMonth } from '../../i18n/dates.ts';
import type { MessageKey, Values } from '../../i18n/translate.ts';
import { standingAt } from '../../ui/standing.ts';
import type { State } from '../../ui/status.ts';

export type Considered = Pick<CertificateSummary, 'status' | 'isCurrent' | 'purpose' | 'notBefore' | 'notAfter' | 'revokedAt' | 'personId'>;

/** How it stands with a certificate, the calendar and its successors considered. */
export type Standing = 'fine' | 'soon' | 'kept' | 'replaced' | 'expired' | 'revoked' | 'on-hold' | 'not-yet-valid';

/** The one word for how a certificate stands at a moment. */
export function standingOf({ status, isCurrent, purpose, notAfter }: Considered, now: Date): Standing {
  if (status !== 'valid') return status;
  if (!isCurrent) return purpose === 'sign' ? 'replaced' : 'kept';
  const standing = standingAt(notAfter, now);
  return standing === 'stopped' ? 'expired' : standing;
}

const states: Readonly<Record<Standing, State>> = {
  fine: 'fine',
  soon: 'soon',
  kept: 'kept',
  replaced: 'ended',
  expired: 'ended',
  revoked: 'stopped',
  'on-hold': 'held',
  'not-yet-valid': 'waiting',
};

export const stateOf = (standing: Standing): State => states[standing];

/** When what makes it stand so happened, or will. */
export function turnOf({ notBefore, notAfter, revokedAt }: Considered, standing: Standing): string {
  if (standing === 'revoked') return revokedAt ?? notAfter;
  return standing === 'not-yet-valid' ? notBefore : notAfter;
}

/** How it stands, in words for a row. */
export function standingWords(
  certificate: Considered,
  now: Date,
): { readonly state: State; readonly of: MessageKey; readonly with: Values } {
  const standing = standingOf(certificate, now);
  const turn = turnOf(certificate, standing);
  return {
    state: stateOf(standing),
    of: `certificates.state.${standing}`,
    with: { when: formatDistance(turn, now), month: formatMonth(turn) },
  };
}

/** Whether new keys and certificates would replace it; what is on a card is left alone while it is good, a key elsewhere always. */
export function canRenew(certificate: Considered & Pick<CertificateSummary, 'keyStore'>, now: Date): boolean {
  const standing = standingOf(certificate, now);
  const isLeftAlone = standing === 'on-hold' || (standing === 'fine' && certificate.keyStore === 'token');
  return certificate.personId !== null && certificate.isCurrent && certificate.keyStore !== 'elsewhere' && !isLeftAlone;
}

/** Whether it can be revoked here; an authority's own certificate cannot. */
export const canRevoke = ({ status, purpose }: Considered): boolean => purpose !== 'authority' && status !== 'revoked';
