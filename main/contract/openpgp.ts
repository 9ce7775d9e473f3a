import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { openPgpAlgorithms, type OpenPgpAlgorithm } from '../domain/openpgp/algorithm.ts';
import { openPgpDays } from '../domain/openpgp/validity.ts';
import type { PinStatus, UnlockCodeStatus } from '../domain/token/pin-status.ts';
import { command, push, query } from './call.ts';
import { id, paging } from './paging.ts';
import { secret, type FileContent, type Secret } from './secret.ts';

export interface OpenPgpSubkey {
  readonly fingerprint: string;
  readonly usage: 'encrypt';
  readonly expiresAt: string;
}

export interface OpenPgpSummary {
  readonly id: string;
  /** Of the key format. */
  readonly version: 4;
  /** Hex, lower case. */
  readonly fingerprint: string;
  readonly algorithm: OpenPgpAlgorithm;
  /** `Name <address>`, the primary one first. */
  readonly userIds: readonly string[];
  /** What opens mail; the primary key signs. */
  readonly subkeys: readonly OpenPgpSubkey[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly status: 'valid' | 'expired' | 'revoked';
  readonly revokedAt: string | null;
  /** The one in use; an older one is kept so that old mail opens. */
  readonly isCurrent: boolean;
  readonly personId: string;
  /** Where its primary key is, which signs: on a card nobody can hand it over. */
  readonly place: 'vault' | 'card';
}

/** An OpenPGP card in a reader. */
export interface OpenPgpCardSummary {
  /** Its application identifier, hex: names the card wherever it is. */
  readonly serialNumber: string;
  /** As it is printed on the card: maker and number. */
  readonly number: string;
  readonly reader: string;
  /** The name on the card; empty where nobody wrote one. */
  readonly holder: string;
  /** By the card's own count, read before anybody is asked for a PIN. */
  readonly tries: { readonly pin: number; readonly resetCode: number; readonly adminPin: number };
  readonly pin: PinStatus;
  readonly adminPin: UnlockCodeStatus;
  /** Of the keys on it, lower-case hex; null where there is none. */
  readonly fingerprints: { readonly sign: string | null; readonly decrypt: string | null; readonly authenticate: string | null };
  /** The practice's OpenPGP key that signs with it, by id; null where it holds none of ours. */
  readonly openPgp: string | null;
  readonly personId: string | null;
  readonly personName: string | null;
  /** When it was reported lost; null for one that is not. */
  readonly lostAt: string | null;
}

export interface OpenPgpOnCard {
  readonly id: string;
  readonly fingerprint: string;
  /** Serial number of the card. */
  readonly card: string;
  readonly auditIndex: number;
}

export interface OpenPgpDetails extends OpenPgpSummary {
  readonly personName: string;
  /** Where its secrets are, the primary key first. */
  readonly keys: readonly { readonly id: string; readonly algorithm: string; readonly usage: string; readonly state: string }[];
}

/** A serial number of a card, or the end of it: 4 characters or more. */
const card = z.string().trim().min(1).max(64);

/** Both PINs of a card; each is sent to it once. */
const pins = {
  pin: secret(),
  /** The administrator's (PW3), which makes and takes keys. */
  adminPin: secret(),
  /** The person was told that a wrong one now locks the card. */
  finalTry: z.boolean().default(false),
  /** Keys that are on the card and not this practice's are lost. */
  replace: z.boolean().default(false),
};

export const openpgp = {
  list: query<{ readonly certificates: readonly OpenPgpSummary[]; readonly next?: string }>()({
    access: whoMay('openpgp.list'),
    input: z.strictObject({ ...paging, person: id.optional() }),
  }),

  /** By id or fingerprint, or the beginning of either (8 digits or more). */
  show: query<OpenPgpDetails>()({ access: whoMay('openpgp.show'), input: z.strictObject({ key: z.string().trim().min(8).max(64) }) }),

  /** One key for all mailboxes of a person who has none in use: the primary key signs, a subkey opens mail. */
  generate: command<{ readonly id: string; readonly fingerprint: string }>()({
    access: whoMay('openpgp.generate'),
    input: z.strictObject({
      person: id,
      algorithm: z.enum(openPgpAlgorithms).default('curve25519'),
      days: z.int().min(openPgpDays.least).max(openPgpDays.most).default(openPgpDays.default),
    }),
    audit: 'openpgp.generate',
    subject: ({ person, algorithm, days }) => ({ person, algorithm, days }),
  }),

  /** The public half, for whoever writes to the person. */
  export: command<FileContent>()({
    access: whoMay('openpgp.export'),
    input: z.strictObject({ key: id }),
    audit: 'openpgp.export',
    subject: ({ key }) => ({ openPgp: key }),
  }),

  /** The secret half under a password, for the person's mail program. Without a password one is made, and answered once. */
  exportSecret: command<{ readonly file: FileContent; readonly password: Secret | null }>()({
    access: whoMay('openpgp.exportSecret'),
    input: z.strictObject({ key: id, password: secret().optional() }),
    audit: 'openpgp.export-secret',
    subject: ({ key }) => ({ openPgp: key }),
  }),

  /** What ends the key for everybody who gets to see it, made with the key. */
  exportRevocation: command<FileContent>()({
    access: whoMay('openpgp.exportRevocation'),
    input: z.strictObject({ key: id }),
    audit: 'openpgp.export-revocation',
    subject: ({ key }) => ({ openPgp: key }),
  }),

  /** Ends the key: its certificate carries the revocation from then on, to be given to whoever has it. */
  revoke: command<{ readonly id: string; readonly fingerprint: string; readonly auditIndex: number }>()({
    access: whoMay('openpgp.revoke'),
    input: z.strictObject({ key: id, note: z.string().trim().min(1).max(1000).optional() }),
    audit: 'openpgp.revoke',
    subject: ({ key }) => ({ openPgp: key }),
  }),

  /** The OpenPGP cards that are in readers now. A card with several applications is switched to this one. */
  cards: query<{ readonly cards: readonly OpenPgpCardSummary[] }>()({ access: whoMay('openpgp.cards'), input: z.strictObject({}) }),

  /**
   * As `generate`, with the primary key made on the card, which never leaves it. What opens mail is made in the vault, where the escrow has
   * it, and put on the card as well.
   */
  generateOnCard: command<OpenPgpOnCard>()({
    access: whoMay('openpgp.generateOnCard'),
    input: z.strictObject({
      person: id,
      card,
      ...pins,
      algorithm: z.enum(openPgpAlgorithms).default('curve25519'),
      days: z.int().min(openPgpDays.least).max(openPgpDays.most).default(openPgpDays.default),
    }),
    audit: 'openpgp.generate-on-card',
    subject: ({ person, card: token, algorithm, days }) => ({ person, token, algorithm, days }),
  }),

  /** Moves a key of the vault to its owner's card. What signs leaves the vault once the card has proved it; what opens mail stays there as well. */
  moveToCard: command<OpenPgpOnCard>()({
    access: whoMay('openpgp.moveToCard'),
    input: z.strictObject({ key: id, card, ...pins }),
    audit: 'openpgp.move-to-card',
    subject: ({ key, card: token }) => ({ openPgp: key, token }),
  }),

  /** Another PIN, or another administrator's PIN, of an OpenPGP card in the place of the one that is known. */
  changeCardPin: command<{ readonly card: string; readonly auditIndex: number }>()({
    access: whoMay('openpgp.changeCardPin'),
    input: z.strictObject({ card, of: z.enum(['pin', 'adminPin']), pin: secret(), newPin: secret(), finalTry: z.boolean().default(false) }),
    audit: 'openpgp.change-card-pin',
    subject: ({ card: token, of }) => ({ token, of }),
  }),

  /** Another PIN in the place of one that is locked or forgotten, by the administrator's PIN. */
  unblockCard: command<{ readonly card: string; readonly auditIndex: number }>()({
    access: whoMay('openpgp.unblockCard'),
    input: z.strictObject({ card, adminPin: secret(), newPin: secret(), finalTry: z.boolean().default(false) }),
    audit: 'openpgp.unblock-card',
    subject: ({ card: token }) => ({ token }),
  }),

  /**
   * Takes everything off a card, also its PINs: it has those from the factory then. Without the administrator's PIN the tries of both are
   * used up first, which nobody can take back.
   */
  wipeCard: command<{ readonly card: string; readonly auditIndex: number }>()({
    access: whoMay('openpgp.wipeCard'),
    input: z.strictObject({ card, adminPin: secret().optional(), finalTry: z.boolean().default(false) }),
    audit: 'openpgp.wipe-card',
    subject: ({ card: token, adminPin }) => ({ token, by: adminPin === undefined ? 'force' : 'admin-pin' }),
  }),

  changed: push<{ readonly openPgp: readonly string[] }>(),
};
