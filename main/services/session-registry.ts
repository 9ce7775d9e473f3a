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
  /** When each connection with a session was used last, in milliseconds of the clock. */
  readonly #used = new Map<string, number>();
  /** When whoever is signed in showed last that it is them, in milliseconds of the clock. */
  readonly #proven = new Map<string, number>();
  /** Commands that are being carried out, by connection: whoever waits for one is there. */
  readonly #working = new Map<string, number>();
  readonly #listeners: ((ended: Session, left: readonly Session[]) => void)[] = [];

  /** Told after a session has ended, with those that go on; must not fail. */
  onEnded(listener: (ended: Session, left: readonly Session[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Somebody used this connection. */
  use(connection: string, now: Date): void {
    if (this.#sessions.has(connection)) this.#used.set(connection, now.getTime());
  }

  /** Passphrase or card were given on this connection. */
  prove(connection: string, now: Date): void {
    if (this.#sessions.has(connection)) this.#proven.set(connection, now.getTime());
  }

  /** Whether they were given within so many milliseconds. A clock that was set back makes nothing fresh. */
  isProven(connection: string, now: Date, within: number): boolean {
    const age = now.getTime() - (this.#proven.get(connection) ?? Number.NEGATIVE_INFINITY);
    return age >= 0 && age < within;
  }

  /** A command begins; call what is returned when it has ended. */
  work(connection: string, now: () => Date): () => void {
    const count = (by: number) => {
      this.use(connection, now());
      const running = (this.#working.get(connection) ?? 0) + by;
      if (running > 0) this.#working.set(connection, running);
      else this.#working.delete(connection);
    };
    count(1);
    return () => count(-1);
  }

  /** Sessions at a window that nobody has used for so many milliseconds. One whose clock was set back is looked at from now on. */
  idle(now: Date, longest: number): readonly (readonly [connection: string, session: Session])[] {
    return [...this.#sessions].filter(([connection, { host }]) => {
      if (host !== 'window' || this.#working.has(connection)) return false;
      const used = this.#used.get(connection);
      if (used === undefined || used > now.getTime()) this.use(connection, now);
      else return now.getTime() - used >= longest;
      return false;
    });
  }

  /** Sessions at a window that a card opened. */
  byCard(): readonly (readonly [connection: string, session: Session])[] {
    return [...this.#sessions].filter(([, { host, card }]) => host === 'window' && card !== undefined);
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
    this.#tell(before);
  }

  /** Wipes what the session, or a sign-in that waits, had opened. Ending none is fine. */
  end(connection: string): void {
    this.#release(connection);
    const ended = this.#sessions.get(connection);
    if (ended === undefined) return;
    ended.unlocked.wipe();
    this.#sessions.delete(connection);
    this.#used.delete(connection);
    this.#proven.delete(connection);
    this.#tell(ended);
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

  #tell(ended: Session): void {
    const left = [...this.#sessions.values()];
    for (const listener of this.#listeners) listener(ended, left);
  }

  #release(connection: string): void {
    this.#held.get(connection)?.unlocked.wipe();
    this.#held.delete(connection);
  }
}
