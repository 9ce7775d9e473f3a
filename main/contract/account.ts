import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { command, query } from './call.ts';
import { secret, type Secret } from './secret.ts';

/** What whoever is signed in does about their own sign-in. */
export const account = {
  /**
   * Seals the operator's own key pair under another passphrase; the recovery code and everything the keys open stay as they are. A wrong
   * old one counts like a failed sign-in. Ends every other session of theirs.
   */
  changePassphrase: command<null>()({
    access: whoMay('account.changePassphrase'),
    input: z.strictObject({ oldPassphrase: secret(), newPassphrase: secret() }),
    audit: 'account.change-passphrase',
    subject: () => ({}),
  }),

  /** Since when the second factor is on, null while it is off; how many of its recovery codes are unused. */
  secondFactor: query<{ readonly since: string | null; readonly codesLeft: number }>()({
    access: whoMay('account.secondFactor'),
    input: z.strictObject({}),
  }),

  /** Makes the secret of a second factor, for an authenticator app: as an otpauth URI, and in base 32 alone. Counts once it is confirmed. */
  beginSecondFactor: command<{ readonly uri: Secret; readonly secret: Secret }>()({
    access: whoMay('account.beginSecondFactor'),
    input: z.strictObject({}),
    audit: 'account.begin-second-factor',
    subject: () => ({}),
  }),

  /** Confirms it by one code of the app. The recovery codes are shown once, one a line, UTF-8. */
  turnOnSecondFactor: command<{ readonly recoveryCodes: Secret }>()({
    access: whoMay('account.turnOnSecondFactor'),
    input: z.strictObject({ code: secret() }),
    audit: 'account.turn-on-second-factor',
    subject: () => ({}),
  }),

  /** With a code of the app or a recovery code. A wrong one counts like a failed sign-in. */
  turnOffSecondFactor: command<null>()({
    access: whoMay('account.turnOffSecondFactor'),
    input: z.strictObject({ code: secret() }),
    audit: 'account.turn-off-second-factor',
    subject: () => ({}),
  }),
};
