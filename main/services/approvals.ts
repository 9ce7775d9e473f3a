import type { ApprovalView } from '../contract/approvals.ts';
import { isGuarded, may } from '../domain/access/permissions.ts';
import type { AuditSubject } from '../domain/audit/entry.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { ApprovalRecord } from '../ports/stores/approvals.ts';
import { namesIn } from './audit-names.ts';
import type { AreaHandlers, Commit } from './handler.ts';
import { presentOperators } from './operator-roster.ts';
import type { Session } from './open-session.ts';

export interface ApprovalParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
}

/** How many of the newest are shown, and how many people of each. */
const [shown, named] = [50, 10];

/** What one officer asked for, and another's word on it. */
export function createApprovalHandlers(parts: ApprovalParts): AreaHandlers<'approvals'> {
  return {
    list: async () => ({ approvals: await list(parts.read(), parts.clock.now()) }),
    approve: async ({ request }, { session }) => approve(parts, request, session),
    refuse: async ({ request, reason }, { session }) => refuse(parts, request, reason, session),
  };
}

/** @throws AppError approval.own-request; conflict when who asked may not do it any more; as `findOpen` */
async function approve(parts: ApprovalParts, id: string, { operator }: Session): Promise<Commit<null>> {
  const approval = await findOpen(parts, id);
  if (approval.askedBy === operator.id) throw new AppError('approval.own-request', 'Nobody approves what they asked for themselves.');
  const asking = (await presentOperators(parts.read())).find((one) => one.id === approval.askedBy);
  if (asking === undefined || !isGuarded(approval.call) || !may(asking.role, approval.call))
    throw new AppError('conflict', 'Who asked may not do this any more.', { what: 'request', id });
  return async (stores, { time }) => {
    await stores.approvals.decide(id, { state: 'approved', decidedBy: operator.id, decidedAt: time });
    return { value: null, subject: about(approval) };
  };
}

/** @throws AppError as `findOpen` */
async function refuse(parts: ApprovalParts, id: string, reason: string, { operator }: Session): Promise<Commit<null>> {
  const approval = await findOpen(parts, id);
  return async (stores, { time }) => {
    await stores.approvals.decide(id, { state: 'refused', decidedBy: operator.id, decidedAt: time });
    return { value: null, subject: about(approval), reason };
  };
}

const about = ({ call, digest, askedBy }: ApprovalRecord): AuditSubject => ({ call, digest, askedBy });

/** @throws AppError not-found; conflict for what is refused or used; approval.run-out */
async function findOpen({ read, clock }: ApprovalParts, id: string): Promise<ApprovalRecord> {
  const approval = await read().approvals.find(id);
  if (approval === undefined) throw new AppError('not-found', 'Nothing of this name waits for approval.', { what: 'request', id });
  if (approval.state === 'used' || approval.state === 'refused')
    throw new AppError('conflict', 'This request is no longer open.', { what: 'request', id });
  if (Date.parse(approval.expiresAt) <= clock.now().getTime())
    throw new AppError('approval.run-out', 'The time for this request is over.', { until: approval.expiresAt });
  return approval;
}

async function list(stores: ReadStores, now: Date): Promise<ApprovalView[]> {
  const operators = new Map((await stores.operators.list()).map(({ id, name }) => [id, name]));
  const views: ApprovalView[] = [];
  for (const approval of await stores.approvals.list(shown)) views.push(await viewOf(stores, approval, operators, now));
  return views;
}

async function viewOf(
  stores: ReadStores,
  { id, call, act, digest, subject: text, askedBy, askedAt, expiresAt, state, decidedBy }: ApprovalRecord,
  operators: ReadonlyMap<string, string>,
  now: Date,
): Promise<ApprovalView> {
  const subject = JSON.parse(text) as AuditSubject;
  const isOpen = state === 'asked' || state === 'approved';
  return {
    id,
    call,
    act,
    digest,
    subject,
    askedAt,
    expiresAt,
    names: Object.fromEntries(await namesIn(stores, [subject])),
    people: isOpen ? await peopleOf(stores, subject) : [],
    askedBy: operators.get(askedBy) ?? askedBy,
    state: isOpen && Date.parse(expiresAt) <= now.getTime() ? 'run-out' : state,
    decidedBy: decidedBy === null ? null : (operators.get(decidedBy) ?? decidedBy),
  };
}

/** Whose certificates it is about. */
async function peopleOf(stores: ReadStores, { certificates }: AuditSubject): Promise<readonly string[]> {
  if (typeof certificates !== 'object') return [];
  const ids = new Set<string>();
  for (const id of certificates) {
    if (ids.size >= named) break;
    const personId = (await stores.certificates.find(id))?.personId;
    if (typeof personId === 'string') ids.add(personId);
  }
  return (await stores.people.findMany([...ids])).map(({ name }) => name);
}
