import { AppError } from '../domain/errors.ts';
import { Secret } from '../contract/secret.ts';
import type { SignedIn } from '../contract/session.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { OpeningRecord, OperatorRecord } from '../ports/stores/operators.ts';
import type { SealedOperator, UnlockedOperator, Vault } from '../ports/vault.ts';
import type { AreaHandlers, Commit, DoorContext } from './handler.ts';
import type { LogKey } from './log-key.ts';
import { Refusal } from './refusal.ts';
import type { Session, SessionRegistry } from './session-registry.ts';
import { secondsToWait } from './sign-in-delay.ts';

export interface SessionParts {
  readonly read: () => ReadStores;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly sessions: SessionRegistry;
  readonly logKey: LogKey;
  /** Runs after every sign-in: work that waited for somebody goes on. */
  readonly onSignIn: (session: Session, host: DoorContext['caller']['host']) => void;
}

type Unlock = (operator: SealedOperator | undefined) => Promise<UnlockedOperator>;

/** Sign in, recover, lock. */
export function createSessionHandlers(parts: SessionParts): AreaHandlers<'session'> {
  return {
    signIn: async ({ operator: name, passphrase }, context) => {
      const operator = await chooseOperator(parts.read(), name);
      const unlocked = await attempt(parts, operator, 'passphrase', (sealed) => parts.vault.unlock(sealed, passphrase.reveal()));
      const opened = await parts.logKey.open(unlocked);
      return async (stores) => {
        await stores.operators.setFailures(operator.id, { count: 0, lastAt: null });
        return {
          value: signedIn(operator, opened.unsignedEntries),
          subject: { operator: operator.id },
          afterwards: () => begin(parts, context, operator, unlocked),
        };
      };
    },
    recover: async (input, context) => recover(parts, input, context),
    lock: async (_, context) => async () => ({ value: null, afterwards: () => parts.sessions.end(context.caller.connection) }),
  };
}

async function recover(
  parts: SessionParts,
  input: { readonly operator?: string | undefined; readonly recoveryCode: Secret; readonly newPassphrase: Secret },
  context: DoorContext,
): Promise<Commit<SignedIn & { readonly recoveryCode: Secret }>> {
  const operator = await chooseOperator(parts.read(), input.operator);
  const unlocked = await attempt(parts, operator, 'recovery-code', (sealed) =>
    parts.vault.unlockWithRecoveryCode(sealed, input.recoveryCode.reveal()),
  );
  const passphraseOpening = await unlocked.changePassphrase(input.newPassphrase.reveal());
  const { opening, recoveryCode } = await unlocked.replaceRecoveryCode();
  const opened = await parts.logKey.open(unlocked);
  return async (stores: Stores) => {
    await stores.operators.putOpening(passphraseOpening);
    await stores.operators.putOpening(opening);
    await stores.operators.setFailures(operator.id, { count: 0, lastAt: null });
    const value = { ...signedIn(operator, opened.unsignedEntries), recoveryCode: new Secret(recoveryCode) };
    return { value, subject: { operator: operator.id }, afterwards: () => begin(parts, context, operator, unlocked) };
  };
}

/** The operator of that name, or the only one there is. A name nobody has is told apart from a wrong passphrase by nothing. */
async function chooseOperator(stores: ReadStores, name: string | undefined): Promise<OperatorRecord> {
  if (name !== undefined) return (await stores.operators.findByName(name)) ?? stranger;
  const [only, ...others] = await stores.operators.list();
  if (only === undefined) throw new AppError('store.not-initialised', 'There is no practice here yet.');
  if (others.length > 0)
    throw new AppError('input.invalid', 'Several people can sign in here: say who.', { field: 'operator', rule: 'required' });
  return only;
}

const stranger: OperatorRecord = { id: '', name: '', role: 'administrator', publicKey: new Uint8Array(), createdAt: '' };

async function attempt(
  parts: SessionParts,
  operator: OperatorRecord,
  method: OpeningRecord['method'],
  unlock: Unlock,
): Promise<UnlockedOperator> {
  const stores = parts.read();
  const isKnown = operator !== stranger;
  const failures = isKnown ? await stores.operators.failures(operator.id) : { count: 0, lastAt: null };
  const wait = secondsToWait(failures, parts.clock.now());
  if (wait > 0) throw new AppError('session.too-soon', 'Too many wrong tries; wait before the next.', { seconds: wait });
  const opening = isKnown ? await stores.operators.opening(operator.id, method) : undefined;
  try {
    return await unlock(opening && { operator, opening });
  } catch (error) {
    if (!isKnown || !(error instanceof AppError) || error.code !== 'session.sign-in-failed') throw error;
    const counted = { count: failures.count + 1, lastAt: parts.clock.now().toISOString() };
    throw new Refusal(error.code, error.message, error.details, (written) => written.operators.setFailures(operator.id, counted));
  }
}

function begin(parts: SessionParts, context: DoorContext, operator: OperatorRecord, unlocked: UnlockedOperator): void {
  parts.sessions.begin(context.caller.connection, { operator, unlocked });
  parts.onSignIn({ operator, unlocked }, context.caller.host);
}

const signedIn = (operator: OperatorRecord, unsignedEntries: number): SignedIn => ({
  operatorId: operator.id,
  name: operator.name,
  role: operator.role,
  unsignedEntries,
});
