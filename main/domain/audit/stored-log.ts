import type { Hash } from './hash.ts';

/** A leaf as stored: the text that is hashed, and the hash it had when it was written. */
export interface StoredLeaf {
  readonly index: number;
  readonly leaf: string;
  readonly leafHash: Uint8Array | Hash;
}

/** A checkpoint as stored, its hashes as octets. `note` is null where the log key was locked when the entries were made. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  /** See `encodeEdge`. Null where none is kept, as in a log that was exported; the root says all that it does. */
  readonly edge: Uint8Array | null;
  readonly note: string | null;
}

/** Rows in order, a batch at a time, so that a log of any size passes through little memory. */
export type Batches<T> = AsyncIterable<readonly T[]> | Iterable<readonly T[]>;

/** Takes rows out of batches in runs of any length. */
export interface RunReader<T> {
  /** At least one and at most `most` rows; none at the end. */
  take(most: number): Promise<readonly T[]>;
  /** Lets the source go before its end. */
  close(): Promise<void>;
}

export function readRuns<T>(batches: Batches<T>): RunReader<T> {
  const iterator = Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
  let batch: readonly T[] = [];
  let taken = 0;
  return {
    take: async (most) => {
      while (taken === batch.length) {
        const next = await iterator.next();
        if (next.done === true) return [];
        batch = next.value;
        taken = 0;
      }
      const run = batch.slice(taken, taken + most);
      taken += run.length;
      return run;
    },
    close: async () => {
      await iterator.return?.();
    },
  };
}
