import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import { lockSession, type LockParts } from './lock-session.ts';
import { readPolicies } from './policies.ts';

export interface IdleLockParts extends LockParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  /** Calls again and again after so many milliseconds, until the returned function is called. */
  readonly repeat: (milliseconds: number, act: () => void) => () => void;
  /** Milliseconds between two looks. */
  readonly lookEvery: number;
  readonly report: (error: unknown) => void;
}

/**
 * Ends sessions at the window that nobody has used for as long as the policy says, and sign-ins that have waited too long for their code.
 * What the window shows or does has no part in it. Runs until the returned function is called, which resolves when it has come to rest.
 */
export function watchIdle(parts: IdleLockParts): () => Promise<void> {
  let looking: Promise<void> | undefined;
  const look = () => {
    looking ??= endIdle(parts)
      .catch(parts.report)
      .finally(() => (looking = undefined));
  };
  const stop = parts.repeat(parts.lookEvery, look);
  return async () => {
    stop();
    await looking;
  };
}

async function endIdle(parts: IdleLockParts): Promise<void> {
  const { sessions, clock, read } = parts;
  sessions.releaseOld(clock.now());
  if (!sessions.isAnybodyThere()) return;
  const { idleLockMinutes } = await readPolicies(read());
  for (const unused of sessions.idle(clock.now(), idleLockMinutes * 60_000)) await lockSession(parts, unused, 'idle');
}
