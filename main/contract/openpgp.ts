import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { openPgpAlgorithms, type OpenPgpAlgorithm } from '../domain/openpgp/algorithm.ts';
import { openPgpDays } from '../domain/openpgp/validity.ts';
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
  readonly status: 'valid' | 'expired';
  /** The one in use; an older one is kept so that old mail opens. */
  readonly isCurrent: boolean;
  readonly personId: string;
}

export interface OpenPgpDetails extends OpenPgpSummary {
  readonly personName: string;
  /** Where its secrets are, the primary key first. */
  readonly keys: readonly { readonly id: string; readonly algorithm: string; readonly usage: string; readonly state: string }[];
}

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

  changed: push<{ readonly openPgp: readonly string[] }>(),
};
