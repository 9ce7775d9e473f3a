import type { revokeReasons } from '../../../main/contract/certificates.ts';
import { t } from '../../i18n/translate.ts';
import type { Choice } from '../../ui/choice-cards.tsx';

/** A reason to revoke for good (RFC 5280 section 5.3.1); what is an authority's alone is given on the command line. */
export type RevokeReason = Exclude<(typeof revokeReasons)[number], 'cACompromise' | 'aACompromise'>;

/** In the order they happen. */
const order: readonly RevokeReason[] = [
  'keyCompromise',
  'superseded',
  'affiliationChanged',
  'privilegeWithdrawn',
  'cessationOfOperation',
  'unspecified',
];

/** The reasons in words. */
export const reasonChoices = (): readonly Choice<RevokeReason>[] =>
  order.map((value) => ({ value, title: t(`revoke.reason.${value}`), ...detailOf(value) }));

/** Where the title alone could be misread. */
const detailed = ['keyCompromise', 'affiliationChanged', 'unspecified'] as const;

function detailOf(reason: RevokeReason): { readonly detail?: string } {
  const known = detailed.find((value) => value === reason);
  return known === undefined ? {} : { detail: t(`revoke.reason.${known}-detail`) };
}

/** A reason as the log or a certificate names it, in words; one this window does not offer stays as it is. */
export const reasonWords = (reason: string): string => {
  const known = order.find((value) => value === reason);
  return known === undefined ? reason : t(`revoke.reason.${known}`);
};

/** "Something else" says nothing without a note. */
export const needsNote = (reason: RevokeReason | null, note: string): boolean => reason === 'unspecified' && note.trim() === '';
