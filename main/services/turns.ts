/** Lets acts wait for each other: each begins when the one before has ended, well or not. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Whether one of them is going on. */
  get isBusy(): boolean {
    return this.#waiting > 0;
  }

  take<T>(act: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const turn = this.#last.then(act).finally(() => this.#waiting--);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
