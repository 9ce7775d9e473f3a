import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { command, query } from './call.ts';
import { secret } from './secret.ts';

/** What the practice sends from, and through whom. */
export interface SubmissionView {
  /** The mailbox of the practice that test messages come from; null until one is chosen. */
  readonly sender: { readonly person: string; readonly name: string; readonly address: string } | null;
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly security: 'tls' | 'starttls';
    readonly user: string | null;
    /** Whether it must show a certificate of authorities that were given with it; else those count that this computer trusts. */
    readonly hasOwnTrust: boolean;
    readonly hasPassword: boolean;
  } | null;
}

/** A mailbox of the practice's own that signs test messages and gets their answers, and the mail server that sends them (RFC 6409, RFC 8314). */
export const submission = {
  show: query<SubmissionView>()({ access: whoMay('submission.show'), input: z.strictObject({}) }),

  /** Refused for the mailbox of a member of staff: nobody is signed for. */
  setSender: command<SubmissionView>()({
    access: whoMay('submission.setSender'),
    input: z.strictObject({ person: z.string().trim().min(1).max(320) }),
    audit: 'submission.sender',
    subject: () => ({}),
  }),

  /**
   * The password is sealed in the vault and never shown again. Left out, it is kept where the user and the host stay the same, and `trust`
   * where the host does; `trust` null is what this computer trusts.
   */
  set: command<SubmissionView>()({
    access: whoMay('submission.set'),
    input: z.strictObject({
      host: z.string().regex(/^[A-Za-z0-9_:][A-Za-z0-9._:-]{0,252}$/),
      port: z.int().min(1).max(65_535),
      security: z.enum(['tls', 'starttls']),
      user: z
        .string()
        .min(1)
        .max(320)
        .regex(/^\P{Cc}+$/u)
        .nullable()
        .default(null),
      trust: z
        .string()
        .max(262_144)
        .regex(/-----BEGIN CERTIFICATE-----/)
        .nullable()
        .optional(),
      password: secret().optional(),
    }),
    audit: 'submission.set',
    subject: ({ host, port, security }) => ({ host, port, security }),
  }),

  /** Whether the server is there, is who it should be and lets us in. Nothing is sent. */
  check: command<null>()({
    access: whoMay('submission.check'),
    input: z.strictObject({}),
    audit: 'submission.check',
    subject: () => ({}),
  }),

  /** Forgets the server; its password is overwritten in the vault. The sender stays. */
  remove: command<null>()({
    access: whoMay('submission.remove'),
    input: z.strictObject({}),
    audit: 'submission.remove',
    subject: () => ({}),
  }),
};
