import { AppError } from '../errors.ts';

/** CRLReason by its numbers (RFC 5280 section 5.3.1); 7 is not used. */
export const reasonCodes = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;

export type RevocationReason = keyof typeof reasonCodes;

/** Every reason RFC 5280 knows. */
export const revocationReasons: readonly RevocationReason[] = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
];

/** Reads a reason as the command line and the database write it. @throws AppError input.invalid */
export function parseRevocationReason(text: string): RevocationReason {
  const reason = revocationReasons.find((known) => known === text);
  if (reason !== undefined) return reason;
  throw new AppError('input.invalid', `This is not one of the reasons ${revocationReasons.join(', ')}.`, { field: 'reason' });
}
