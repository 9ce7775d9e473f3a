import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { EscrowRequestRecord } from '../ports/stores/escrow.ts';
import type { AreaHandlers, Commit } from './handler.ts';
import type { Session } from './open-session.ts';
import { officersOf } from './escrow-dealing.ts';
import { ownShare, vouchedOfficers, type EscrowOpeningParts } from './escrow-opening.ts';
import { escrowedKeysOf } from './escrowed-keys.ts';
import { findPerson } from './find-person.ts';
import { presentOperators } from './operator-roster.ts';
import type { Random } from '../ports/random.ts';

export interface EscrowRequestParts extends EscrowOpeningParts {
  readonly random: Random;
}

/** What was asked for must be approved and carried out within so many milliseconds. */
const longest = 24 * 3_600_000;

/** Asking, deciding, and signing off. */
export function createEscrowRequestHandlers(
  parts: EscrowRequestParts,
): Pick<AreaHandlers<'escrow'>, 'ask' | 'approve' | 'refuse' | 'review'> {
  return {
    ask: async (input, { session }) => ask(parts, input, session),
    approve: async ({ request }, { session }) => approve(parts, request, session),
    refuse: async ({ request, reason }, { session }) => refuse(parts, request, reason, session),
    review: async ({ request, note }, { session }) => review(parts, request, note, session),
  };
}

interface Asked {
  readonly of?: string | undefined;
  readonly reason: string;
  readonly caseNumber: string;
  readonly recipient?: string | undefined;
}

async function ask(
  { read, random, clock }: EscrowRequestParts,
  { of, reason, caseNumber, recipient }: Asked,
  { operator }: Session,
): Promise<Commit<{ request: string; expiresAt: string }>> {
  const whose = of === undefined ? { personId: null, keyId: null } : await whoseKeys(read(), of);
  if (of !== undefined && recipient === undefined)
    throw new AppError('input.invalid', 'Say who is handed the keys.', { field: 'recipient', rule: 'required' });
  const id = random.uuid();
  const expiresAt = new Date(clock.now().getTime() + longest).toISOString();
  const act = of === undefined ? 'share' : 'recover';
  return async (stores, { time }) => {
    await stores.escrow.dropLoans(time);
    const order = { id, act, reason, caseNumber, recipient: recipient ?? '', askedBy: operator.id, askedAt: time, expiresAt } as const;
    await stores.escrow.ask({ ...order, ...whose });
    const { personId, keyId } = whose;
    const subject = { request: id, ...(personId === null ? {} : { person: personId }), ...(keyId === null ? {} : { key: keyId }) };
    return { value: { request: id, expiresAt }, subject, reason };
  };
}

/** @throws AppError not-found; escrow.not-kept */
async function whoseKeys(stores: ReadStores, of: string): Promise<{ personId: string; keyId: string | null }> {
  const key = await stores.keys.find(of);
  const whose = key !== undefined && key.personId !== null ? { personId: key.personId, keyId: key.id } : await allOf(stores, of);
  await requireKept(stores, whose);
  return whose;
}

const allOf = async (stores: ReadStores, of: string) => ({ personId: (await findPerson(stores, of)).id, keyId: null });

/** Two people are not asked for what cannot be there. @throws AppError escrow.not-kept */
async function requireKept(stores: ReadStores, whose: { readonly personId: string; readonly keyId: string | null }): Promise<void> {
  try {
    await escrowedKeysOf(stores, whose);
  } catch (error) {
    if (error instanceof AppError && error.code === 'escrow.not-kept') throw error;
  }
}

/** @throws AppError not-found; conflict for what is done or refused; escrow.run-out */
export async function findOpenRequest({ read, clock }: EscrowOpeningParts, id: string): Promise<EscrowRequestRecord> {
  const request = await findRequest(read(), id);
  if (request.state === 'done' || request.state === 'refused')
    throw new AppError('conflict', 'This request is no longer open.', { what: 'request', id });
  if (Date.parse(request.expiresAt) <= clock.now().getTime())
    throw new AppError('escrow.run-out', 'The time for this request is over.', { until: request.expiresAt });
  return request;
}

async function findRequest(stores: ReadStores, id: string): Promise<EscrowRequestRecord> {
  const request = await stores.escrow.request(id);
  if (request === undefined) throw new AppError('not-found', 'There is no such request here.', { what: 'request', id });
  return request;
}

/** @throws AppError escrow.own-request, escrow.no-share, escrow.share-damaged, integrity.operator-changed; as `findOpenRequest` */
async function approve(parts: EscrowRequestParts, id: string, { operator, unlocked }: Session): Promise<Commit<null>> {
  const stores = parts.read();
  const request = await findOpenRequest(parts, id);
  if (request.askedBy === operator.id) throw new AppError('escrow.own-request', 'Nobody approves what they asked for themselves.');
  const asking = (await vouchedOfficers(stores, unlocked)).find((one) => one.id === request.askedBy);
  if (asking === undefined) throw new AppError('conflict', 'Who asked is no officer any more.', { what: 'request', id });
  const share = await ownShare(stores, operator.id);
  const loan = await unlocked
    .lendShare('escrow', share, { id: asking.id, publicKey: asking.publicKey, purpose: id })
    .catch(damaged(operator.name));
  return async (writing, { time }) => {
    await writing.escrow.decide(id, { state: 'approved', decidedBy: operator.id, decidedAt: time, ...loan });
    return { value: null, subject: ofPerson(request) };
  };
}

/** A share that cannot be opened, by its name. */
export const damaged =
  (name: string) =>
  (error: unknown): never => {
    if (!(error instanceof AppError) || error.code !== 'store.corrupt') throw error;
    throw new AppError('escrow.share-damaged', 'A share cannot be opened.', { share: name }, { cause: error });
  };

/** Whoever asked may take it back, too. @throws AppError as `findOpenRequest` */
async function refuse(parts: EscrowRequestParts, id: string, reason: string, { operator }: Session): Promise<Commit<null>> {
  const request = await findOpenRequest(parts, id);
  return async (stores, { time }) => {
    await stores.escrow.decide(id, { state: 'refused', decidedBy: operator.id, decidedAt: time, enc: null, ciphertext: null });
    return { value: null, subject: ofPerson(request), reason };
  };
}

/** Somebody other than who made the recovery, unless there is nobody. @throws AppError escrow.own-request, conflict, stale */
async function review({ read }: EscrowRequestParts, id: string, note: string, { operator }: Session): Promise<Commit<null>> {
  const request = await findRequest(read(), id);
  const isAlone = officersOf(await presentOperators(read())).length < 2;
  if (request.askedBy === operator.id && !isAlone)
    throw new AppError('escrow.own-request', 'Nobody signs off what they recovered themselves.');
  return async (stores, { time }) => {
    await stores.escrow.review(id, { reviewedBy: operator.id, reviewedAt: time, note });
    return { value: null, subject: { ...ofPerson(request), isOwn: request.askedBy === operator.id }, reason: note };
  };
}

export const ofPerson = ({ personId }: EscrowRequestRecord): { readonly person?: string } =>
  personId === null ? {} : { person: personId };
