import { AppError } from '../domain/errors.ts';
import type { AuditSubject } from '../domain/audit/entry.ts';
import { asksWhoIsThere } from '../domain/access/step-up.ts';
import type { Command, Query } from '../contract/call.ts';
import type { Caller, Door, Reply } from '../contract/door.ts';
import { contract } from '../contract/contract.ts';
import type { Clock } from '../ports/clock.ts';
import type { AuditTrail, Attempt } from './audit-trail.ts';
import { authorise } from './authorise.ts';
import type { ErrorReplies } from './error-reply.ts';
import type { Commit, Handlers, PushMessage } from './handler.ts';
import { Refusal } from './refusal.ts';
import { parseInput, wipeSecrets } from './call-input.ts';
import { usingApproval, type FourEyes } from './four-eyes.ts';
import type { OwnRecords } from './own-records.ts';
import type { SessionRegistry } from './session-registry.ts';

export interface DispatcherParts {
  readonly handlers: Handlers;
  readonly sessions: SessionRegistry;
  readonly auditTrail: AuditTrail;
  readonly fourEyes: FourEyes;
  readonly ownRecords: OwnRecords;
  /** How long passphrase or card count for acts that ask who is there. Milliseconds. */
  readonly proofLasts: number;
  readonly errors: ErrorReplies;
  readonly pushes: PushChannel;
  readonly clock: Clock;
  close(): Promise<void>;
}

/** Carries news from units to whoever listens. */
export class PushChannel {
  readonly #listeners = new Set<(name: string, payload: unknown) => void>();

  send(messages: readonly PushMessage[]): void {
    for (const { name, payload } of messages) for (const listener of this.#listeners) listener(name, payload);
  }

  subscribe(listener: (name: string, payload: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

type Runner = (input: unknown, context: unknown) => Promise<unknown>;

/**
 * The one door. For every caller in this order: look up, authenticate, authorise, ask who is there where the act wants that, validate, hold
 * staff to what is theirs, ask a second person where the policy says so, run, audit, push.
 * A command's change and its audit entry are one transaction. A refusal or failure rolls back and is entered in a
 * transaction of its own; if that entry cannot be written the caller gets the `store.*` error instead.
 */
export function createDoor(parts: DispatcherParts): Door {
  return {
    call: (name, input, caller) => answer(parts, name, input, caller),
    subscribe: (listener) => parts.pushes.subscribe(listener),
    disconnect: (connection) => parts.sessions.end(connection),
    close: async () => {
      parts.sessions.endAll();
      await parts.close();
    },
  };
}

async function answer(parts: DispatcherParts, name: string, input: unknown, caller: Caller): Promise<Reply> {
  try {
    const { call, run } = lookUp(parts.handlers, name);
    const value =
      call.verb === 'command'
        ? await carryOut(parts, { name, call, run }, input, caller)
        : await runQuery(parts, { name, call, run }, input, caller);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, error: parts.errors.reply(error, name) };
  } finally {
    wipeSecrets(input);
  }
}

function lookUp(handlers: Handlers, name: string): { call: Command | Query; run: Runner } {
  const [area = '', key = '', ...more] = name.split('.');
  const calls = own(contract, area);
  const call = more.length === 0 ? own(calls, key) : undefined;
  const run = own(own(handlers, area), key);
  if (!isCall(call) || typeof run !== 'function') throw new AppError('unsupported', 'There is no such call.', { call: name.slice(0, 100) });
  return { call, run: run as Runner };
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function isCall(value: unknown): value is Command | Query {
  const verb = own(value, 'verb');
  return verb === 'command' || verb === 'query';
}

interface NamedQuery {
  readonly name: string;
  readonly call: Query;
  readonly run: Runner;
}

async function runQuery(parts: DispatcherParts, { name, call, run }: NamedQuery, input: unknown, caller: Caller): Promise<unknown> {
  const session = parts.sessions.of(caller.connection);
  const attempt = call.audit && { action: call.audit, operator: session?.operator.id, host: caller.host, subject: {} as AuditSubject };
  return auditingFailure(parts, attempt, async () => {
    authorise(call.access, session);
    const parsed = parseInput(call.input, input);
    if (attempt && call.subject) attempt.subject = call.subject(parsed);
    await requireOwn(parts, name, parsed, caller);
    const value = await parts.ownRecords.narrow(name, await run(parsed, { caller, session }), session);
    if (attempt) await parts.auditTrail.enter({ ...attempt, outcome: 'success' });
    return value;
  });
}

/** Who looks for what is somebody else's is in the log, as readers of what is theirs are not. @throws AppError session.not-own, session.no-person */
async function requireOwn(parts: DispatcherParts, name: string, input: unknown, { connection, host }: Caller): Promise<void> {
  const session = parts.sessions.of(connection);
  const attempt = { action: 'people.read', operator: session?.operator.id, host, subject: { call: name } } as const;
  return auditingFailure(parts, attempt, async () => parts.ownRecords.require(name, input, session));
}

interface NamedCommand {
  readonly name: string;
  readonly call: Command;
  readonly run: Runner;
}

/** A command shows that somebody is there; what the window asks by itself does not. */
async function carryOut(parts: DispatcherParts, command: NamedCommand, input: unknown, caller: Caller): Promise<unknown> {
  const ended = parts.sessions.work(caller.connection, () => parts.clock.now());
  try {
    return await runCommand(parts, command, input, caller);
  } finally {
    ended();
  }
}

async function runCommand(parts: DispatcherParts, { name, call, run }: NamedCommand, input: unknown, caller: Caller): Promise<unknown> {
  const session = parts.sessions.of(caller.connection);
  const attempt = { action: call.audit, operator: session?.operator.id, host: caller.host, subject: {} as AuditSubject };
  return auditingFailure(parts, attempt, async () => {
    authorise(call.access, session);
    requireProof(parts, name, caller);
    const parsed = parseInput(call.input, input);
    attempt.subject = call.subject(parsed);
    await parts.ownRecords.require(name, parsed, session);
    const act = session && call.fourEyes?.(parsed);
    const approval = act && (await parts.fourEyes.approvalFor({ name, act, input: parsed, subject: attempt.subject }, session));
    const commit = usingApproval((await run(parsed, { caller, session })) as Commit<unknown>, approval);
    const committed = await parts.auditTrail.commit(attempt, commit).catch(async (error: unknown) => {
      await commit.takeBack?.();
      throw error;
    });
    committed.afterwards?.();
    parts.pushes.send(committed.pushes ?? []);
    return committed.value;
  });
}

/** @throws AppError session.proof-needed for an act at a window where whoever signed in showed long ago that it is them */
function requireProof({ sessions, clock, proofLasts }: DispatcherParts, name: string, { host, connection }: Caller): void {
  if (host !== 'window' || !asksWhoIsThere(name) || sessions.isProven(connection, clock.now(), proofLasts)) return;
  throw new AppError('session.proof-needed', 'This act asks once more who is there.');
}

async function auditingFailure<T>(parts: DispatcherParts, attempt: Attempt | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (attempt)
      await parts.auditTrail.enter(
        { ...attempt, subject: { ...attempt.subject, ...triesOf(error), ...approvalOf(error) }, ...outcomeOf(error) },
        error instanceof Refusal ? error.consequence : undefined,
      );
    throw error;
  }
}

const refusals =
  /^(session|input|path|client|approval|device|escrow)\.|^token\.(absent|pin-[a-z-]+|mechanism-unsupported|unlock-code-[a-z-]+|unsupported|lost|in-use|key-stays|key-not-open|enroll-again)$|^(conflict|stale|not-found|cancelled|unsupported)$/;

/** What a token told of the tries left after a wrong PIN or unlock code: whoever reads the log sees them run out. */
function triesOf(error: unknown): AuditSubject {
  if (!(error instanceof AppError) || !error.code.startsWith('token.')) return {};
  const { pin, unlockCode } = error.details;
  return { ...(typeof pin === 'string' ? { pin } : {}), ...(typeof unlockCode === 'string' ? { unlockCode } : {}) };
}

/** Which approval a call waits for: so the asking is in the log, with what it was about. */
function approvalOf(error: unknown): AuditSubject {
  const approval = error instanceof AppError && error.code === 'approval.required' ? error.details['approval'] : undefined;
  return typeof approval === 'string' ? { approval } : {};
}

function outcomeOf(error: unknown): { outcome: 'refused' | 'failed'; error: AppError['code'] } {
  const code = error instanceof AppError ? error.code : 'internal';
  return { outcome: refusals.test(code) ? 'refused' : 'failed', error: code };
}
