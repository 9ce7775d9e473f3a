import type { SignInFailures } from '../ports/stores/operators.ts';

const freeTries = 3;
const longestSeconds = 300;

/**
 * Seconds somebody must still wait before the next try: none for the first three wrong passphrases, then 2, 4, 8 ...
 * up to five minutes, counted from the last one. A clock set back does not shorten the wait.
 */
export function secondsToWait({ count, lastAt }: SignInFailures, now: Date): number {
  if (count < freeTries || lastAt === null) return 0;
  const delay = Math.min(2 ** (count - freeTries + 1), longestSeconds);
  const elapsed = (now.getTime() - Date.parse(lastAt)) / 1000;
  return elapsed < 0 ? delay : Math.max(0, Math.ceil(delay - elapsed));
}
