import type { SignedIn } from '../contract/session.ts';
import type { Secret } from '../contract/secret.ts';
import type { Commit } from './handler.ts';
import type { Session } from './open-session.ts';
import type { SpendCode } from './second-factor.ts';

export type { Session };

/** What whoever has signed in is told. */
export type Entered = SignedIn & { readonly recoveryCode?: Secret };

/** Somebody whose passphrase was right and whose second factor is still to come: no session, nothing may be done. */
export interface HeldSignIn extends Session {
  readonly since: Date;
  enter(spend: SpendCode): Promise<Commit<Entered>>;
}

/** How long a right passphrase waits for its code. Milliseconds. */
const longestHold = 300_000;

/** At most one session a connection, and at most one sign-in that waits for its code. */
export class SessionRegistry {
  readonly #sessions = new Map<string, Session>();
  readonly #held = new Map<string, HeldSignIn>();
  readonly #onEnded: (left: readonly Session[]) => void;

  /** `onEnded` runs after a session has ended, with those that go on. */
  constructor(onEnded: (left: readonly Session[]) => void) {
    this.#onEnded = onEnded;
  }

  of(connection: string): Session | undefined {
    return this.#sessions.get(connection);
  }

  isAnybodyThere(): boolean {
    return this.#sessions.size > 0;
  }

  /** Whether this very session has not ended. */
  isThere(session: Session): boolean {
    return [...this.#sessions.values()].includes(session);
  }

  /** Keeps a sign-in until its code has come; one before it on the same connection is wiped. */
  hold(connection: string, signIn: HeldSignIn): void {
    this.#release(connection);
    this.#held.set(connection, signIn);
  }

  /** The sign-in that waits for its code, unless it has waited too long. */
  held(connection: string, now: Date): HeldSignIn | undefined {
    this.releaseOld(now);
    return this.#held.get(connection);
  }

  /** Wipes what has waited too long. A clock set back ends it too. */
  releaseOld(now: Date): void {
    for (const [connection, { since }] of this.#held) {
      const waited = now.getTime() - since.getTime();
      if (waited < 0 || waited > longestHold) this.#release(connection);
    }
  }

  begin(connection: string, session: Session): void {
    if (this.#held.get(connection)?.unlocked === session.unlocked) this.#held.delete(connection);
    this.#release(connection);
    const before = this.#sessions.get(connection);
    this.#sessions.set(connection, session);
    if (before === undefined) return;
    before.unlocked.wipe();
    this.#onEnded([...this.#sessions.values()]);
  }

  /** Wipes what the session, or a sign-in that waits, had opened. Ending none is fine. */
  end(connection: string): void {
    this.#release(connection);
    const ended = this.#sessions.get(connection);
    if (ended === undefined) return;
    ended.unlocked.wipe();
    this.#sessions.delete(connection);
    this.#onEnded([...this.#sessions.values()]);
  }

  /** Ends every session of an operator. */
  endOf(operatorId: string): void {
    for (const [connection, { operator }] of [...this.#sessions, ...this.#held]) if (operator.id === operatorId) this.end(connection);
  }

  /** Ends every session of an operator but the one on this connection. */
  endOthersOf(operatorId: string, connection: string): void {
    for (const [other, { operator }] of [...this.#sessions, ...this.#held])
      if (operator.id === operatorId && other !== connection) this.end(other);
  }

  endAll(): void {
    for (const connection of [...this.#sessions.keys(), ...this.#held.keys()]) this.end(connection);
  }

  #release(connection: string): void {
    this.#held.get(connection)?.unlocked.wipe();
    this.#held.delete(connection);
  }
}
