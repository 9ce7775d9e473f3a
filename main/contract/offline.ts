import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { authorityToken } from './authorities.ts';
import { command, query } from './call.ts';
import { id } from './paging.ts';
import { fileContent, secret, type FileContent, type Secret } from './secret.ts';

/** An authority that waits for its certificate. */
export interface WaitingAuthority {
  readonly request: string;
  readonly name: string;
  readonly algorithm: string;
  readonly createdAt: string;
  /** Serial number of the token its key is on; null for a key in the vault. */
  readonly keyToken: string | null;
}

/** An authority's key in a file, and the password it opens with. */
const carriedKey = z.strictObject({ authority: id, key: secret(), password: secret() });

/** Keys of authorities that are absent in daily work, and what is carried from where they are. */
export const offline = {
  /** The key as encrypted PKCS #8, PEM. A password is made when none is given, and answered once. The key stays here. */
  exportKey: command<{ readonly file: FileContent; readonly password: Secret | null }>()({
    access: whoMay('offline.exportKey'),
    input: z.strictObject({ authority: id, password: secret().optional() }),
    audit: 'authority.key-export',
    subject: ({ authority }) => ({ authority }),
  }),

  /** Removes the key from the vault, once its file has been read back and opens: nothing but that file has it then. */
  takeOffline: command<{ readonly authority: string }>()({
    access: whoMay('offline.takeOffline'),
    input: carriedKey,
    audit: 'authority.take-offline',
    subject: ({ authority }) => ({ authority }),
  }),

  /** Seals the key into the vault again. */
  bringBack: command<{ readonly authority: string }>()({
    access: whoMay('offline.bringBack'),
    input: carriedKey,
    audit: 'authority.bring-back',
    subject: ({ authority }) => ({ authority }),
  }),

  /** Makes an authority's key, keeps it here or on a token, and writes the request (PKCS #10, PEM) to be carried to where the key above it is. */
  request: command<{ readonly file: FileContent; readonly request: string }>()({
    access: whoMay('offline.request'),
    input: z.strictObject({
      name: z.string().trim().min(1).max(64),
      algorithm: z.enum(['p256', 'p384', 'p521', 'rsa-4096']).default('p256'),
      publishUrl: z
        .url({ protocol: /^http$/ })
        .max(200)
        .optional(),
      /** The token its key is made on; absent: it is made here and sealed. */
      onToken: authorityToken.optional(),
    }),
    audit: 'authority.request',
    subject: ({ name, algorithm }) => ({ called: name, algorithm }),
  }),

  /** Those whose answer has not come yet, the oldest first. */
  requests: query<{ readonly requests: readonly WaitingAuthority[] }>()({ access: whoMay('offline.requests'), input: z.strictObject({}) }),

  /** The file of such a request, once more. */
  requestFile: query<{ readonly file: FileContent }>()({
    access: whoMay('offline.requestFile'),
    input: z.strictObject({ request: id }),
  }),

  /** Gives such a request up: its key is destroyed, one on a token when that is next looked through, and an answer to it is none any more. */
  withdraw: command<{ readonly request: string }>()({
    access: whoMay('offline.withdraw'),
    input: z.strictObject({ request: id }),
    audit: 'authority.request-withdraw',
    subject: ({ request }) => ({ request }),
  }),

  /** Signs such a request with an authority's key that is here: the certificate with those above it, PEM. */
  certify: command<{ readonly file: FileContent; readonly certificate: string; readonly notAfter: string }>()({
    access: whoMay('offline.certify'),
    input: z.strictObject({
      request: fileContent(),
      under: id,
      mailDomains: z.array(z.string().trim().min(1).max(254)).max(100).default([]),
      validityDays: z.int().min(1).max(10_000).optional(),
      pathLength: z.union([z.int().min(0).max(16), z.literal('open')]).default(0),
    }),
    audit: 'authority.certify',
    subject: ({ under }) => ({ under }),
    fourEyes: () => 'authority',
  }),

  /**
   * Takes in the certificate that was carried back, with those above it: the authority is one from then on. Where its key is on a token that
   * signs its first list, gets the certificate and stays open for this session.
   */
  accept: command<{ readonly authority: string; readonly name: string; readonly notAfter: string; readonly isUsed: boolean }>()({
    access: whoMay('offline.accept'),
    input: z.strictObject({
      files: z.array(fileContent()).min(1).max(20),
      use: z.boolean().default(false),
      onToken: authorityToken.optional(),
    }),
    audit: 'authority.accept',
    subject: ({ use }) => ({ use }),
  }),

  /** Takes in a list of revoked certificates that the authority's key signed elsewhere, and what it says is revoked. */
  addList: command<{ readonly number: number; readonly nextUpdate: string; readonly revoked: readonly string[] }>()({
    access: whoMay('offline.addList'),
    input: z.strictObject({ authority: id, list: fileContent() }),
    audit: 'authority.list-import',
    subject: ({ authority }) => ({ authority }),
  }),
};
