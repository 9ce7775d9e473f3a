import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { OpeningRecord, OperatorRecord, SignInFailures } from '../ports/stores/operators.ts';
import type { SealedOperator, UnlockedOperator } from '../ports/vault.ts';
import { presentOperators } from './operator-roster.ts';
import { Refusal } from './refusal.ts';
import { waitAfter } from './sign-in-delay.ts';

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
  /** The same for what else somebody may be asked for: an `act` that refuses is counted beside wrong passphrases. */
  tried<T>(operator: OperatorRecord, act: () => Promise<T>): Promise<T>;
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
  personId: null,
};

/** What counts as a wrong try. */
const counted: readonly ErrorCode[] = ['session.sign-in-failed', 'session.code-wrong', 'token.pin-incorrect'];
const isCounted = (code: ErrorCode): boolean => counted.includes(code);

function tooSoon(seconds: number): AppError {
  const minutes = Math.ceil(seconds / 60);
  const words = seconds < 120 ? `${seconds} seconds` : `${seconds} seconds, about ${minutes} minutes`;
  const details = { seconds, ...(seconds < 120 ? {} : { minutes }) };
  return new AppError('session.too-soon', `After wrong tries the next one has to wait: ${words} are left.`, details);
}

const none: SignInFailures = { count: 0, lastAt: null };

export function createSignInAttempts(parts: { readonly read: () => ReadStores; readonly clock: Clock }): SignInAttempts {
  const counted = new Map<string, SignInFailures>();
  let last: Promise<unknown> = Promise.resolve();

  const failuresOf = async (id: string): Promise<SignInFailures> => counted.get(id) ?? (await parts.read().operators.failures(id));

  const count = ({ code, message, details }: AppError, operatorId: string, failures: SignInFailures): Refusal => {
    counted.set(operatorId, failures);
    return new Refusal(code, message, details, (stores) => stores.operators.setFailures(operatorId, failures));
  };

  /** @throws AppError session.too-soon */
  const wait = (operatorId: string, failures: SignInFailures): void => {
    const now = parts.clock.now();
    const { seconds, beginsAnew } = waitAfter(failures, now);
    if (seconds === 0) return;
    const error = tooSoon(seconds);
    if (beginsAnew) throw count(error, operatorId, { ...failures, lastAt: now.toISOString() });
    throw error;
  };

  const tried = async <T>(operator: OperatorRecord, act: () => Promise<T>): Promise<T> => {
    const isKnown = operator !== stranger;
    const failures = isKnown ? await failuresOf(operator.id) : none;
    if (isKnown) wait(operator.id, failures);
    try {
      return await act();
    } catch (error) {
      if (!isKnown || !(error instanceof AppError) || !isCounted(error.code)) throw error;
      throw count(error, operator.id, { count: failures.count + 1, lastAt: parts.clock.now().toISOString() });
    }
  };

  const oneAfterAnother: SignInAttempts['tried'] = (operator, act) => {
    const next = last.then(() => tried(operator, act));
    last = next.catch(() => undefined);
    return next;
  };

  return {
    chooseOperator: (name) => chooseOperator(parts.read(), name),
    forget: (operatorId) => void counted.delete(operatorId),
    tried: oneAfterAnother,
    attempt: (operator, method, unlock) =>
      oneAfterAnother(operator, async () => {
        const opening = operator === stranger ? undefined : await parts.read().operators.opening(operator.id, method);
        return unlock(opening && { operator, opening });
      }),
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
