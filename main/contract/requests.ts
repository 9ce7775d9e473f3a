import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import type { LintFinding } from '../domain/lint/finding.ts';
import type { RequestItem } from '../domain/request/compare-request.ts';
import { command, query } from './call.ts';
import { id } from './paging.ts';
import { fileContent, type FileContent } from './secret.ts';

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

/** A request for an authority outside, and the file to send there. */
export interface NewRequest {
  readonly request: string;
  readonly key: string;
  readonly subject: string;
  readonly emails: readonly string[];
  readonly file: FileContent;
}

/** A request that waits for its answer. */
export interface OpenRequest {
  readonly request: string;
  readonly subject: string;
  readonly emails: readonly string[];
  readonly purpose: 'sign' | 'encrypt' | 'dual';
  readonly person: string | null;
  readonly key: string;
  readonly createdAt: string;
}

export interface AcceptedAnswer {
  readonly certificate: string;
  readonly request: string;
  readonly person: string | null;
  readonly emails: readonly string[];
  /** Mailboxes that were asked for and are not in the certificate. */
  readonly missing: readonly string[];
  /** What the rules say of it: to be known, not to be refused, because it is made. */
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

/** Requests (PKCS #10, RFC 2986): from outside, for keys that are elsewhere; and to authorities outside, for keys that are here. */
export const requests = {
  preview: query<RequestPreview>()({ access: whoMay('requests.preview'), input: z.strictObject(request) }),

  /** Signs it as the preview says. `override` is the reason to do so against an error of the lint. */
  sign: command<{ readonly certificate: string; readonly replaced: readonly string[] }>()({
    access: whoMay('requests.sign'),
    input: z.strictObject({ ...request, override: z.string().trim().min(1).max(1000).optional() }),
    audit: 'authority.sign-request',
    subject: (input) => ({
      ...(input.profile === undefined ? {} : { profile: input.profile }),
      ...(input.person === undefined ? {} : { person: input.person }),
      ...(input.authority === undefined ? {} : { authority: input.authority }),
    }),
  }),

  /** Makes a key, keeps it in the vault, and writes the request that an authority outside is to sign. */
  make: command<NewRequest>()({
    access: whoMay('requests.make'),
    input: z.strictObject({
      /** Whose it is; their name and mailboxes where nothing else is said. */
      person: id.optional(),
      /** As `CN=Front Desk,O=Ridgeway`. */
      subject: z.string().trim().min(1).max(1000).optional(),
      emails: z.array(z.string().min(1).max(320)).max(50).default([]),
      purpose: z.enum(['sign', 'encrypt', 'dual']).default('dual'),
      /** The practice's usual one where left out. */
      algorithm: z.string().max(16).optional(),
      format: z.enum(['pem', 'der']).default('pem'),
    }),
    audit: 'certificate.request',
    subject: (input) => ({ purpose: input.purpose, ...(input.person === undefined ? {} : { person: input.person }) }),
  }),

  open: query<{ readonly requests: readonly OpenRequest[] }>()({ access: whoMay('requests.open'), input: z.strictObject({}) }),

  /** The file of a request that waits, once more. */
  file: query<{ readonly file: FileContent }>()({
    access: whoMay('requests.file'),
    input: z.strictObject({ request: id, format: z.enum(['pem', 'der']).default('pem') }),
  }),

  /** Gives a request up: its key is destroyed, and an answer to it is none any more. */
  withdraw: command<{ readonly request: string }>()({
    access: whoMay('requests.withdraw'),
    input: z.strictObject({ request: id }),
    audit: 'certificate.request-withdraw',
    subject: ({ request: withdrawn }) => ({ request: withdrawn }),
  }),

  /** Takes in what an authority outside has made of a request, with its chain. */
  accept: command<AcceptedAnswer>()({
    access: whoMay('requests.accept'),
    input: z.strictObject({
      /** PEM, DER or PKCS #7; the chain may come in files of its own. */
      files: z.array(fileContent()).min(1).max(20),
    }),
    audit: 'certificate.accept',
    subject: () => ({}),
  }),
};
