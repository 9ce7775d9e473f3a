/** Every reason why a mail program would not sign, encrypt or decrypt as it should. */
export const mailFindingCodes = [
  'no-identity',
  'nothing-chosen',
  'no-name',
  'other-certificate',
  'certificate-missing',
  'key-missing',
  'not-accepted',
  'wrong-address',
  'expired',
  'not-yet-valid',
  'revoked',
  'on-hold',
  'superseded',
  'not-signing',
  'other-technology',
  'old-mail',
  'recipient-missing',
  'not-tested',
  'test-outdated',
  'openpgp-nothing-chosen',
  'openpgp-other-key',
  'openpgp-elsewhere',
  'openpgp-wrong-address',
  'openpgp-key-missing',
  'openpgp-secret-missing',
  'openpgp-locked',
  'openpgp-not-accepted',
  'openpgp-revoked',
  'openpgp-expired',
  'openpgp-unfit',
  'openpgp-superseded',
  'openpgp-old-mail',
  'openpgp-recipient-missing',
] as const;
export type MailFindingCode = (typeof mailFindingCodes)[number];

/** One thing that is wrong in a profile. */
export interface MailFinding {
  readonly code: MailFindingCode;
  /** The sender address it is about. */
  readonly address?: string;
  readonly use?: 'sign' | 'encrypt';
  /** For `no-identity`: the addresses there are. For `old-mail`: the day the older certificate ends. */
  readonly detail?: string;
}
