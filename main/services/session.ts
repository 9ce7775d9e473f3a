import { Secret } from '../contract/secret.ts';
import { opensCompartment } from '../domain/access/compartment-access.ts';
import type { SignedIn } from '../contract/session.ts';
import type { RollbackSuspicion } from '../domain/audit/kept-checkpoint.ts';
import { AppError } from '../domain/errors.ts';
import type { Stores } from '../ports/database.ts';
import type { OpeningRecord, OperatorRecord } from '../ports/stores/operators.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import { prepareSplit, recordSplit } from './escrow-split.ts';
import type { AreaHandlers, Commit, DoorContext } from './handler.ts';
import type { KeptCheckpoints } from './kept-checkpoints.ts';
import type { LogKey } from './log-key.ts';
import { listSignInCards, openWithCard, type CardSignInParts, type OpenedByCard } from './card-sign-in.ts';
import { proveCode, type SecondFactorParts, type SpendCode } from './second-factor.ts';
import type { Entered, Session, SessionRegistry } from './session-registry.ts';
import { requirePresent } from './operator-roster.ts';

export interface SessionParts extends SecondFactorParts, CardSignInParts {
  readonly vault: Vault;
  readonly sessions: SessionRegistry;
  readonly logKey: LogKey;
  readonly kept: KeptCheckpoints;
  /** How long passphrase or card count for acts that ask who is there. Milliseconds. */
  readonly proofLasts: number;
  /** Runs after every sign-in: work that waited for somebody goes on. */
  readonly onSignIn: (session: Session, host: DoorContext['caller']['host']) => void;
}

/** What a sign-in leaves beside the session. */
interface Extra {
  readonly openings?: readonly OpeningRecord[];
  readonly recoveryCode?: Secret;
  /** Serial number of the card that opened their keys. */
  readonly card?: string;
}

type Entering = { readonly context: DoorContext; readonly operator: OperatorRecord; readonly unlocked: UnlockedOperator } & Extra;

/** Sign in, recover, give the code of the second factor, lock. */
export function createSessionHandlers(parts: SessionParts): AreaHandlers<'session'> {
  const { attempts, vault } = parts;
  return {
    signIn: async ({ operator: name, passphrase }, context) => {
      const operator = await attempts.chooseOperator(name);
      const unlocked = await attempts.attempt(operator, 'passphrase', (sealed) => vault.unlock(sealed, passphrase.reveal()));
      return enterOrHold(parts, { context, operator, unlocked });
    },
    // The card stands for passphrase and code: it asks for no second factor.
    signInWithCard: async ({ operator: named, token, pin, finalTry }, context) => {
      const opened = await openWithCard(parts, { operator: named, token, pin: pin.reveal(), finalTry });
      return enter(parts, { context, ...opened }, async (stores) => requireRegistered(stores, opened));
    },
    cards: async () => ({ cards: await listSignInCards(parts) }),
    recover: async ({ operator: name, recoveryCode: code, newPassphrase }, context) => {
      const operator = await attempts.chooseOperator(name);
      const unlocked = await attempts.attempt(operator, 'recovery-code', (sealed) => vault.unlockWithRecoveryCode(sealed, code.reveal()));
      const byPassphrase = await unlocked.changePassphrase(newPassphrase.reveal());
      const { opening, recoveryCode } = await unlocked.replaceRecoveryCode();
      const extra = { openings: [byPassphrase, opening], recoveryCode: new Secret(recoveryCode) };
      return enterOrHold(parts, { context, operator, unlocked, ...extra });
    },
    confirm: async ({ code }, { caller }) => {
      const held = parts.sessions.held(caller.connection, parts.clock.now());
      if (held === undefined) throw new AppError('session.locked', 'Nobody has given a passphrase here.');
      const spend = await attempts.tried(held.operator, () => proveCode(parts, held.unlocked, code.reveal()));
      return held.enter(spend);
    },
    proof: async (_, { caller, session }) => ({
      isFresh: parts.sessions.isProven(caller.connection, parts.clock.now(), parts.proofLasts),
      card: session.card ?? null,
    }),
    prove: async ({ passphrase }, { caller, session: { operator } }) => {
      const unlocked = await attempts.attempt(operator, 'passphrase', (sealed) => vault.unlock(sealed, passphrase.reveal()));
      unlocked.wipe();
      return proven(parts, caller.connection, operator);
    },
    proveWithCard: async ({ token, pin, finalTry }, { caller, session: { operator } }) => {
      const { unlocked, card } = await openWithCard(parts, { operator: operator.name, token, pin: pin.reveal(), finalTry });
      unlocked.wipe();
      return proven(parts, caller.connection, operator, { token: card });
    },
    stay: async (_, { caller }) => {
      parts.sessions.use(caller.connection, parts.clock.now());
      return null;
    },
    lock: async (_, context) => async () => ({ value: null, afterwards: () => end(parts, context) }),
  };
}

/** It is them: acts that ask for it are let through, and what was wrong before is over. */
function proven(parts: SessionParts, connection: string, operator: OperatorRecord, subject: Record<string, string> = {}): Commit<null> {
  return async (stores) => {
    await requirePresent(stores, operator);
    await stores.operators.setFailures(operator.id, { count: 0, lastAt: null });
    return {
      value: null,
      subject,
      afterwards: () => {
        parts.attempts.forget(operator.id);
        parts.sessions.prove(connection, parts.clock.now());
      },
    };
  };
}

/** Enters at once, or, where the operator has a second factor, keeps what was opened until its code has come. */
async function enterOrHold(
  parts: SessionParts,
  entering: Entering,
): Promise<Commit<(SignedIn & { recoveryCode?: Secret }) | { codeNeeded: true }>> {
  const { context, operator, unlocked } = entering;
  if ((await parts.read().secondFactors.find(operator.id)) === undefined) return enter(parts, entering, async () => undefined);
  const enterLater = async (spend: SpendCode) => enter(parts, entering, spend);
  return async (stores) => {
    await requirePresent(stores, operator);
    return {
      value: { codeNeeded: true },
      operator: operator.id,
      subject: { awaits: 'code' },
      afterwards: () =>
        parts.sessions.hold(context.caller.connection, {
          operator,
          unlocked,
          host: context.caller.host,
          since: parts.clock.now(),
          enter: enterLater,
        }),
    };
  };
}

async function enter(parts: SessionParts, { context, operator, unlocked, ...extra }: Entering, spend: SpendCode): Promise<Commit<Entered>> {
  const { suspicion } = await parts.kept.look();
  const opened = await openLogKey(parts, operator, unlocked);
  const split = await prepareSplit(parts.read(), operator, unlocked);
  return async (stores, { time }) => {
    await welcome(stores, operator, time);
    await spend(stores, time);
    if (split !== undefined) await recordSplit(stores, split);
    for (const opening of extra.openings ?? []) await stores.operators.putOpening(opening);
    const { recoveryCode } = extra;
    return {
      value: { ...signedIn(operator, opened.unsignedEntries, suspicion), ...(recoveryCode === undefined ? {} : { recoveryCode }) },
      operator: operator.id,
      ...subjectOf(extra.card, split),
      afterwards: () => begin(parts, context, { operator, unlocked, ...(extra.card === undefined ? {} : { card: extra.card }) }),
    };
  };
}

/** What the log says of an entering beside who it was. */
function subjectOf(card: string | undefined, split: object | undefined): { readonly subject?: Record<string, string> } {
  if (card === undefined && split === undefined) return {};
  return { subject: { ...(card === undefined ? {} : { token: card }), ...(split === undefined ? {} : { escrow: 'shared' }) } };
}

/** @throws AppError session.card-unknown when the card was taken away meanwhile */
async function requireRegistered(stores: Stores, { operator, card }: OpenedByCard): Promise<void> {
  if ((await stores.operatorCards.find(operator.id, card)) === undefined)
    throw new AppError('session.card-unknown', 'Nobody signs in here with this card.', { token: card });
}

/**
 * Notes that somebody is there, as who they were when their keys were opened.
 * @throws AppError session.sign-in-failed when they were removed or got another role meanwhile
 */
async function welcome(stores: Stores, operator: OperatorRecord, time: string): Promise<void> {
  await requirePresent(stores, operator);
  await stores.operators.setFailures(operator.id, { count: 0, lastAt: null });
  await stores.operators.noteSignIn(operator.id, time);
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

function begin(parts: SessionParts, context: DoorContext, opened: Omit<Session, 'host'>): void {
  const session = { ...opened, host: context.caller.host };
  parts.attempts.forget(opened.operator.id);
  parts.sessions.begin(context.caller.connection, session);
  parts.sessions.prove(context.caller.connection, parts.clock.now());
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
