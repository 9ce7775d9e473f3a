import type { Overview, TodoItem } from '../contract/reports.ts';
import type { UnfinishedOnToken } from '../contract/tokens.ts';
import { may } from '../domain/access/permissions.ts';
import type { Role } from '../domain/access/role.ts';
import { isToldAsAlarm } from '../domain/watch/alarm-rule.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AuthorityRecord, CertificateListRecord } from '../ports/stores/authorities.ts';
import type { EscrowRequestRecord } from '../ports/stores/escrow.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import { findFailure, withoutBackupSince } from './backup-schedule.ts';
import type { AreaHandlers } from './handler.ts';
import { alarmViews } from './incident-view.ts';
import { readPractice } from './practice.ts';
import { readSinks } from './sink-records.ts';
import { listUnfinished } from './token-unfinished.ts';
import type { Turns } from './turns.ts';

const day = 86_400_000;
/** From here on an end is something to act on; the same bound the window paints amber. */
const endingSoonDays = 30;
const weeks = 13;
/** How many people one list of things to do names; the rest is counted. */
const named = 20;

/** What needs somebody now, and how the practice stands. */
export function createReportHandlers(parts: ReportParts): AreaHandlers<'reports'> {
  return { overview: async (_, { session }) => overview(parts, parts.read(), parts.clock.now(), session.operator.role) };
}

export interface ReportParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly runner: { isRunning(jobId: string): boolean };
  readonly tokenTurns: Pick<Turns, 'isBusy'>;
}

async function overview({ runner, tokenTurns }: ReportParts, stores: ReadStores, now: Date, role: Role): Promise<Overview> {
  const practice = await readPractice(stores);
  const counts = await stores.people.counts(soon(now));
  const [latest, signed] = [await stores.auditLog.latestCheckpoint(), await stores.auditLog.latestSigned()];
  const lists = await latestLists(stores);
  return {
    practiceName: practice.name,
    people: counts.everyone,
    left: counts.left,
    covered: counts.everyone - counts.uncovered - counts.stopped - counts.held,
    todo: [
      ...(await escrowToDo(stores, now)),
      ...(await alarmsToDo(stores)),
      ...(await peopleToDo(stores, now)),
      ...(await jobsToDo(stores, runner)),
      // What is going on at this moment is not unfinished.
      ...(tokenTurns.isBusy || !may(role, 'tokens.reconcile') ? [] : await tokensToDo(stores)),
      ...listsToDo(lists, now),
      ...(await backupsToDo(stores, now)),
      ...(await sinksToDo(stores)),
    ],
    audit: { entries: latest?.size ?? 0, signedAt: signed?.time ?? null },
    endings: countWeeks(await stores.certificates.endings(mondayOf(now).toISOString(), weekEnd(now).toISOString()), now),
    lists: lists.map(({ authority, list }) => ({
      authority: authority.id,
      name: authority.name,
      number: list?.number ?? null,
      thisUpdate: list?.thisUpdate ?? null,
      nextUpdate: list?.nextUpdate ?? null,
    })),
  };
}

export const soon = (now: Date): string => new Date(now.getTime() + endingSoonDays * day).toISOString();

async function peopleToDo(stores: ReadStores, now: Date): Promise<TodoItem[]> {
  const { rows } = await stores.people.page({ filter: 'attention', sort: 'need', limit: named, endingBefore: soon(now) });
  const counts = await stores.people.counts(soon(now));
  const items = rows.map(personToDo);
  return counts.uncovered === 0 ? items : [...items, item('uncovered', { count: counts.uncovered })];
}

function personToDo(person: PersonRow): TodoItem {
  const { standing } = person;
  return item(standing === 'stopped' || standing === 'held' ? standing : 'ending', {
    personId: person.id,
    name: person.name,
    due: person.endsAt,
  });
}

/** What the rules over the log found and nobody has looked at. What has words of its own there is said once. */
async function alarmsToDo(stores: ReadStores): Promise<TodoItem[]> {
  const open = (await stores.incidents.openAlarms()).filter(({ rule }) => isToldAsAlarm(rule)).slice(0, named);
  return (await alarmViews(stores, open)).map(({ rule, about, count, lastAt }) => item('alarm', { rule, name: about, count, due: lastAt }));
}

/** A job that is recorded as unfinished and does not run here was interrupted. */
async function jobsToDo(stores: ReadStores, runner: ReportParts['runner']): Promise<TodoItem[]> {
  const stopped = (await stores.jobs.unfinished()).filter(({ id }) => !runner.isRunning(id));
  const failed = (await stores.jobs.list(5)).filter((job) => job.state === 'done' && job.failed > 0);
  return [
    ...stopped.map((job) => item('job-stopped', { job: job.id, count: job.total - job.done - job.skipped - job.failed })),
    ...failed.map((job) => item('job-failures', { job: job.id, count: job.failed })),
  ];
}

/** Each token that something was begun on, once, because it is settled there at one go; not one that is lost, which is refused. */
async function tokensToDo(stores: ReadStores): Promise<TodoItem[]> {
  const lost = new Set((await stores.tokens.lost()).map(({ serialNumber }) => serialNumber));
  const begun = Map.groupBy(
    (await listUnfinished(stores)).filter(({ token }) => !lost.has(token)),
    ({ token }) => token,
  );
  return [...begun].slice(0, named).map(([token, all]) => tokenToDo(token, all));
}

/** Whose key it is, is said where it is one. */
function tokenToDo(token: string, [only, ...more]: readonly UnfinishedOnToken[]): TodoItem {
  if (only === undefined || more.length > 0) return item('token-unfinished', { token, count: 1 + more.length });
  return only.authority === null
    ? item('token-unfinished', { token, name: only.personName, personId: only.personId })
    : item('token-authority-key', { token, name: only.authority === '' ? null : only.authority });
}

interface LatestList {
  readonly authority: AuthorityRecord;
  readonly list: CertificateListRecord | undefined;
}

async function latestLists(stores: ReadStores): Promise<LatestList[]> {
  const authorities = await stores.authorities.list();
  return Promise.all(authorities.map(async (authority) => ({ authority, list: await stores.authorities.latestList(authority.id) })));
}

/** A list that was made must be followed before it ends; two days ahead somebody is told. */
function listsToDo(lists: readonly LatestList[], now: Date): TodoItem[] {
  const due = lists.filter(({ list }) => list !== undefined && Date.parse(list.nextUpdate) - now.getTime() < 2 * day);
  return due.map(({ authority, list }) => item('list-due', { name: authority.name, due: list?.nextUpdate ?? null }));
}

/** A schedule that does not work says so at once; else somebody is told when there has been no backup for long. */
async function backupsToDo(stores: ReadStores, now: Date): Promise<TodoItem[]> {
  const failure = await findFailure(stores);
  if (failure !== null) return [item('backup-failed', { due: failure.at })];
  const without = await withoutBackupSince(stores, now);
  return without === undefined ? [] : [item(without.isNone ? 'backup-none' : 'backup-old', { due: without.since })];
}

/** Where entries of the log do not arrive. */
async function sinksToDo(stores: ReadStores): Promise<TodoItem[]> {
  const failed = (await readSinks(stores)).filter(({ failure }) => failure !== null);
  return failed.map(({ name, failure }) => item('sink-down', { name, due: failure?.since ?? null }));
}

/** An alarm and a review stay until somebody signed them off; what was asked for, until it was decided or ran out. */
async function escrowToDo(stores: ReadStores, now: Date): Promise<TodoItem[]> {
  const unreviewed = await stores.escrow.unreviewed();
  const alarms = unreviewed.filter(({ way }) => way === 'alone');
  const asked = (await stores.escrow.requests(named)).filter(
    ({ state, expiresAt }) => state === 'asked' && Date.parse(expiresAt) > now.getTime(),
  );
  return [
    ...(await Promise.all(alarms.map((request) => escrowItem(stores, 'escrow-alarm', request, request.doneAt)))),
    ...(await Promise.all(asked.map((request) => escrowItem(stores, 'escrow-asked', request, request.expiresAt)))),
    ...(await Promise.all(
      unreviewed.filter(({ way }) => way !== 'alone').map((request) => escrowItem(stores, 'escrow-review', request, request.doneAt)),
    )),
  ];
}

async function escrowItem(
  stores: ReadStores,
  kind: TodoItem['kind'],
  { personId }: EscrowRequestRecord,
  due: string | null,
): Promise<TodoItem> {
  const person = personId === null ? undefined : await stores.people.find(personId);
  return item(kind, { personId, name: person?.name ?? null, due });
}

const item = (kind: TodoItem['kind'], more: Partial<TodoItem>): TodoItem => ({
  personId: null,
  name: null,
  count: 1,
  due: null,
  job: null,
  ...more,
  kind,
});

function mondayOf(instant: Date): Date {
  const midnight = Date.UTC(instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate());
  return new Date(midnight - ((instant.getUTCDay() + 6) % 7) * day);
}

const weekEnd = (now: Date): Date => new Date(mondayOf(now).getTime() + weeks * 7 * day);

function countWeeks(endings: readonly { readonly notAfter: string }[], now: Date): Overview['endings'] {
  const first = mondayOf(now).getTime();
  const counts = Array.from({ length: weeks }, () => 0);
  for (const { notAfter } of endings) {
    const week = Math.floor((Date.parse(notAfter) - first) / (7 * day));
    counts[week] = (counts[week] ?? 0) + 1;
  }
  return counts.slice(0, weeks).map((count, week) => ({ week: new Date(first + week * 7 * day).toISOString().slice(0, 10), count }));
}
