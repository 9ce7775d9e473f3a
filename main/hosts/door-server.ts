import type { Caller, Door, Reply } from '../contract/door.ts';
import { errorReply } from './error-reply.ts';

export interface CallMessage {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

/** What a core says to whoever calls it. */
export type DoorAnswer =
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply }
  | { readonly kind: 'push'; readonly name: string; readonly payload: unknown };

/** Says an answer; the secrets in it are wiped once it is written. */
export type SayAnswer = (answer: DoorAnswer) => Promise<void>;

/**
 * Makes a call at the door and says the reply. A reply that cannot be said (too large, not JSON) becomes an error
 * reply; a peer that has gone meanwhile needs none.
 */
export async function answerCall(door: Door, message: CallMessage, caller: Caller, say: SayAnswer): Promise<void> {
  const reply = await door.call(message.name, message.input, caller);
  try {
    await say({ kind: 'reply', id: message.id, reply });
  } catch (error) {
    await say({ kind: 'reply', id: message.id, reply: { ok: false, error: errorReply(error) } }).catch(() => undefined);
  }
}

/** Forwards every push until the returned function is called. */
export function forwardPushes(door: Door, say: SayAnswer): () => void {
  return door.subscribe((name, payload) => {
    // A peer that is gone hears nothing; its connection ends by itself.
    say({ kind: 'push', name, payload }).catch(() => undefined);
  });
}
