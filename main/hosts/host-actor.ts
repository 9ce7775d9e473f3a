import { FileContent } from '../contract/secret.ts';
import type { Reply } from '../contract/door.ts';
import { hostActs, type HostAct, type HostAnswer, type HostInput } from '../contract/host-act.ts';
import { AppError } from '../domain/errors.ts';
import { errorReply } from './error-reply.ts';

/** The shell's hands: each act for the person at the machine. They throw AppError. */
export type HostActor = { readonly [A in HostAct]: (input: HostInput<A>) => Promise<HostAnswer<A>> };

/**
 * Does an act by name, whoever asked. Never rejects: unknown acts answer `unsupported`, input that does not fit
 * `input.invalid`. Files in the answer are `FileContent`.
 */
export async function performHostAct(actor: HostActor, act: string, input: unknown): Promise<Reply> {
  try {
    if (!isHostAct(act)) throw new AppError('unsupported', 'The window cannot do that.', { what: act });
    return { ok: true, value: withFileContent(await perform(actor, act, input)) };
  } catch (error) {
    return { ok: false, error: errorReply(error) };
  }
}

function perform<A extends HostAct>(actor: HostActor, act: A, input: unknown): Promise<HostAnswer<A>> {
  const parsed = hostActs[act].input.safeParse(input);
  if (!parsed.success) throw new AppError('input.invalid', 'The window was asked for something that does not fit.', { field: act });
  return actor[act](parsed.data as HostInput<A>);
}

const isHostAct = (act: string): act is HostAct => Object.hasOwn(hostActs, act);

/** Files as what travels in frames. Acts hold them only in `files`. */
export function withFileContent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('files' in value) || !Array.isArray(value.files)) return value;
  return { ...value, files: value.files.map(({ name, bytes }: { name: string; bytes: Uint8Array }) => new FileContent(name, bytes)) };
}
