import type { Kysely } from 'kysely';
import type { AppError } from '../../domain/errors.ts';
import type { Schema } from './schema.ts';

export type TableName = keyof Schema;
export type Columns<T extends TableName> = readonly (keyof Schema[T] & string)[];
/** The values of a row, in the order of the columns. */
export type Values<T extends TableName, C extends Columns<T>> = { readonly [At in keyof C]: Schema[T][C[At]] };

/**
 * Writes many rows fast. Values come as lists rather than objects: at this number of rows it is what looking properties
 * up by name costs that shows. Long calls give the event loop its turn in between; the unit stays open meanwhile.
 */
export interface RowWriter {
  insertRows<T extends TableName, const C extends Columns<T>>(table: T, columns: C, rows: readonly Values<T, C>[]): Promise<void>;
  /**
   * Sets columns of the rows whose `where` columns hold the given values; each row lists the values to set, then those to find by.
   * Gives how many rows were changed: fewer than asked for where nothing was found.
   */
  updateRows<T extends TableName, const S extends Columns<T>, const W extends Columns<T>>(
    table: T,
    set: S,
    where: W,
    rows: readonly (readonly [...Values<T, S>, ...Values<T, W>])[],
  ): Promise<number>;
}

/** What the read sides of the stores need. */
export interface ReadConnection {
  readonly db: Kysely<Schema>;
}

/** What the stores need: queries, and rows in bulk, in the transaction of the unit that is open. */
export interface WriteConnection extends ReadConnection, RowWriter {
  /** Throws the error and spoils the unit: even if somebody catches it, what the call had written before cannot be committed. */
  refuse(error: AppError): never;
}
