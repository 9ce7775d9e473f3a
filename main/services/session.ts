import { Secret } from '../contract/secret.ts';
import { opensCompartment } from '../domain/access/compartment-access.ts';
import type { SignedIn } from '../contract/session.ts';
import type { RollbackSuspicion } from '../domain/audit/kept-checkpoint.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { OperatorRecord } from '../ports/stores/operators.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import type { AreaHandlers, Commit, DoorContext } from './handler.ts';
import type { KeptCheckpoints } from './kept-checkpoints.ts';
import type { LogKey } from './log-key.ts';
import type { Session, SessionRegistry } from './session-registry.ts';
import { createSignInAttempts, type SignInAttempts } from './sign-in-attempts.ts';

export interface SessionParts {
  readonly read: () => ReadStores;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly sessions: SessionRegistry;
  readonly logKey: LogKey;
  readonly kept: KeptCheckpoints;
  /** Runs after every sign-in: work that waited for somebody goes on. */
  readonly onSignIn: (session: Session, host: DoorContext['caller']['host']) => void;
}

/** Sign in, recover, lock. */
export function createSessionHandlers(parts: SessionParts): AreaHandlers<'session'> {
  const attempts = createSignInAttempts(parts);
  return {
    signIn: async ({ operator: name, passphrase }, context) => {
      const operator = await attempts.chooseOperator(name);
      const unlocked = await attempts.attempt(operator, 'passphrase', (sealed) => parts.vault.unlock(sealed, passphrase.reveal()));
      const { suspicion } = await parts.kept.look();
      const opened = await openLogKey(parts, operator, unlocked);
      return async (stores, { time }) => {
        await welcome(stores, operator, time);
        return {
          value: signedIn(operator, opened.unsignedEntries, suspicion),
          operator: operator.id,
          afterwards: () => begin(parts, context, operator, unlocked),
        };
      };
    },
    recover: async (input, context) => recover(parts, attempts, input, context),
    lock: async (_, context) => async () => ({ value: null, afterwards: () => end(parts, context) }),
  };
}

async function recover(
  parts: SessionParts,
  attempts: SignInAttempts,
  input: { readonly operator?: string | undefined; readonly recoveryCode: Secret; readonly newPassphrase: Secret },
  context: DoorContext,
): Promise<Commit<SignedIn & { readonly recoveryCode: Secret }>> {
  const operator = await attempts.chooseOperator(input.operator);
  const unlocked = await attempts.attempt(operator, 'recovery-code', (sealed) =>
    parts.vault.unlockWithRecoveryCode(sealed, input.recoveryCode.reveal()),
  );
  const passphraseOpening = await unlocked.changePassphrase(input.newPassphrase.reveal());
  const { opening, recoveryCode } = await unlocked.replaceRecoveryCode();
  const { suspicion } = await parts.kept.look();
  const opened = await openLogKey(parts, operator, unlocked);
  return async (stores, { time }) => {
    await welcome(stores, operator, time);
    await stores.operators.putOpening(passphraseOpening);
    await stores.operators.putOpening(opening);
    const value = { ...signedIn(operator, opened.unsignedEntries, suspicion), recoveryCode: new Secret(recoveryCode) };
    return { value, operator: operator.id, afterwards: () => begin(parts, context, operator, unlocked) };
  };
}

/**
 * Notes that somebody is there, as who they were when their keys were opened.
 * @throws AppError session.sign-in-failed when they were removed or got another role meanwhile
 */
async function welcome({ operators }: Stores, operator: OperatorRecord, time: string): Promise<void> {
  const now = await operators.find(operator.id);
  if (now?.role !== operator.role || now.removedAt !== null) throw new AppError('session.sign-in-failed', 'The sign-in failed.');
  await operators.setFailures(operator.id, { count: 0, lastAt: null });
  await operators.noteSignIn(operator.id, time);
}

/** Staff and auditors have no key of the log: what happens while only they are there waits, unsigned, for who has it. */
async function openLogKey(
  { logKey }: SessionParts,
  { role }: OperatorRecord,
  unlocked: UnlockedOperator,
): Promise<{ readonly unsignedEntries: number }> {
  return opensCompartment(role, 'audit') ? logKey.open(unlocked) : { unsignedEntries: 0 };
}

function end({ sessions, kept }: SessionParts, context: DoorContext): void {
  sessions.end(context.caller.connection);
  void kept.keep();
}

function begin(parts: SessionParts, context: DoorContext, operator: OperatorRecord, unlocked: UnlockedOperator): void {
  const session = { operator, unlocked };
  parts.sessions.begin(context.caller.connection, session);
  parts.onSignIn(session, context.caller.host);
  void parts.kept.keep();
}

const signedIn = (operator: OperatorRecord, unsignedEntries: number, rollback: RollbackSuspicion | null): SignedIn => ({
  operatorId: operator.id,
  name: operator.name,
  role: operator.role,
  unsignedEntries,
  rollback,
});
