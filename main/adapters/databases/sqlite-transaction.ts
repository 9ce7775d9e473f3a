import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../domain/errors.ts';
import type { LoopShare } from './loop-share.ts';
import type { Guard } from './sqlite-connection.ts';
import { translate, translating } from './sqlite-errors.ts';
import type { Transaction } from './units.ts';

/**
 * The transaction of the unit that is open on a connection. Once one of its calls has failed the unit can only be rolled
 * back, even if somebody catches the failure: the call may have written half of its rows. PostgreSQL does the same.
 */
export class SqliteTransaction implements Transaction {
  readonly #database: DatabaseSync;
  readonly #share: LoopShare;
  #failure: AppError | undefined;

  constructor(database: DatabaseSync, share: LoopShare) {
    this.#database = database;
    this.#share = share;
  }

  begin(): void {
    this.#share.begin();
    this.#failure = undefined;
    translating(() => this.#database.exec('begin immediate'));
  }

  commit(): void {
    if (this.#failure !== undefined) throw this.#failure;
    translating(() => this.#database.exec('commit'));
  }

  /** SQLite has rolled back by itself after some failures. */
  rollBack(): void {
    if (this.#database.isTransaction) translating(() => this.#database.exec('rollback'));
  }

  /** @throws AppError internal outside a unit, and in one that has failed */
  readonly guard: Guard = (act) => {
    if (!this.#database.isTransaction || this.#failure !== undefined)
      throw new AppError('internal', 'The stores of a unit of work were used outside it, or after it had failed.');
    try {
      return act();
    } catch (error) {
      this.#failure = translate(error);
      throw this.#failure;
    }
  };

  readonly refuse = (error: AppError): never => {
    this.#failure = error;
    throw error;
  };
}
