import { z } from 'zod';
import type { KeyCheck } from '../domain/key/check-private-key.ts';
import type { OpenedMessage } from '../domain/cms/decrypt-cms.ts';
import type { MessageVerdict } from '../domain/cms/verify-cms.ts';
import type { OpenPgpReading } from '../domain/openpgp/inspect-openpgp.ts';
import type { PfxListing } from '../domain/pfx/list-pfx.ts';
import type { CrlVerdict } from '../domain/x509/path-validation/check-crl.ts';
import { query } from './call.ts';
import { fileContent, secret, type FileContent } from './secret.ts';

const time = z.iso.datetime({ offset: true });

const files = z.array(fileContent()).max(200);

const signatureQuestion = {
  trust: files.min(1).optional(),
  pool: files.default([]),
  crls: files.default([]),
  time: time.optional(),
  allowSha1: z.boolean().default(false),
  requireRevocation: z.boolean().default(false),
};

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

  /** Is a list of revoked certificates its issuer's, and does it count at that time? */
  checkCrl: query<CrlVerdict>()({
    access: 'public',
    input: z.strictObject({ crl: fileContent(), issuer: fileContent(), time: time.optional(), allowWeak: z.boolean().default(false) }),
  }),
};
