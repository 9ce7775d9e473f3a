import { AppError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { OpeningRecord, OperatorRecord, SignInFailures } from '../ports/stores/operators.ts';
import type { SealedOperator, UnlockedOperator } from '../ports/vault.ts';
import { presentOperators } from './operator-roster.ts';
import { Refusal } from './refusal.ts';
import { secondsToWait } from './sign-in-delay.ts';

type Unlock = (operator: SealedOperator | undefined) => Promise<UnlockedOperator>;

/**
 * Tries to open an operator's keys, one after another: tries made at once would all count from the same number. A
 * failure counts at once in memory, and durably with its audit entry.
 */
export interface SignInAttempts {
  /**
   * The operator of that name, or the only one there is. A name that nobody has is answered like a wrong passphrase,
   * later, by `attempt`; so is somebody who was removed.
   * @throws AppError store.not-initialised; session.operator-unnamed when several could be meant
   */
  chooseOperator(name: string | undefined): Promise<OperatorRecord>;
  /**
   * What was counted stays until `forget`: a try that went well ends nothing yet.
   * @throws AppError session.too-soon with seconds; session.sign-in-failed; whatever `unlock` throws
   */
  attempt(operator: OperatorRecord, method: OpeningRecord['method'], unlock: Unlock): Promise<UnlockedOperator>;
  /** The failures of an operator are over: the unit that says so in the database is durable. */
  forget(operatorId: string): void;
}

const stranger: OperatorRecord = {
  id: '',
  name: '',
  role: 'staff',
  publicKey: new Uint8Array(),
  createdAt: '',
  lastSignInAt: null,
  removedAt: null,
};

const none: SignInFailures = { count: 0, lastAt: null };

export function createSignInAttempts(parts: { readonly read: () => ReadStores; readonly clock: Clock }): SignInAttempts {
  const counted = new Map<string, SignInFailures>();
  let last: Promise<unknown> = Promise.resolve();

  const failuresOf = async (id: string): Promise<SignInFailures> => counted.get(id) ?? (await parts.read().operators.failures(id));

  const attempt: SignInAttempts['attempt'] = async (operator, method, unlock) => {
    const isKnown = operator !== stranger;
    const failures = isKnown ? await failuresOf(operator.id) : none;
    const seconds = secondsToWait(failures, parts.clock.now());
    if (seconds > 0) throw new AppError('session.too-soon', 'Too many wrong tries; wait before the next.', { seconds });
    const opening = isKnown ? await parts.read().operators.opening(operator.id, method) : undefined;
    try {
      return await unlock(opening && { operator, opening });
    } catch (error) {
      if (!isKnown || !(error instanceof AppError) || error.code !== 'session.sign-in-failed') throw error;
      const now = { count: failures.count + 1, lastAt: parts.clock.now().toISOString() };
      counted.set(operator.id, now);
      throw new Refusal(error.code, error.message, error.details, (stores) => stores.operators.setFailures(operator.id, now));
    }
  };

  return {
    chooseOperator: (name) => chooseOperator(parts.read(), name),
    forget: (operatorId) => void counted.delete(operatorId),
    attempt: (operator, method, unlock) => {
      const next = last.then(() => attempt(operator, method, unlock));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

async function chooseOperator(stores: ReadStores, name: string | undefined): Promise<OperatorRecord> {
  if (name !== undefined) {
    const named = await stores.operators.findByName(name);
    return named === undefined || named.removedAt !== null ? stranger : named;
  }
  const [only, ...others] = await presentOperators(stores);
  if (only === undefined) throw new AppError('store.not-initialised', 'There is no practice here yet.');
  if (others.length > 0) throw new AppError('session.operator-unnamed', 'Several people can sign in here: say who.', {});
  return only;
}
