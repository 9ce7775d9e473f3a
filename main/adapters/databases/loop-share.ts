import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of uninterrupted work: with the commit that follows, the loop is held for less than 20. */
const share = 8;

/** How much of the event loop a unit has taken in one go. Synchronous drivers need it: their work never gives way by itself. */
export class LoopShare {
  #since = performance.now();

  begin(): void {
    this.#since = performance.now();
  }

  isUsedUp(): boolean {
    return performance.now() - this.#since > share;
  }

  /** Lets everything else have a turn first. */
  async renew(): Promise<void> {
    await nextTurn();
    this.begin();
  }
}
