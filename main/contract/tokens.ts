import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import type { PinStatus } from '../domain/token/pin-status.ts';
import { command, push, query } from './call.ts';
import type { CertificateSummary } from './certificates.ts';
import type { JobError } from './enrollment.ts';
import { id } from './paging.ts';
import { secret } from './secret.ts';
import { subjectAlgorithms } from './workspace.ts';

export interface TokenSummary {
  readonly serialNumber: string;
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  /** Name of the module that shows it. */
  readonly module: string;
  /** The slot it is in, as its driver describes it. */
  readonly reader: string;
  /** What the token tells about tries, read before anybody is asked for the PIN. */
  readonly pin: PinStatus;
  /** What keys can be made on it, the preferred first: `p256`, `rsa-2048`, and so on. */
  readonly algorithms: readonly string[];
  /** Whose signing key was put on it last, as recorded; null when nobody's. */
  readonly personId: string | null;
  readonly personName: string | null;
  /** Those recorded as belonging to keys on it, newest first. */
  readonly certificates: readonly CertificateSummary[];
  /** Something was begun on it and not finished: enrol the same person again, or reconcile it with its PIN. */
  readonly unfinished: boolean;
}

/** A driver for tokens. `error` says in words what is wrong when it does not work. */
export interface ModuleSummary {
  readonly name: string;
  readonly library: string;
  readonly state: 'working' | 'missing' | 'unusable' | 'crashed' | 'hung';
  readonly error: JobError | null;
}

/** What was begun on a token and not finished, whether the token is there or not. */
export interface UnfinishedOnToken {
  readonly token: string;
  readonly personId: string;
  readonly personName: string | null;
  readonly begunAt: string;
  /** `begun`: nothing was issued; what may be on the token goes. `issued`: the certificate is still to be written to it. */
  readonly state: 'begun' | 'issued';
}

export interface TokenList {
  readonly tokens: readonly TokenSummary[];
  readonly modules: readonly ModuleSummary[];
  readonly unfinished: readonly UnfinishedOnToken[];
}

export interface TokenEnrollment {
  /** Those of this act; of an earlier one that it completed, if it did. */
  readonly certificates: readonly string[];
  /** Serial number. */
  readonly token: string;
  readonly auditIndex: number;
  /** What kept the certificate from being written to the token: all else is done, and enrolling again completes it. */
  readonly unfinished: JobError | null;
}

/** A serial number, or the end of one: 4 characters or more. */
const token = z.string().trim().min(1).max(64);

const pin = {
  pin: secret(),
  /** The person was told that a wrong PIN now locks the token. */
  finalTry: z.boolean().default(false),
};

export const tokens = {
  /** The tokens that are there now, the drivers that were asked, and what is unfinished. */
  list: query<TokenList>()({ access: whoMay('tokens.list'), input: z.strictObject({}) }),

  show: query<TokenSummary>()({ access: whoMay('tokens.show'), input: z.strictObject({ token }) }),

  /**
   * Gives one person a signing key made on the token, its certificate on it, and a decryption key in the vault unless they
   * have one. Without an algorithm the practice's usual one if the token offers it, else the first it offers.
   */
  enroll: command<TokenEnrollment>()({
    access: whoMay('tokens.enroll'),
    input: z.strictObject({
      person: id,
      token,
      ...pin,
      profile: z.string().max(64).default('smime-mailbox-multipurpose'),
      algorithm: z.enum(subjectAlgorithms).optional(),
    }),
    audit: 'token.enroll',
    subject: (input) => ({ person: input.person, token: input.token, profile: input.profile }),
  }),

  /** Settles what was left unfinished on the token: removes what was never issued, writes the certificate that was. */
  reconcile: command<{ readonly token: string; readonly finished: number; readonly abandoned: number }>()({
    access: whoMay('tokens.reconcile'),
    input: z.strictObject({ token, ...pin }),
    audit: 'token.reconcile',
    subject: (input) => ({ token: input.token }),
  }),

  /** Sets up a new token of a driver with a label and PINs. One that was set up before is never touched. */
  initialize: command<{ readonly token: string }>()({
    access: whoMay('tokens.initialize'),
    input: z.strictObject({
      module: z.string().trim().min(1).max(100),
      label: z.string().trim().min(1).max(32),
      soPin: secret(),
      pin: secret(),
    }),
    audit: 'token.initialize',
    subject: (input) => ({ module: input.module, label: input.label }),
  }),

  /** Serial numbers of tokens that came, went or changed; none where only a driver stopped working or works again. Sent while somebody is signed in at a window that has listed tokens. */
  changed: push<{ readonly tokens: readonly string[] }>(),
};
