import { z } from 'zod';
import { roles } from '../domain/access/role.ts';
import { command, query } from './call.ts';
import { id } from './paging.ts';
import type { FileContent } from './secret.ts';

export interface AuthoritySummary {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly algorithm: string;
  readonly certificateId: string;
  readonly sha256: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly publishUrl: string | null;
  readonly latestList: {
    readonly number: number;
    readonly thisUpdate: string;
    readonly nextUpdate: string;
    readonly entries: number;
  } | null;
}

export const authorities = {
  list: query<{ readonly authorities: readonly AuthoritySummary[] }>()({ access: roles, input: z.strictObject({}) }),

  /** The authority's certificate with those above it, PEM. */
  export: command<FileContent>()({
    access: roles,
    input: z.strictObject({ authority: id, format: z.enum(['pem', 'der', 'chain']).default('chain') }),
    audit: 'certificate.export',
    subject: (input) => ({ authority: input.authority, format: input.format }),
  }),

  /**
   * Makes the next list of revoked certificates (CRL, RFC 5280 section 5), DER. `handOut`: others will have it. `delta`: what changed since
   * the last full one that others were given, which `base` names (section 5.2.4).
   */
  crl: command<{ readonly file: FileContent; readonly number: number; readonly nextUpdate: string; readonly base: number | null }>()({
    access: roles,
    input: z.strictObject({ authority: id, handOut: z.boolean().default(true), delta: z.boolean().default(false) }),
    audit: 'authority.crl',
    subject: (input) => ({ authority: input.authority }),
  }),

  /** The next list of every authority whose newest one is old enough to be replaced, or that has none. DER, under the names certificates point to. */
  crlDue: command<{
    readonly lists: readonly { readonly authority: string; readonly number: number; readonly nextUpdate: string }[];
    readonly files: readonly FileContent[];
  }>()({
    access: roles,
    input: z.strictObject({ handOut: z.boolean().default(true) }),
    audit: 'authority.crl',
    subject: () => ({}),
  }),

  /** Every authority's certificate and a fresh list, under the names the certificates point to. */
  publish: command<{ readonly files: readonly FileContent[]; readonly publishUrl: string | null }>()({
    access: roles,
    input: z.strictObject({}),
    audit: 'authority.publish',
    subject: () => ({}),
  }),
};
