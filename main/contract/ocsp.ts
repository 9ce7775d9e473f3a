import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { answeredAtATime } from '../domain/x509/ocsp/response-path.ts';
import { command } from './call.ts';
import { id } from './paging.ts';
import { fileContent, type FileContent } from './secret.ts';

/** S/MIME BR section 4.9.10: a response counts for ten days at most. */
const mostDays = 10;
const days = z.int().min(1).max(mostDays);

/** OCSP (RFC 6960) for the practice's authorities: nothing here listens, answers are files. */
export const ocsp = {
  /**
   * Responses to be served as they are (RFC 5019): one for each way to ask about each certificate that has not ended, a page at a time.
   * Each file is named as the request is in an address: base64, whose slashes divide folders.
   */
  presign: command<{
    readonly files: readonly FileContent[];
    readonly certificates: number;
    /** What to go on from; null when all are answered for. */
    readonly next: string | null;
    readonly nextUpdate: string;
    /** Where they are to be found; null while certificates name no place. */
    readonly ocspUrl: string | null;
  }>()({
    access: whoMay('ocsp.presign'),
    input: z.strictObject({
      authority: id,
      days: days.default(4),
      after: z
        .string()
        .regex(/^[0-9a-f]{2,128}$/)
        .optional(),
      limit: z.int().min(1).max(answeredAtATime).default(answeredAtATime),
    }),
    audit: 'authority.ocsp',
    subject: ({ authority }) => ({ authority }),
  }),

  /** Answers one request, DER, with its nonce. What this authority never issued is unknown. */
  answer: command<{
    readonly file: FileContent;
    readonly nextUpdate: string;
    readonly answers: readonly { readonly serialNumber: string; readonly status: 'good' | 'revoked' | 'unknown' }[];
  }>()({
    access: whoMay('ocsp.answer'),
    input: z.strictObject({ authority: id, request: fileContent(), days: days.default(1) }),
    audit: 'authority.ocsp',
    subject: ({ authority }) => ({ authority }),
  }),

  /** Says in what is issued from now on where OCSP is answered, or that it is nowhere. */
  address: command<{ readonly ocspUrl: string | null }>()({
    access: whoMay('ocsp.address'),
    input: z.strictObject({
      authority: id,
      url: z
        .url({ protocol: /^http$/ })
        .max(200)
        .nullable(),
    }),
    audit: 'authority.ocsp-address',
    subject: ({ authority }) => ({ authority }),
  }),
};
