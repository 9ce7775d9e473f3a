import type { ErrorCode } from '../domain/errors.ts';

const families: Readonly<Record<string, number>> = {
  input: 2,
  'not-found': 3,
  conflict: 3,
  stale: 3,
  client: 3,
  session: 4,
  approval: 4,
  device: 4,
  escrow: 4,
  token: 5,
  path: 6,
  remote: 7,
  store: 8,
  integrity: 9,
  cancelled: 10,
  unsupported: 10,
};

/** The exit code scripts rely on, by the family of the error; 70 for anything unforeseen. */
export const exitCodeOf = (code: ErrorCode): number => families[code.split('.')[0] ?? ''] ?? 70;
