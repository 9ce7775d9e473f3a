import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import type { KeyStoreKind } from '../domain/key/store.ts';
import { command, query } from './call.ts';
import { id } from './paging.ts';
import { fileContent, secret, type FileContent } from './secret.ts';

/** A list of so many megabytes that only its beginning was handed out: what the file of its name goes on with is asked for. */
export interface UnfinishedList {
  readonly name: string;
  readonly authority: string;
  readonly number: number;
  readonly next: number;
}

const authorityAlgorithms = ['p256', 'p384', 'p521', 'rsa-4096'] as const;
/** More levels than any path has. */
const mostLevels = 16;

const pinOfToken = { pin: secret(), finalTry: z.boolean().default(false) };

/** The token an authority's key is made on, or is on. */
export const authorityToken = z.strictObject({
  token: z.string().trim().min(1).max(64),
  ...pinOfToken,
  managementKey: secret().optional(),
});

const broughtAuthority = {
  /** Its certificate, PEM or DER; or with the key in it, a PKCS #12 file or the database of XCA. */
  certificate: fileContent(),
  /** Its private key: PKCS #8, PKCS #1 or SEC 1. */
  key: secret().optional(),
  /** Of the key, the PKCS #12 file or the database. */
  password: secret().optional(),
};

export interface AuthoritySummary {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  /** The authority of the same name whose key this one's took over from. */
  readonly replaces: string | null;
  readonly algorithm: string;
  readonly certificateId: string;
  readonly sha256: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly publishUrl: string | null;
  /** Where its certificates say OCSP is answered. */
  readonly ocspUrl: string | null;
  /** `intermediate`: it may sign further authorities. */
  readonly kind: 'root' | 'intermediate' | 'issuing';
  /** Whether people's certificates are issued by it now. */
  readonly issuesToPeople: boolean;
  /** The only mail domains it may vouch for, those above it considered; with a leading dot the hosts below. Empty: any. */
  readonly mailDomains: readonly string[];
  /** Authorities that may still stand below it on a path. */
  readonly levelsBelow: number;
  readonly keyStore: KeyStoreKind;
  /** Where its key is on a token: which, and whether it is open in this session. */
  readonly keyToken: { readonly serialNumber: string; readonly isOpen: boolean } | null;
  /** Whose key signed its certificate, who may be somebody else’s authority; null for a root. */
  readonly signer: string | null;
  /** Its key is offline or on a token, and has to be brought to sign a list. */
  readonly isListOwed: boolean;
  readonly revokedAt: string | null;
  readonly latestList: {
    readonly number: number;
    readonly thisUpdate: string;
    readonly nextUpdate: string;
    readonly entries: number;
  } | null;
}

export interface NewAuthorityResult {
  readonly authority: string;
  readonly certificate: string;
  readonly notAfter: string;
  /** It was given less time than asked for or usual: it ends with the one above it. */
  readonly endsWithParent: boolean;
  readonly isUsed: boolean;
  readonly list: { readonly number: number; readonly nextUpdate: string };
}

export interface OpenedAuthorityKey {
  readonly authority: string;
  readonly name: string;
  readonly token: string;
}

export interface RolloverResult extends NewAuthorityResult {
  /** What its keys are called apart by. */
  readonly name: string;
  /** Certificates that each of a root's two keys has for the other; none below a root. */
  readonly crossCertificates: readonly string[];
}

export const authorities = {
  list: query<{ readonly authorities: readonly AuthoritySummary[] }>()({ access: whoMay('authorities.list'), input: z.strictObject({}) }),

  /** The authority's certificate with those above it, PEM. */
  export: command<FileContent>()({
    access: whoMay('authorities.export'),
    input: z.strictObject({ authority: id, format: z.enum(['pem', 'der', 'chain']).default('chain') }),
    audit: 'certificate.export',
    subject: (input) => ({ authority: input.authority, format: input.format }),
  }),

  /**
   * Makes the next list of revoked certificates (CRL, RFC 5280 section 5), DER. `handOut`: others will have it. `delta`: what changed since
   * the last full one that others were given, which `base` names (section 5.2.4).
   */
  crl: command<{
    readonly file: FileContent;
    readonly unfinished: UnfinishedList | null;
    readonly number: number;
    readonly nextUpdate: string;
    readonly base: number | null;
  }>()({
    access: whoMay('authorities.crl'),
    input: z.strictObject({ authority: id, handOut: z.boolean().default(true), delta: z.boolean().default(false) }),
    audit: 'authority.crl',
    subject: (input) => ({ authority: input.authority }),
  }),

  /** What an unfinished list goes on with, and where after that; null at its end. */
  listOctets: query<{ readonly file: FileContent; readonly next: number | null }>()({
    access: whoMay('authorities.listOctets'),
    input: z.strictObject({ authority: id, number: z.int().min(1), from: z.int().min(0) }),
  }),

  /** The next list of every authority whose newest one is old enough to be replaced, or that has none. DER, under the names certificates point to. */
  crlDue: command<{
    readonly lists: readonly { readonly authority: string; readonly number: number; readonly nextUpdate: string }[];
    readonly files: readonly FileContent[];
    readonly unfinished: readonly UnfinishedList[];
    /** Authorities whose key is offline, or on a token that is not open, and has to be brought to sign a list. */
    readonly owed: readonly string[];
  }>()({
    access: whoMay('authorities.crlDue'),
    input: z.strictObject({ handOut: z.boolean().default(true) }),
    audit: 'authority.crl',
    subject: () => ({}),
  }),

  /** Every authority's certificate and its list, fresh where its key is here, under the names the certificates point to. */
  publish: command<{
    readonly files: readonly FileContent[];
    readonly unfinished: readonly UnfinishedList[];
    readonly publishUrl: string | null;
    /** Authorities whose key is offline, or on a token that is not open, and has to be brought to sign a list. */
    readonly owed: readonly string[];
  }>()({
    access: whoMay('authorities.publish'),
    input: z.strictObject({}),
    audit: 'authority.publish',
    subject: () => ({}),
  }),

  /** Makes an authority under another one, or a root of its own, with its first list of revoked certificates. */
  create: command<NewAuthorityResult>()({
    access: whoMay('authorities.create'),
    input: z.strictObject({
      name: z.string().trim().min(1).max(64),
      /** Absent: a root. */
      under: id.optional(),
      algorithm: z.enum(authorityAlgorithms).default('p384'),
      mailDomains: z.array(z.string().trim().min(1).max(254)).max(100).default([]),
      validityDays: z.int().min(1).max(10_000).optional(),
      /** Authorities that may stand below it; 0 and absent: none, it issues to people. */
      pathLength: z.union([z.int().min(0).max(mostLevels), z.literal('open')]).optional(),
      /** Absent: as the authority above it. */
      publishUrl: z
        .url({ protocol: /^http$/ })
        .max(200)
        .optional(),
      /** People's certificates are issued by it from now on. */
      use: z.boolean().default(false),
      /** The token its key is made on; absent: it is made here and sealed. */
      onToken: authorityToken.optional(),
    }),
    audit: 'authority.create',
    subject: ({ name, under, algorithm, mailDomains, use }) => ({
      called: name,
      algorithm,
      use,
      ...(under === undefined ? {} : { under }),
      ...(mailDomains.length === 0 ? {} : { mailDomains }),
    }),
    fourEyes: () => 'authority',
  }),

  /** Gives an authority its next key under the same name; the old one goes on signing lists. */
  rollover: command<RolloverResult>()({
    access: whoMay('authorities.rollover'),
    input: z.strictObject({
      authority: id,
      /** Absent: as the old one. */
      algorithm: z.enum(authorityAlgorithms).optional(),
      validityDays: z.int().min(1).max(10_000).optional(),
      /** That the next key is in the vault, said of one that follows a key on a token. */
      intoVault: z.boolean().optional(),
    }),
    audit: 'authority.rollover',
    subject: ({ authority }) => ({ replaced: authority }),
    fourEyes: () => 'authority',
  }),

  /** Opens an authority's key on its token for this session, until it ends; the PIN is not kept. */
  openKey: command<OpenedAuthorityKey>()({
    access: whoMay('authorities.openKey'),
    input: z.strictObject({ authority: id, ...pinOfToken }),
    audit: 'authority.open-key',
    subject: ({ authority }) => ({ authority }),
  }),

  /** Closes it again. */
  closeKey: command<OpenedAuthorityKey>()({
    access: whoMay('authorities.closeKey'),
    input: z.strictObject({ authority: id }),
    audit: 'authority.close-key',
    subject: ({ authority }) => ({ authority }),
  }),

  /** Has an authority issue to people from now on. */
  use: command<{ readonly authority: string; readonly name: string }>()({
    access: whoMay('authorities.use'),
    input: z.strictObject({ authority: id }),
    audit: 'authority.use',
    subject: (input) => ({ authority: input.authority }),
  }),

  /** Takes in an authority that was kept elsewhere, with what it issued and revoked, and makes its next list of revoked certificates. */
  import: command<{
    readonly authority: string;
    readonly certificates: number;
    readonly revoked: number;
    readonly list: { readonly number: number; readonly nextUpdate: string };
    readonly below: readonly { readonly authority: string; readonly list: { readonly number: number; readonly nextUpdate: string } }[];
  }>()({
    access: whoMay('authorities.import'),
    input: z.strictObject({
      /** What it is called here; the common name of its certificate where left out. */
      name: z.string().trim().min(1).max(64).optional(),
      ...broughtAuthority,
      /** Certificates of those above it that are somebody else's: PEM, DER or PKCS #7. Not needed where they are in the same file, or here. */
      above: z.array(fileContent()).max(mostLevels).default([]),
      /** Of several authorities in one file the one that is meant: common name, serial number, or what XCA calls it. */
      choose: z.string().min(1).max(256).optional(),
      /** As openssl `ca` keeps it. */
      index: fileContent().optional(),
      /** Its last list of revoked certificates, where there is no index. */
      list: fileContent().optional(),
      /** Everything it has issued. */
      certificates: z.array(fileContent()).max(20_000).default([]),
      nextListNumber: z.int().min(1).optional(),
      publishUrl: z
        .url({ protocol: /^http$/ })
        .max(200)
        .optional(),
      /** Authorities below it that came with it, each after what is above it: all are taken in, or none. */
      below: z.array(z.strictObject(broughtAuthority)).max(mostLevels).default([]),
    }),
    audit: 'authority.import',
    subject: ({ name }) => (name === undefined ? {} : { called: name }),
    fourEyes: () => 'authority',
  }),
};
