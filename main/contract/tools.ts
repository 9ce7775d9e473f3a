import { z } from 'zod';
import type { KeyCheck } from '../domain/key/check-private-key.ts';
import type { PfxListing } from '../domain/pfx/list-pfx.ts';
import type { CrlVerdict } from '../domain/x509/path-validation/check-crl.ts';
import { query } from './call.ts';
import { fileContent, secret } from './secret.ts';

const time = z.iso.datetime({ offset: true });

/** The pure tools that are about no certificate alone: public, without workspace, never logged. */
export const tools = {
  /** Do the parts of one private key belong together? */
  checkKey: query<KeyCheck>()({ access: 'public', input: z.strictObject({ file: fileContent() }) }),

  /** What is in a PKCS #12 file? Without `password` none was given, which is not the empty one. */
  listPkcs12: query<PfxListing>()({ access: 'public', input: z.strictObject({ file: fileContent(), password: secret().optional() }) }),

  /** Is a list of revoked certificates its issuer's, and does it count at that time? */
  checkCrl: query<CrlVerdict>()({
    access: 'public',
    input: z.strictObject({ crl: fileContent(), issuer: fileContent(), time: time.optional(), allowWeak: z.boolean().default(false) }),
  }),
};
