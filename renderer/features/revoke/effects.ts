import type { CertificateSummary, RevocationPreview } from '../../../main/contract/certificates.ts';
import { daysUntil, formatShortDay, formatTime, toDate } from '../../i18n/dates.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';

export type Purposes = readonly Pick<CertificateSummary, 'purpose'>[];

export const signs = (certificates: Purposes): boolean => certificates.some(({ purpose }) => purpose === 'sign' || purpose === 'dual');
export const opens = (certificates: Purposes): boolean => certificates.some(({ purpose }) => purpose === 'encrypt' || purpose === 'dual');

/** What nobody may do with these certificates once they are revoked. */
export const stopping = (certificates: Purposes): readonly ('sign' | 'encrypt')[] => [
  ...(signs(certificates) ? (['sign'] as const) : []),
  ...(opens(certificates) ? (['encrypt'] as const) : []),
];

/** When somebody learns of it, and who. */
export interface Learning {
  readonly when: string;
  readonly text: string;
}

/** Who learns when: Keyward at once, others by the list. Says so where no list was ever made, and where no address leads to one. */
export function learning({ publishUrl, knownBy }: Pick<RevocationPreview, 'publishUrl' | 'knownBy'>, now: Date): readonly Learning[] {
  const published =
    publishUrl === null
      ? said('by-hand')
      : { when: t('revoke.known.published'), text: t('revoke.known.published-text', { address: publishUrl }) };
  return [said('at-once'), published, outside(knownBy, now)];
}

const said = (key: 'at-once' | 'by-hand' | 'run-out' | 'never'): Learning => ({
  when: t(`revoke.known.${key}`),
  text: t(`revoke.known.${key}-text` satisfies MessageKey),
});

/** Others hold the last list until it runs out. */
function outside(knownBy: string | null, now: Date): Learning {
  if (knownBy === null) return said('never');
  if (toDate(knownBy) <= now) return said('run-out');
  return { when: t('revoke.known.by', { when: momentWords(knownBy, now) }), text: t('revoke.known.by-text') };
}

/** "21:21" today, else "29 Nov, 21:21". */
export const momentWords = (instant: string, now: Date): string =>
  daysUntil(instant, now) === 0 ? formatTime(instant) : `${formatShortDay(instant, now)}, ${formatTime(instant)}`;
