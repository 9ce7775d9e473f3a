import { z } from 'zod';
import { revokedAlone } from '../domain/access/four-eyes.ts';
import { whoMay } from '../domain/access/permissions.ts';
import { keyPlaces, type KeyStoreKind } from '../domain/key/store.ts';
import type { SubjectPurpose } from '../domain/key/usage.ts';
import type { AttestedKey } from '../domain/piv/attestation.ts';
import type { LintFinding } from '../domain/lint/finding.ts';
import type { OcspCheck } from '../domain/x509/path-validation/check-ocsp-response.ts';
import type { PathCode, PathValidation } from '../domain/x509/path-validation/result.ts';
import type { RevocationReason } from '../domain/x509/revocation-reason.ts';
import { command, push, query } from './call.ts';
import type { JobError } from './enrollment.ts';
import { id, paging } from './paging.ts';
import { fileContent, secret, type FileContent, type Secret } from './secret.ts';

export type CertificateStatus = 'valid' | 'expired' | 'not-yet-valid' | 'revoked' | 'on-hold';

export interface CertificateSummary {
  readonly id: string;
  readonly sha256: string;
  readonly serialNumber: string;
  readonly subject: string;
  readonly issuer: string;
  readonly emails: readonly string[];
  readonly profile: string;
  readonly purpose: 'sign' | 'encrypt' | 'dual' | 'authority' | 'revocation';
  readonly status: CertificateStatus;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly isAuthority: boolean;
  /** The newest for its purpose; an older one is kept so that old mail opens. */
  readonly isCurrent: boolean;
  readonly keyId: string;
  readonly keyAlgorithm: string;
  readonly keyState: string;
  /** `token`: the private key is on a card and never leaves it. `elsewhere`: it is with whoever asked for the certificate. */
  readonly keyStore: KeyStoreKind;
  readonly personId: string | null;
  readonly revokedAt: string | null;
  readonly revocationReason: string | null;
}

export interface ChainLink {
  readonly certificateId: string;
  readonly name: string;
  readonly kind: 'root' | 'issuing' | 'person';
  readonly notAfter: string;
  readonly status: CertificateStatus;
  /** One of the practice's own authorities, or issued by one: what is not is neither revoked here nor known to be good. */
  readonly isOurs: boolean;
}

/**
 * What the card said of the key when it was made. `verified`: it holds, and says the rest. `not-offered`: it said nothing.
 * `unknown-maker`: nobody here knows who certified the card. `false`: what is kept does not hold.
 */
export type AttestationView =
  | { readonly state: 'not-offered' | 'unknown-maker' | 'false' }
  | ({ readonly state: 'verified' } & AttestedKey);

export interface CertificateDetails extends CertificateSummary {
  readonly personName: string | null;
  readonly issuerName: string;
  /** One of the practice's own authorities has issued it: it is revoked and renewed here. */
  readonly isOurs: boolean;
  readonly signatureAlgorithm: string;
  /** Of a key on a card; null for any other. */
  readonly attestation: AttestationView | null;
  /** Its private key is sealed under what the keychain of a computer holds. */
  readonly isInKeychain: boolean;
  /** Root first. */
  readonly chain: readonly ChainLink[];
  /** It can be put on hold: it is not revoked, and its profile allows it. */
  readonly mayHold: boolean;
  readonly findings: readonly LintFinding[];
  readonly validation: PathValidation;
  /** The issuer's newest list of revoked certificates, if one was made. */
  readonly latestList: { readonly number: number; readonly thisUpdate: string; readonly nextUpdate: string } | null;
}

/** What revoking would do, said before it is done. */
export interface RevocationPreview {
  readonly certificates: readonly CertificateSummary[];
  readonly personName: string | null;
  /** When everybody who asks at most as often as they must will know; null while no list was ever published. */
  readonly knownBy: string | null;
  readonly publishUrl: string | null;
  /** All of them can be put on hold instead. */
  readonly mayHold: boolean;
}

/**
 * What becomes of something that was brought. `take`: it comes in. `key`: its certificate is here already, its private key comes in.
 * `known`: it is here already. `whose`: nobody here has its mailboxes, or several do; it comes in once somebody says whose it is. `chain`: the
 * certificate of an authority, kept where something hangs on it. `authority`: an authority's private key, which has an entrance of its own.
 * `alone`: a private key that no certificate is here for. `refused`: see `error`.
 */
export const importVerdicts = ['take', 'key', 'whose', 'known', 'chain', 'authority', 'alone', 'refused'] as const;

export type ImportVerdict = (typeof importVerdicts)[number];

/** One thing that was brought, and what becomes of it. */
export interface ImportItem {
  /** The name of the file it was in. */
  readonly file: string;
  readonly verdict: ImportVerdict;
  /** Of the certificate; null for a key without one, and for a file that cannot be read. */
  readonly certificate: {
    readonly sha256: string;
    readonly subject: string;
    readonly issuer: string;
    readonly emails: readonly string[];
    readonly notBefore: string;
    readonly notAfter: string;
    readonly purpose: SubjectPurpose | 'authority' | 'revocation';
    /** One of the practice's own authorities has issued it. */
    readonly isOurs: boolean;
  } | null;
  readonly keyAlgorithm: string | null;
  /** Its private key was brought too. */
  readonly hasKey: boolean;
  /** It has ended: it is kept so that old mail opens. */
  readonly isOld: boolean;
  readonly person: { readonly id: string; readonly name: string } | null;
  /** What its path is found wanting in now; nothing of it keeps it from being taken in. */
  readonly findings: readonly PathCode[];
  readonly error: JobError | null;
}

const brought = {
  files: z.array(fileContent()).min(1).max(500),
  /** All are tried on every file. */
  passwords: z.array(secret()).max(20).default([]),
  /** Whose something is, by the SHA-256 of its certificate, where its mailboxes do not say. */
  owners: z
    .array(z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), person: id }))
    .max(1000)
    .default([]),
};

/** Reasons to revoke for good (RFC 5280 section 5.3.1); a hold is another act, removeFromCRL no reason at all. */
export const revokeReasons = [
  'unspecified',
  'keyCompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'privilegeWithdrawn',
  'cACompromise',
  'aACompromise',
] as const satisfies readonly RevocationReason[];

const certificateIds = z.array(id).min(1).max(1000);
const heldCertificates = z.strictObject({ certificates: certificateIds, note: z.string().trim().max(1000).optional() });
const files = z.array(fileContent()).max(200);

/** The lists a hold or its end made, and when everybody outside knows; null while no list was ever published. */
interface Held {
  readonly lists: readonly { readonly authority: string; readonly number: number; readonly nextUpdate: string }[];
  readonly knownBy: string | null;
  readonly auditIndex: number;
}

export const certificates = {
  list: query<{ readonly certificates: readonly CertificateSummary[]; readonly next?: string }>()({
    access: whoMay('certificates.list'),
    input: z.strictObject({
      ...paging,
      person: id.optional(),
      authority: id.optional(),
      search: z.string().trim().max(200).optional(),
      isCurrent: z.boolean().optional(),
    }),
  }),

  /** By id, or the beginning (8 digits or more) of its id, SHA-256 or serial number. */
  show: query<CertificateDetails>()({
    access: whoMay('certificates.show'),
    input: z.strictObject({ certificate: z.string().trim().min(8).max(64) }),
  }),

  /** Certificates only: one PEM, DER, or the PEM chain with its issuers. */
  export: command<FileContent>()({
    access: whoMay('certificates.export'),
    input: z.strictObject({ certificate: id, format: z.enum(['pem', 'der', 'chain']) }),
    audit: 'certificate.export',
    subject: (input) => ({ certificate: input.certificate, format: input.format }),
  }),

  /** The private keys of one person's certificates in one file, with their chain. Without a password one is made, and answered once. */
  exportPrivateKey: command<{ readonly file: FileContent; readonly password: Secret | null }>()({
    access: whoMay('certificates.exportPrivateKey'),
    input: z.strictObject({
      certificates: z.array(id).min(1).max(20),
      format: z.enum(['p12-modern', 'p12-compatible', 'pkcs8']),
      password: secret().optional(),
    }),
    audit: 'key.export',
    subject: (input) => ({ certificates: input.certificates, format: input.format }),
  }),

  previewRevocation: query<RevocationPreview>()({
    access: whoMay('certificates.previewRevocation'),
    input: z.strictObject({ certificates: certificateIds }),
  }),

  /** Revokes for good and makes the issuer's next list of revoked certificates in the same unit. */
  revoke: command<{
    readonly revoked: readonly string[];
    readonly lists: readonly { readonly authority: string; readonly number: number; readonly nextUpdate: string }[];
    readonly knownBy: string | null;
    readonly auditIndex: number;
  }>()({
    access: whoMay('certificates.revoke'),
    input: z.strictObject({
      certificates: certificateIds,
      reason: z.enum(revokeReasons),
      note: z.string().trim().max(1000).optional(),
      invalidityDate: z.iso.datetime().optional(),
    }),
    audit: 'certificate.revoke',
    subject: (input) => ({ certificates: input.certificates, reason: input.reason }),
    fourEyes: ({ certificates }) => (certificates.length > revokedAlone ? 'bulk-revocation' : undefined),
  }),

  /** On hold until resumed or revoked for good, where the profile allows it; the issuer's next list names it in the same unit. */
  suspend: command<Held & { readonly suspended: readonly string[] }>()({
    access: whoMay('certificates.suspend'),
    input: heldCertificates,
    audit: 'certificate.suspend',
    subject: (input) => ({ certificates: input.certificates }),
  }),

  /** Off hold; the issuer's next full list no longer names it. */
  resume: command<Held & { readonly resumed: readonly string[] }>()({
    access: whoMay('certificates.resume'),
    input: heldCertificates,
    audit: 'certificate.resume',
    subject: (input) => ({ certificates: input.certificates }),
  }),

  /**
   * New keys and certificates for one person, of the kinds they have in the vault; the old decryption key is kept. What is
   * `onToken` is good and left as it is; refused while that is itself what must be renewed.
   */
  renew: command<{ readonly certificates: readonly string[]; readonly kept: readonly string[]; readonly onToken: readonly string[] }>()({
    access: whoMay('certificates.renew'),
    input: z.strictObject({
      person: id,
      algorithm: z.string().max(16).optional(),
      /** The reason to sign also what the lint calls an error. */
      override: z.string().trim().min(1).max(1000).optional(),
    }),
    audit: 'certificate.renew',
    subject: (input) => ({ person: input.person }),
  }),

  /** What importing these files would do, item by item; changes nothing. */
  previewImport: query<{ readonly items: readonly ImportItem[] }>()({
    access: whoMay('certificates.previewImport'),
    input: z.strictObject(brought),
  }),

  /**
   * Takes certificates and private keys in that were made elsewhere, as the preview says: all that can be taken, in one unit. Keys go to the
   * vault, and those that open mail to the escrow as well.
   */
  import: command<{ readonly items: readonly ImportItem[]; readonly certificates: readonly string[]; readonly keys: readonly string[] }>()({
    access: whoMay('certificates.import'),
    input: z.strictObject({ ...brought, store: z.enum(keyPlaces).default('vault') }),
    audit: 'certificate.import',
    subject: ({ store }) => (store === 'vault' ? {} : { store }),
  }),

  /** Pure: a full reading of one file. */
  inspect: query<unknown>()({
    access: 'public',
    input: z.strictObject({
      file: fileContent(),
      type: z.enum(['auto', 'certificate', 'crl', 'csr', 'pkcs7', 'pkcs12', 'pkcs8', 'ocsp', 'openpgp']).default('auto'),
      raw: z.boolean().default(false),
    }),
  }),

  /** Pure: does a path from the certificate to a trust anchor hold? */
  verifyChain: query<PathValidation>()({
    access: 'public',
    input: z.strictObject({
      certificate: fileContent(),
      trust: files.min(1),
      pool: files.default([]),
      crls: files.default([]),
      ocsp: files.default([]),
      time: z.iso.datetime({ offset: true }).optional(),
      purpose: z.enum(['any', 'smime-sign', 'smime-encrypt', 'client', 'server', 'ocsp', 'timestamp']).default('any'),
      policies: z
        .array(z.string().regex(/^\d+(\.\d+)+$/))
        .max(100)
        .default([]),
      explicitPolicy: z.boolean().default(false),
      inhibitMapping: z.boolean().default(false),
      inhibitAny: z.boolean().default(false),
      strict: z.boolean().default(false),
      maxDepth: z.int().min(0).max(100).optional(),
      email: z.string().max(320).optional(),
      dns: z.string().max(253).optional(),
      requireRevocation: z.boolean().default(false),
      allowWeak: z.boolean().default(false),
    }),
  }),

  /** Pure: what an OCSP response says of a certificate, and whether it may. */
  ocspCheck: query<OcspCheck>()({
    access: 'public',
    input: z.strictObject({
      response: fileContent(),
      issuer: fileContent(),
      certificate: fileContent(),
      time: z.iso.datetime({ offset: true }).optional(),
      allowWeak: z.boolean().default(false),
    }),
  }),

  /** Pure: what the rules say about one certificate. */
  lint: query<{ readonly findings: readonly LintFinding[] }>()({
    access: 'public',
    input: z.strictObject({ file: fileContent(), profile: z.string().max(64).optional() }),
  }),

  changed: push<{ readonly certificates: readonly string[] }>(),
};
