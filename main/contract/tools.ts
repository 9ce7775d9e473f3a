import { z } from 'zod';
import type { KeyCheck } from '../domain/key/check-private-key.ts';
import type { ExportedLogVerification } from '../domain/audit/exported-log.ts';
import type { SelectionVerification } from '../domain/audit/selected-entry.ts';
import type { OpenedMessage } from '../domain/cms/decrypt-cms.ts';
import type { MessageVerdict } from '../domain/cms/verify-cms.ts';
import type { OpenPgpReading } from '../domain/openpgp/inspect-openpgp.ts';
import type { PfxListing } from '../domain/pfx/list-pfx.ts';
import type { OpenPgpVerdict } from '../domain/openpgp/verdict.ts';
import type { CrlVerdict } from '../domain/x509/path-validation/check-crl.ts';
import { query } from './call.ts';
import { fileContent, secret, type FileContent } from './secret.ts';

const time = z.iso.datetime({ offset: true });

const vkey = z.string().max(1000);

/** Base64 in the one form an encoder writes; whether it is a hash is for the verdict to say. */
const hash = z.base64().max(200);

const path = z.array(hash).max(200);

const size = z.int().min(0);

const files = z.array(fileContent()).max(200);

const signatureQuestion = {
  trust: files.min(1).optional(),
  pool: files.default([]),
  crls: files.default([]),
  time: time.optional(),
  allowSha1: z.boolean().default(false),
  requireRevocation: z.boolean().default(false),
};

/** Signers of a note; its text only when it counts. */
export interface NoteCheck {
  readonly valid: boolean;
  /** `time` is when a witness saw the note. */
  readonly signers: readonly { readonly name: string; readonly keyId: string; readonly time?: string }[];
  readonly text: string | null;
  readonly findings: readonly ToolFinding[];
}

export interface ProofCheck {
  readonly valid: boolean;
  readonly findings: readonly ToolFinding[];
}

interface ToolFinding {
  readonly code: 'note.unknown-signers' | 'note.not-cosigned' | 'note.wrong-signature' | 'proof.does-not-hold';
  readonly detail: string;
}

/** What stands beside exported entries, and the key that is known. */
const logHead = { checkpoint: fileContent().optional(), bundleKey: fileContent().optional(), vkey: vkey.optional() };

/** The key a log was held against, and whether somebody gave it or it lay beside the log. */
interface KeyUsed {
  readonly key: string;
  readonly keyFrom: 'given' | 'bundle';
}

/** The pure tools that are about no certificate alone: public, without workspace, never logged. */
export const tools = {
  /** Do the parts of one private key belong together? */
  checkKey: query<KeyCheck>()({ access: 'public', input: z.strictObject({ file: fileContent(), password: secret().optional() }) }),

  /** What is in a PKCS #12 file? Without `password` none was given, which is not the empty one. */
  listPkcs12: query<PfxListing>()({ access: 'public', input: z.strictObject({ file: fileContent(), password: secret().optional() }) }),

  /** Does a CMS file hold, and who signed it? Without `trust` no path is asked for. */
  verifyCms: query<MessageVerdict>()({
    access: 'public',
    input: z.strictObject({ file: fileContent(), content: fileContent().optional(), ...signatureQuestion }),
  }),

  /** Does a mail hold, layer by layer, and is it from whom it says? Without `trust` no path is asked for. */
  verifyMail: query<MessageVerdict>()({ access: 'public', input: z.strictObject({ file: fileContent(), ...signatureQuestion }) }),

  /** Opens an encrypted file with a private key, or with the password of the message. */
  decryptCms: query<Omit<OpenedMessage, 'content'> & { readonly file: FileContent; readonly size: number }>()({
    access: 'public',
    input: z.strictObject({
      file: fileContent(),
      key: fileContent().optional(),
      certificate: fileContent().optional(),
      /** Senders' certificates, for messages made with a static key. */
      pool: files.default([]),
      password: secret().optional(),
      messagePassword: secret().optional(),
    }),
  }),

  /** Signs a file with a key the caller brings; the first certificate is the signer's. */
  signCms: query<{ readonly file: FileContent }>()({
    access: 'public',
    input: z.strictObject({
      file: fileContent(),
      key: fileContent(),
      certificate: fileContent(),
      password: secret().optional(),
      isDetached: z.boolean().default(false),
    }),
  }),

  /** Encrypts a file to the first certificate of each of these. */
  encryptCms: query<{ readonly file: FileContent }>()({
    access: 'public',
    input: z.strictObject({ file: fileContent(), to: files.min(1) }),
  }),

  /** What is in an OpenPGP file? Signatures are read, not verified. */
  inspectOpenPgp: query<OpenPgpReading>()({ access: 'public', input: z.strictObject({ file: fileContent() }) }),

  /** Who signed an OpenPGP file, and does it hold now? Unknown is not valid. */
  verifyOpenPgp: query<OpenPgpVerdict>()({
    access: 'public',
    input: z.strictObject({ file: fileContent(), signature: fileContent().optional(), certificates: files.min(1) }),
  }),

  /** Opens an OpenPGP message, and says as `verifyOpenPgp` who signed it. */
  decryptOpenPgp: query<OpenPgpVerdict & { readonly file: FileContent; readonly size: number }>()({
    access: 'public',
    input: z.strictObject({ file: fileContent(), key: fileContent(), password: secret().optional(), certificates: files.default([]) }),
  }),

  /** Is a signed note (C2SP) signed by one of these keys, and by none of them wrongly? */
  verifyNote: query<NoteCheck>()({
    access: 'public',
    input: z.strictObject({ file: fileContent(), vkeys: z.array(vkey).min(1).max(100), witnesses: z.array(vkey).max(100).default([]) }),
  }),

  /** Is a leaf in a tree (RFC 9162 section 2.1.3)? Hashes in base64. */
  verifyInclusion: query<ProofCheck>()({
    access: 'public',
    input: z.strictObject({ leafHash: hash, index: size, treeSize: size, path, rootHash: hash }),
  }),

  /** Does the second tree begin with the whole first one (RFC 9162 section 2.1.4)? Hashes in base64. */
  verifyConsistency: query<ProofCheck>()({
    access: 'public',
    input: z.strictObject({ size1: size, root1: hash, size2: size, root2: hash, path }),
  }),

  /** Does a log that was written out hold? Without `vkey` it is held against the key that lies beside it, which proves less. */
  verifyExportedLog: query<ExportedLogVerification & KeyUsed>()({
    access: 'public',
    input: z.strictObject({
      entries: z.array(fileContent()).max(10_000),
      /** Named by their paths, as `tile/0/000`. */
      tiles: z.array(fileContent()).max(1_000_000).default([]),
      leafHashes: fileContent().optional(),
      /** What says that the first entries are in archives. */
      sealed: fileContent().optional(),
      ...logHead,
    }),
  }),

  /** Are these entries in the log of a checkpoint? Each stands in a line with its path; the key as above. */
  verifySelection: query<SelectionVerification & KeyUsed>()({
    access: 'public',
    input: z.strictObject({ selected: z.array(fileContent()).max(10_000), ...logHead }),
  }),

  /** Is a list of revoked certificates its issuer's, and does it count at that time? */
  checkCrl: query<CrlVerdict>()({
    access: 'public',
    input: z.strictObject({ crl: fileContent(), issuer: fileContent(), time: time.optional(), allowWeak: z.boolean().default(false) }),
  }),
};
