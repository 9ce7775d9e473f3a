/** Milliseconds. */
export interface Rests {
  /** After a first failure. */
  readonly firstRest: number;
  /** The longest, however often it failed. */
  readonly rest: number;
}

/**
 * How long a module that has failed so many times in a row is left alone: shortly at first, twice as long each time, and
 * never shorter than its failing held up the look.
 */
export const restAfter = (failures: number, heldUp: number, { firstRest, rest }: Rests): number =>
  Math.min(rest, Math.max(firstRest, heldUp) * 2 ** (failures - 1));
