import { z } from 'zod';
import type { ErrorDetails, ErrorReply, ErrorCode } from '../domain/errors.ts';

/** What a peer may send. One that goes beyond is disconnected. Octets. */
export const wireLimits = {
  json: 16 * 1024 * 1024,
  secret: 64 * 1024,
  file: 64 * 1024 * 1024,
  frames: 256,
  /** JSON and frames of one message together. */
  message: 128 * 1024 * 1024,
  /** A message travels in parts of at most this many octets, so that a big file never blocks a small call. */
  part: 1024 * 1024,
} as const;

export type WireLimits = { readonly [K in keyof typeof wireLimits]: number };

/** Enough for greetings: what a peer may send before it is known who it is. */
export const greetingLimits: WireLimits = { json: 4096, secret: 0, file: 0, frames: 0, message: 4096, part: 4096 };

const id = z.number().int().nonnegative();
const name = z.string().min(1).max(100);
const errorReply = z.object({
  code: z.custom<ErrorCode>((value) => typeof value === 'string'),
  message: z.string(),
  hint: z.string(),
  details: z.custom<ErrorDetails>((value) => typeof value === 'object' && value !== null),
  traceId: z.string(),
}) satisfies z.ZodType<ErrorReply>;

const call = z.strictObject({
  kind: z.literal('call'),
  id,
  connection: name,
  host: z.enum(['window', 'command-line']),
  name,
  input: z.unknown().default(null),
});
const disconnect = z.strictObject({ kind: z.literal('disconnect'), connection: name });
const answer = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown().default(null) }),
  z.strictObject({ ok: z.literal(false), error: errorReply }),
]);

const reply = z.strictObject({ kind: z.literal('reply'), id, reply: answer });
const push = z.strictObject({ kind: z.literal('push'), name, payload: z.unknown().default(null) });
/** The workspace is open and calls are answered. */
const ready = z.strictObject({ kind: z.literal('ready') });
/** The workspace could not be opened; the core ends after this. */
const refused = z.strictObject({ kind: z.literal('refused'), error: errorReply });

const hostRequest = z.strictObject({ kind: z.literal('host-request'), id, act: name, input: z.unknown().default(null) });
const hostAnswer = z.strictObject({ kind: z.literal('host-answer'), id, reply: answer });
const hostEvent = z.strictObject({ kind: z.literal('host-event'), event: name });

/** Asks a peer to show that it may write in the workspace, by making an empty file of this name there. */
const prove = z.strictObject({ kind: z.literal('prove'), file: z.string().regex(/^\.peer-[0-9a-f]{64}$/) });
const proved = z.strictObject({ kind: z.literal('proved') });

/** What the core hears from its shell, and its shell from the core. */
export const fromShell = z.discriminatedUnion('kind', [call, disconnect, hostAnswer, hostEvent]);
export const toShell = z.discriminatedUnion('kind', [ready, refused, reply, push, hostRequest]);

/** What the core hears from a command line, and a command line from the core. */
export const fromCommandLine = z.discriminatedUnion('kind', [proved, call, disconnect]);
export const toCommandLine = z.discriminatedUnion('kind', [prove, ready, reply, push]);

export type FromShell = z.infer<typeof fromShell>;
export type ToShell = z.infer<typeof toShell>;
export type FromCommandLine = z.infer<typeof fromCommandLine>;
export type ToCommandLine = z.infer<typeof toCommandLine>;
export type WireMessage = FromShell | ToShell | FromCommandLine | ToCommandLine;
