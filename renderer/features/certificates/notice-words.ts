import type { CertificateDetails } from '../../../main/contract/certificates.ts';
import { wordError } from '../../../main/domain/locale/word-error.ts';
import { formatDay, formatDistance } from '../../i18n/dates.ts';
import { errorMessages } from '../../i18n/locale.ts';
import { t } from '../../i18n/translate.ts';
import type { State } from '../../ui/status.ts';
import { reasonWords } from '../revoke/reasons.ts';
import { canRenew, standingOf, stateOf, turnOf, type Standing } from './standing.ts';

/** The one thing the page of a certificate has to say. */
export interface CertificateNotice {
  readonly state: State;
  readonly title: string;
  readonly text: string;
  /** Renewing is what to do next. */
  readonly isRenewNext: boolean;
}

const needRenewal: readonly Standing[] = ['soon', 'expired', 'revoked'];

/** How it stands, why, and what to do; a path that does not hold weighs more than the calendar. */
export function certificateNotice(certificate: CertificateDetails, now: Date): CertificateNotice {
  const standing = standingOf(certificate, now);
  const broken = brokenPath(certificate, standing);
  if (broken !== undefined) return { state: 'stopped', title: broken.text, text: broken.hint, isRenewNext: false };
  const turn = turnOf(certificate, standing);
  const values = {
    when: formatDistance(turn, now),
    day: formatDay(turn, now),
    reason: reasonWords(certificate.revocationReason ?? '').toLowerCase(),
  };
  if (!certificate.isOurs && (standing === 'fine' || standing === 'soon')) return elsewhere(certificate, standing, values.day);
  return {
    state: stateOf(standing),
    title: t(`certificate.notice.${standing === 'replaced' ? 'kept' : standing}`, values),
    text: textOf(certificate, standing, values),
    isRenewNext: certificate.isOurs && needRenewal.includes(standing) && canRenew(certificate, now),
  };
}

/** What another authority issued is good by its calendar and its signatures; whether it is revoked nobody here knows. */
const elsewhere = ({ issuerName }: CertificateDetails, standing: 'fine' | 'soon', day: string): CertificateNotice => ({
  state: standing === 'fine' ? 'kept' : 'soon',
  title: t('certificate.notice.elsewhere', { issuer: issuerName, day }),
  text: t('certificate.notice.elsewhere-text'),
  isRenewNext: false,
});

/** What breaks the path of a certificate that is in its days and not revoked; else the calendar says it better. */
function brokenPath({ validation }: CertificateDetails, standing: Standing) {
  const isInDays = !['expired', 'revoked', 'not-yet-valid', 'on-hold'].includes(standing);
  const [first] = isInDays ? validation.findings : [];
  return first === undefined ? undefined : wordError(first.code, first.details, errorMessages);
}

function textOf({ purpose, isCurrent, isOurs }: CertificateDetails, standing: Standing, values: { readonly day: string }): string {
  if (standing === 'soon') return t(purpose === 'sign' ? 'certificate.notice.soon-text' : 'certificate.notice.soon-text-encrypt', values);
  if (standing === 'expired' && !isOurs) return t('certificate.notice.expired-elsewhere');
  if (standing === 'revoked' && !isCurrent) return t('certificate.notice.revoked-replaced');
  return t(`certificate.notice.${standing}-text`, values);
}
