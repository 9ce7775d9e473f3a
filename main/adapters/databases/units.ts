import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '../../domain/errors.ts';

/** How a technology brackets a transaction. `rollBack` is asked for after any failure, that of `commit` included. */
export interface Transaction {
  begin(): void | Promise<void>;
  commit(): void | Promise<void>;
  rollBack(): void | Promise<void>;
}

interface Turn {
  isOpen: boolean;
}

/** Units of work, one after another in the order they were asked for. A failed one does not stop the next. */
export class UnitQueue {
  readonly #transaction: Transaction;
  readonly #current = new AsyncLocalStorage<Turn>();
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  /**
   * Waits its turn and runs `work` between begin and commit; any failure rolls back and is passed on.
   * @throws AppError internal from inside a unit, which could only wait for itself, and after `close`
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new AppError('internal', 'The database is closed.'));
    if (this.#current.getStore()?.isOpen === true)
      return Promise.reject(new AppError('internal', 'A unit of work was started inside another one.'));
    const turn = this.#last.then(() => this.#take(work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Takes no more units and resolves when those already asked for are over. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last;
  }

  async #take<T>(work: () => Promise<T>): Promise<T> {
    const turn: Turn = { isOpen: true };
    await this.#transaction.begin();
    try {
      const value = await this.#current.run(turn, work);
      await this.#transaction.commit();
      return value;
    } catch (error) {
      await this.#transaction.rollBack();
      throw error;
    } finally {
      turn.isOpen = false;
    }
  }
}
