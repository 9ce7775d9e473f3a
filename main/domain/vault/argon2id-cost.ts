/** What deriving a key from a passphrase costs (Argon2id, RFC 9106 section 3.1). */
export interface Argon2idCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** RFC 9106 section 4, the second recommended option: 64 MiB, 3 passes, 4 lanes. */
export const recommendedCost: Argon2idCost = { memoryKiB: 64 * 1024, passes: 3, lanes: 4 };

/**
 * Whether a stored cost may be spent at all: no more than 1 GiB, 16 passes and 16 lanes, so that a record somebody
 * tampered with cannot exhaust the machine, and no less than Argon2 itself allows.
 */
export function isAcceptableCost({ memoryKiB, passes, lanes }: Argon2idCost): boolean {
  const isWithin = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;
  return isWithin(lanes, 1, 16) && isWithin(passes, 1, 16) && isWithin(memoryKiB, 8 * lanes, 1024 * 1024);
}
