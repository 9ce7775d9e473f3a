import type { OperatorRecord } from '../ports/stores/operators.ts';
import type { UnlockedOperator } from '../ports/vault.ts';

/** Somebody is signed in on one connection. */
export interface Session {
  readonly operator: OperatorRecord;
  /** What their keys open. Wiped when the session ends. */
  readonly unlocked: UnlockedOperator;
}

/** At most one session a connection. */
export class SessionRegistry {
  readonly #sessions = new Map<string, Session>();
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

  begin(connection: string, session: Session): void {
    const before = this.#sessions.get(connection);
    this.#sessions.set(connection, session);
    if (before === undefined) return;
    before.unlocked.wipe();
    this.#onEnded([...this.#sessions.values()]);
  }

  /** Wipes what the session had opened. Ending none is fine. */
  end(connection: string): void {
    const ended = this.#sessions.get(connection);
    if (ended === undefined) return;
    ended.unlocked.wipe();
    this.#sessions.delete(connection);
    this.#onEnded([...this.#sessions.values()]);
  }

  /** Ends every session of an operator. */
  endOf(operatorId: string): void {
    for (const [connection, { operator }] of this.#sessions) if (operator.id === operatorId) this.end(connection);
  }

  /** Ends every session of an operator but the one on this connection. */
  endOthersOf(operatorId: string, connection: string): void {
    for (const [other, { operator }] of this.#sessions) if (operator.id === operatorId && other !== connection) this.end(other);
  }

  endAll(): void {
    for (const connection of this.#sessions.keys()) this.end(connection);
  }
}
