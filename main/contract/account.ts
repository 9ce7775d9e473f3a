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

  /** The cards whoever is signed in signs in with. */
  cards: query<{ readonly cards: readonly { readonly token: string; readonly since: string }[] }>()({
    access: whoMay('account.cards'),
    input: z.strictObject({}),
  }),

  /**
   * From now on a card that is in signs them in as well, in the place of passphrase and second factor: a key is made on it, or one it has
   * that was made elsewhere is used. The passphrase is asked for once more; a wrong one counts like a failed sign-in, a wrong PIN costs
   * one try of the card.
   */
  addCard: command<{ readonly token: string }>()({
    access: whoMay('account.addCard'),
    input: z.strictObject({
      /** A serial number, or the end of one: 4 characters or more. */
      token: z.string().trim().min(1).max(64),
      pin: secret(),
      /** The person was told that a wrong PIN now locks the card. */
      finalTry: z.boolean().default(false),
      passphrase: secret(),
    }),
    audit: 'account.add-card',
    subject: ({ token }) => ({ token }),
  }),

  /** The card, in a reader or not, signs them in no more. What is on it stays. */
  removeCard: command<{ readonly token: string }>()({
    access: whoMay('account.removeCard'),
    input: z.strictObject({ token: z.string().trim().min(1).max(64) }),
    audit: 'account.remove-card',
    subject: ({ token }) => ({ token }),
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
