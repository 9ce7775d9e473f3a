import { z } from 'zod';
import { roles } from '../domain/access/role.ts';
import type { LintFinding } from '../domain/lint/finding.ts';
import type { RequestItem } from '../domain/request/compare-request.ts';
import { command, query } from './call.ts';
import { id } from './paging.ts';
import { fileContent } from './secret.ts';

/** What a request asks for, what would come of it, and why; said before anything is signed. */
export interface RequestPreview {
  readonly asked: { readonly subject: string; readonly emails: readonly string[]; readonly keyAlgorithm: string };
  /** The profile that would be used, and those that fit the key. */
  readonly profile: string;
  readonly profiles: readonly string[];
  /** Who it would belong to; null for somebody outside the practice. */
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly issuerName: string;
  readonly made: { readonly subject: string; readonly emails: readonly string[]; readonly notBefore: string; readonly notAfter: string };
  readonly items: readonly RequestItem[];
  /** What the rules say of the certificate that would be made; one of severity `error` stops it. */
  readonly findings: readonly LintFinding[];
}

const request = {
  /** PKCS #10, PEM or DER. */
  file: fileContent(),
  /** A profile for one key; by what the request asks its key to do where left out. */
  profile: z.string().max(64).optional(),
  /** Whose it is; whoever has its mailboxes where left out. */
  person: id.optional(),
  /** Who signs it; the authority that issues to people where left out. */
  authority: id.optional(),
};

/** Certificates for keys that are elsewhere: requests from outside (PKCS #10, RFC 2986). */
export const requests = {
  preview: query<RequestPreview>()({ access: roles, input: z.strictObject(request) }),

  /** Signs it as the preview says. `override` is the reason to do so against an error of the lint. */
  sign: command<{ readonly certificate: string; readonly replaced: readonly string[] }>()({
    access: roles,
    input: z.strictObject({ ...request, override: z.string().trim().min(1).max(1000).optional() }),
    audit: 'authority.sign-request',
    subject: (input) => ({
      ...(input.profile === undefined ? {} : { profile: input.profile }),
      ...(input.person === undefined ? {} : { person: input.person }),
      ...(input.authority === undefined ? {} : { authority: input.authority }),
    }),
  }),
};
