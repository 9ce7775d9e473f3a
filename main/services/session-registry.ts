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
  readonly #onEmpty: () => void;

  /** `onEmpty` runs when the last session has ended. */
  constructor(onEmpty: () => void) {
    this.#onEmpty = onEmpty;
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
    this.#sessions.get(connection)?.unlocked.wipe();
    this.#sessions.set(connection, session);
  }

  /** Wipes what the session had opened. Ending none is fine. */
  end(connection: string): void {
    this.#sessions.get(connection)?.unlocked.wipe();
    const hadOne = this.#sessions.delete(connection);
    if (hadOne && this.#sessions.size === 0) this.#onEmpty();
  }

  endAll(): void {
    for (const connection of this.#sessions.keys()) this.end(connection);
  }
}
