import type { z } from 'zod';
import type { AuditAction } from '../domain/audit/action.ts';
import type { AuditSubject } from '../domain/audit/entry.ts';
import type { SecondPersonFor } from '../domain/access/four-eyes.ts';
import type { Role } from '../domain/access/role.ts';

/**
 * Who may make a call. `public`: the pure tools, without session or workspace, never logged. `door`: what must work
 * before anybody is signed in (status, init, sign-in, recovery). Otherwise the roles that may.
 */
export type Access = 'public' | 'door' | readonly Role[];

export interface Query<Input = unknown, Output = unknown, Sent = unknown, Who extends Access = Access> {
  readonly verb: 'query';
  readonly access: Who;
  /** Parses what a caller sent (defaults filled in) into the handler's input. */
  readonly input: z.ZodType<Input, Sent>;
  /** Set where reading is itself logged. */
  readonly audit?: AuditAction;
  /** What of the input is logged with it; nothing where this is not set. */
  subject?(input: Input): AuditSubject;
  /** Carries the output type only. */
  readonly output?: Output;
}

export interface Command<Input = unknown, Output = unknown, Sent = unknown, Who extends Access = Access> {
  readonly verb: 'command';
  readonly access: Who;
  readonly input: z.ZodType<Input, Sent>;
  readonly audit: AuditAction;
  /** The only part of the input that may be logged. */
  subject(input: Input): AuditSubject;
  /** What of it another officer has to approve, where the policy asks for that. */
  fourEyes?(input: Input): SecondPersonFor | undefined;
  readonly output?: Output;
}

export interface Push<Payload = unknown> {
  readonly verb: 'push';
  readonly payload?: Payload;
}

export type Call = Query | Command | Push;

/** Declares a read. Usage: `query<Output>()({ access, input })`. */
export const query =
  <Output>() =>
  <Input, Sent, const Who extends Access>(
    call: Omit<Query<Input, Output, Sent, Who>, 'verb' | 'output'>,
  ): Query<Input, Output, Sent, Who> => ({ verb: 'query', ...call });

/** Declares a change. Usage: `command<Output>()({ access, input, audit, subject })`. */
export const command =
  <Output>() =>
  <Input, Sent, const Who extends Access>(
    call: Omit<Command<Input, Output, Sent, Who>, 'verb' | 'output'>,
  ): Command<Input, Output, Sent, Who> => ({ verb: 'command', ...call });

/** Declares news from the core to every window. */
export const push = <Payload>(): Push<Payload> => ({ verb: 'push' });

export type InputOf<C> = C extends { readonly input: z.ZodType<infer I> } ? I : never;
export type OutputOf<C> = C extends { readonly output?: infer O } ? O : never;
export type PayloadOf<C> = C extends { readonly verb: 'push'; readonly payload?: infer P } ? P : never;
