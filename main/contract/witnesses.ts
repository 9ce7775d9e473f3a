import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { command, query } from './call.ts';

/** Somebody outside who looks whether the log only grows, and signs that it did (C2SP tlog-witness). */
export interface WitnessView {
  readonly name: string;
  /** Where it is asked; below it is `add-checkpoint`. */
  readonly url: string;
  readonly vkey: string;
  /** What it cosigned last; null for nothing yet. */
  readonly cosigned: { readonly size: number; readonly time: string } | null;
  /** Why it did not, since when; null while it does. */
  readonly failure: { readonly since: string; readonly error: ErrorCode } | null;
}

/** What came of asking one. */
export interface WitnessAnswer {
  readonly name: string;
  /** Entries of the checkpoint that it was asked to cosign. */
  readonly size: number;
  /** When it says it saw it; null where it did not cosign, and `error` says why. */
  readonly time: string | null;
  readonly error: ErrorCode | null;
}

/** The name of its key (C2SP signed-note). */
const name = z
  .string()
  .max(200)
  .regex(/^[^\s+]+$/);
/** Over TLS; on this computer itself, without. */
const url = z
  .string()
  .max(1000)
  .regex(/^(https:\/\/[A-Za-z0-9.:[\]-]+|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?)(\/[A-Za-z0-9._~/-]*)?$/);

/** Witnesses of the log. One is asked only when somebody says so, and is told nothing but the signed total and hashes. */
export const witnesses = {
  /** Who they are, and the public key of this log, which whoever runs a witness has to be given. */
  list: query<{ readonly witnesses: readonly WitnessView[]; readonly logKey: string }>()({
    access: whoMay('witnesses.list'),
    input: z.strictObject({}),
  }),

  /** Takes note of one, by its key and where it is asked. Nobody is asked yet. */
  add: command<WitnessView>()({
    access: whoMay('witnesses.add'),
    input: z.strictObject({ vkey: z.string().max(400), url }),
    audit: 'audit.witness-add',
    subject: ({ url: asked }) => ({ place: new URL(asked).host }),
  }),

  /** What it cosigned is kept. */
  remove: command<null>()({
    access: whoMay('witnesses.remove'),
    input: z.strictObject({ name }),
    audit: 'audit.witness-remove',
    subject: ({ name: witness }) => ({ witness }),
  }),

  /** Asks one or all to cosign the newest signed total, and keeps what holds. What a witness refuses is an answer while another one cosigns. */
  ask: command<{ readonly answers: readonly WitnessAnswer[] }>()({
    access: whoMay('witnesses.ask'),
    input: z.strictObject({ name: name.optional() }),
    audit: 'audit.witness',
    subject: ({ name: witness }) => (witness === undefined ? {} : { witness }),
  }),
};
