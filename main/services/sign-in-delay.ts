import type { SignInFailures } from '../ports/stores/operators.ts';

const freeTries = 3;
/** Somebody who knows the passphrase and guesses codes of six digits has three in a million an hour. */
const longestSeconds = 3600;

/** How long somebody must still wait before the next try. */
export interface SignInWait {
  readonly seconds: number;
  /** The last failure lies in the future: the clock was set back, and the wait begins anew from now. */
  readonly beginsAnew: boolean;
}

/**
 * None for the first three wrong tries, then 2, 4, 8 ... seconds up to an hour, counted from the last one. A clock set back does not
 * shorten the wait, and does not make it longer than once more the whole of it: the caller keeps that it begins anew.
 */
export function waitAfter({ count, lastAt }: SignInFailures, now: Date): SignInWait {
  if (count < freeTries || lastAt === null) return { seconds: 0, beginsAnew: false };
  const delay = Math.min(2 ** (count - freeTries + 1), longestSeconds);
  const elapsed = (now.getTime() - Date.parse(lastAt)) / 1000;
  if (elapsed < 0) return { seconds: delay, beginsAnew: true };
  return { seconds: Math.max(0, Math.ceil(delay - elapsed)), beginsAnew: false };
}
