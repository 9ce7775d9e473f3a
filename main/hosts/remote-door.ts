import type { Caller, Door, Reply } from '../contract/door.ts';
import type { ErrorReply } from '../domain/errors.ts';
import { errorReply } from './error-reply.ts';

/** What a remote door says to its core. */
export type DoorMessage =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly connection: string;
      readonly host: Caller['host'];
      readonly name: string;
      readonly input: unknown;
    }
  | { readonly kind: 'disconnect'; readonly connection: string };

/** Says a message and wipes the secrets in it. Rejects with an AppError when it cannot be said. */
export type Say = (message: DoorMessage) => Promise<void>;

type Way = { readonly say: Say } | { readonly absence: ErrorReply };

/**
 * The door of a core in another process. As at every door, secrets in the input of a call are wiped once it is
 * answered. Calls wait for a core that is starting; while there is none they answer the reason at once.
 */
export class RemoteDoor implements Door {
  readonly #listeners = new Set<(name: string, payload: unknown) => void>();
  readonly #pending = new Map<number, (reply: Reply) => void>();
  readonly #onClose: () => Promise<void>;
  #way = Promise.withResolvers<Way>();
  #nextId = 1;

  constructor(onClose: () => Promise<void>) {
    this.#onClose = onClose;
  }

  async call(name: string, input: unknown, caller: Caller): Promise<Reply> {
    const way = await this.#way.promise;
    if ('absence' in way) return { ok: false, error: way.absence };
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      const refuse = (error: unknown): void => this.settle(id, { ok: false, error: errorReply(error) });
      way.say({ kind: 'call', id, connection: caller.connection, host: caller.host, name, input }).catch(refuse);
    });
  }

  subscribe(listener: (name: string, payload: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  disconnect(connection: string): void {
    // A core that is gone has no connections left.
    const say = async (way: Way): Promise<void> => ('say' in way ? way.say({ kind: 'disconnect', connection }) : undefined);
    this.#way.promise.then(say).catch(() => undefined);
  }

  close(): Promise<void> {
    return this.#onClose();
  }

  /** A core is starting: calls wait for it. */
  expect(): void {
    this.#way = Promise.withResolvers();
  }

  /** From now on calls go this way. */
  attach(say: Say): void {
    this.#settleWay({ say });
  }

  /** The core is gone: what is pending, and every call until the next `expect`, answers `reason`. */
  detach(reason: ErrorReply): void {
    this.#settleWay({ absence: reason });
    for (const id of this.#pending.keys()) this.settle(id, { ok: false, error: reason });
  }

  /** A reply has come. One to no call is let go: its call was answered when a core died. */
  settle(id: number, reply: Reply): void {
    this.#pending.get(id)?.(reply);
    this.#pending.delete(id);
  }

  /** News has come. */
  tell(name: string, payload: unknown): void {
    for (const listener of this.#listeners) listener(name, payload);
  }

  #settleWay(way: Way): void {
    this.#way.resolve(way);
    this.#way = Promise.withResolvers();
    this.#way.resolve(way);
  }
}
