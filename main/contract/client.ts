import { AppError, type ErrorReply } from '../domain/errors.ts';
import type { Call, OutputOf, PayloadOf, Push } from './call.ts';
import type { Contract } from './contract.ts';
import type { Reply } from './door.ts';
import type { z } from 'zod';

/** What travels beside the JSON, for those who make calls from a place that sees nothing else of the contract: the window. */
export { FileContent, Secret } from './secret.ts';
export { attachFrames, detachFrames, frameBytes } from './wire/frames.ts';

type CallInput<C> = C extends { readonly input: z.ZodType<unknown, infer I> } ? I : never;

type Calls<A> = {
  readonly [K in keyof A as A[K] extends Push ? never : K]: A[K] extends Call ? (input: CallInput<A[K]>) => Promise<OutputOf<A[K]>> : never;
};

/** The contract as functions: `client.people.list({})`. */
export type Client = { readonly [A in keyof Contract]: Calls<Contract[A]> };

/** Names and payloads of everything the core may push. */
export type Pushes = UnionToIntersection<{ [A in keyof Contract & string]: PushesOf<A, Contract[A]> }[keyof Contract & string]>;

type PushesOf<A extends string, C> = { [K in keyof C & string as C[K] extends Push ? `${A}.${K}` : never]: PayloadOf<C[K]> };

type UnionToIntersection<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void ? I : never;

/** An error that came back through the door, with what the person can do about it. */
export class ReplyError extends AppError {
  readonly hint: string;
  readonly traceId: string;

  constructor(error: ErrorReply) {
    super(error.code, error.message, error.details);
    this.hint = error.hint;
    this.traceId = error.traceId;
  }
}

/**
 * A typed client over any transport that can make a call by name.
 * Every call answers its value or throws `ReplyError`.
 */
export function createClient(transport: (name: string, input: unknown) => Promise<Reply>): Client {
  const area = (name: string) =>
    new Proxy({}, { get: (_, call) => async (input: unknown) => valueOf(await transport(`${name}.${String(call)}`, input)) });
  return new Proxy({}, { get: (_, name) => area(String(name)) }) as Client;
}

function valueOf(reply: Reply): unknown {
  if (reply.ok) return reply.value;
  throw new ReplyError(reply.error);
}
