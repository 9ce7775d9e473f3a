import { z } from 'zod';
import type { Role } from '../domain/access/role.ts';
import { whoMay } from '../domain/access/permissions.ts';
import type { RollbackSuspicion } from '../domain/audit/kept-checkpoint.ts';
import type { PinStatus } from '../domain/token/pin-status.ts';
import { command, push, query } from './call.ts';
import { secret, type Secret } from './secret.ts';

const operatorName = z.string().trim().min(1).max(64);

export interface SignedIn {
  readonly operatorId: string;
  readonly name: string;
  readonly role: Role;
  /** Entries made while the log key was locked; this sign-in has checked and signed them. 0 for who has no key of the log. */
  readonly unsignedEntries: number;
  /** The log may have been put back to an earlier time, and nobody has explained it. */
  readonly rollback: RollbackSuspicion | null;
}

/** The passphrase was right; the code of the second factor is still to come, by `confirm`. */
export interface CodeNeeded {
  readonly codeNeeded: true;
}

/** A card that is in a reader and signs somebody in. */
export interface SignInCard {
  /** Serial number. */
  readonly token: string;
  readonly label: string;
  /** What it tells about tries, read before anybody is asked for the PIN. */
  readonly pin: PinStatus;
  /** It is typed on the pad of the reader: then a PIN without characters is sent. */
  readonly isPinTypedAtReader: boolean;
  /** Whose it is, by name. */
  readonly operators: readonly string[];
}

export const session = {
  /** The operator's name may be left out while there is one operator. */
  signIn: command<SignedIn | CodeNeeded>()({
    access: 'door',
    input: z.strictObject({ operator: operatorName.optional(), passphrase: secret() }),
    audit: 'session.sign-in',
    subject: (input) => (input.operator === undefined ? {} : { name: input.operator }),
  }),

  /** The cards that are in now and sign somebody in; none where nobody has registered one. */
  cards: query<{ readonly cards: readonly SignInCard[] }>()({ access: 'door', input: z.strictObject({}) }),

  /**
   * A card in the place of passphrase and second factor: it opens the operator's keys by its PIN, tried once. At the window the session
   * ends when the card is taken out. The name may be left out where the card is one operator's.
   */
  signInWithCard: command<SignedIn>()({
    access: 'door',
    input: z.strictObject({
      operator: operatorName.optional(),
      /** A serial number, or the end of one: 4 characters or more. */
      token: z.string().trim().min(1).max(64),
      pin: secret(),
      /** The person was told that a wrong PIN now locks the card. */
      finalTry: z.boolean().default(false),
    }),
    audit: 'session.sign-in',
    subject: ({ operator, token }) => ({ token, ...(operator === undefined ? {} : { name: operator }) }),
  }),

  /** Signs in with the recovery code, sets a new passphrase and replaces the code; all of it once a second factor that is on was given too. */
  recover: command<(SignedIn & { readonly recoveryCode?: Secret }) | CodeNeeded>()({
    access: 'door',
    input: z.strictObject({ operator: operatorName.optional(), recoveryCode: secret(), newPassphrase: secret() }),
    audit: 'session.recover',
    subject: (input) => (input.operator === undefined ? {} : { name: input.operator }),
  }),

  /** A code of the authenticator app, or a recovery code of the second factor: finishes what `signIn` or `recover` began on this connection. */
  confirm: command<SignedIn & { readonly recoveryCode?: Secret }>()({
    access: 'door',
    input: z.strictObject({ code: secret() }),
    audit: 'session.confirm',
    subject: () => ({}),
  }),

  /** Whether an act that asks who is there would be let through now, and the serial number of the card that this session was opened with. */
  proof: query<{ readonly isFresh: boolean; readonly card: string | null }>()({
    access: whoMay('session.proof'),
    input: z.strictObject({}),
  }),

  /** Whoever signed in gives the passphrase once more; for a while acts that ask who is there are let through. A wrong one counts like a failed sign-in. */
  prove: command<null>()({
    access: whoMay('session.prove'),
    input: z.strictObject({ passphrase: secret() }),
    audit: 'session.prove',
    subject: () => ({}),
  }),

  /** The same with the card of whoever signed in; its PIN is tried once. */
  proveWithCard: command<null>()({
    access: whoMay('session.proveWithCard'),
    input: z.strictObject({ token: z.string().trim().min(1).max(64), pin: secret(), finalTry: z.boolean().default(false) }),
    audit: 'session.prove',
    subject: ({ token }) => ({ token }),
  }),

  /** Somebody is at the window: the idle lock counts from here. */
  stay: query<null>()({ access: whoMay('session.stay'), input: z.strictObject({}) }),

  /** A session ended that nobody had used for as long as the policy says, or whose card was taken out. */
  ended: push<{ readonly operator: string; readonly why: 'idle' | 'card' }>(),

  /** Ends the session and wipes what it had opened. */
  lock: command<null>()({ access: whoMay('session.lock'), input: z.strictObject({}), audit: 'session.lock', subject: () => ({}) }),
};
