import { FileContent } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import type { IncidentWords } from '../domain/locale/incident-words.ts';
import type { WatchPolicy } from '../domain/watch/policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { IncidentItemRecord } from '../ports/stores/incidents.ts';
import type { AreaHandlers, CommitPoint } from './handler.ts';
import { incidentRecord } from './incident-record.ts';
import { alarmViews, findAlarm, findIncident, summaryOf, viewIncident } from './incident-view.ts';
import { readPractice } from './practice.ts';
import { readWatchPolicy } from './watch-policy.ts';

export interface IncidentParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  /** SHA-256, hexadecimal. */
  readonly sha256Hex: (octets: Uint8Array) => string;
  readonly incidentWords: IncidentWords;
}

/** How many a list shows. */
const most = 500;

/** What was found in the log, and what somebody looks into. */
export function createIncidentHandlers(parts: IncidentParts): AreaHandlers<'incidents'> {
  const { read } = parts;
  return {
    list: async () => {
      const stores = read();
      const incidents = await stores.incidents.list(most);
      return {
        alarms: await alarmViews(stores, await stores.incidents.alarms(most)),
        incidents: await Promise.all(incidents.map((incident) => summaryOf(stores, incident))),
      };
    },
    show: async ({ incident }) => viewIncident(read(), await findIncident(read(), incident)),
    policy: async () => readWatchPolicy(read()),
    setPolicy: async (change) => async (stores) => {
      const after = changed(await readWatchPolicy(stores), change);
      await stores.settings.put('watch', JSON.stringify(after));
      return { value: after, subject: { changed: Object.keys(change) } };
    },
    ...createIncidentChanges(parts),
    print: async ({ incident }, { session }) => {
      const stores = read();
      const view = await viewIncident(stores, await findIncident(stores, incident));
      const { name: practice } = await readPractice(stores);
      const by = session.operator.name;
      const page = incidentRecord({ practice, incident: view, now: parts.clock.now(), by, words: parts.incidentWords });
      return { file: new FileContent(`incident-${incident}.html`, Buffer.from(page)) };
    },
  };
}

/** What is left out stays as it is. */
function changed(before: WatchPolicy, change: Parameters<AreaHandlers<'incidents'>['setPolicy']>[0]): WatchPolicy {
  const { failedSignIns, bulkExports, bulkRevocations, officeHours, reviewDays, retentionYears } = change;
  return {
    failedSignIns: failedSignIns ?? before.failedSignIns,
    bulkExports: bulkExports ?? before.bulkExports,
    bulkRevocations: bulkRevocations ?? before.bulkRevocations,
    officeHours: officeHours === undefined ? before.officeHours : officeHours,
    reviewDays: reviewDays ?? before.reviewDays,
    retentionYears: retentionYears ?? before.retentionYears,
  };
}

type Change = 'open' | 'add' | 'note' | 'close' | 'settle';

/** What people write stays out of the log, which keeps everything for years: their words' digest is there. */
function createIncidentChanges(parts: IncidentParts): Pick<AreaHandlers<'incidents'>, Change> {
  const { read, sha256Hex } = parts;
  const digest = (text: string) => ({ digest: sha256Hex(Buffer.from(text)) });
  return {
    open: async ({ title, discoveredAt, affected = null, ...evidence }, { session }) => {
      await requireFound(read(), evidence);
      const raisedAt = evidence.alarm === undefined ? undefined : (await findAlarm(read(), evidence.alarm)).raisedAt;
      return async (stores, at) => {
        const by = session.operator.id;
        const discovered = discoveredAt ?? raisedAt ?? at.time;
        if (discovered > at.time) throw tooLate();
        const incident = await stores.incidents.open({ title, openedAt: at.time, openedBy: by, discoveredAt: discovered, affected });
        if (isNamed(evidence)) await collect(stores, { incident, by, at, evidence });
        return { value: { incident }, subject: { incident, ...digest(title) } };
      };
    },
    add: async ({ incident, ...evidence }, { session }) => {
      if (!isNamed(evidence))
        throw new AppError('input.invalid', 'Name an alarm, an entry or a certificate.', { field: 'alarm', rule: 'required' });
      await requireFound(read(), evidence);
      await requireOpen(read(), incident);
      return async (stores, at) => {
        await collect(stores, { incident, by: session.operator.id, at, evidence });
        return { value: null };
      };
    },
    note: async ({ incident, text, affected }, { session }) => {
      await requireOpen(read(), incident);
      return async (stores, { time }) => {
        if (affected !== undefined) await stores.incidents.setAffected(incident, affected);
        await stores.incidents.add({ ...nothing, incident, addedAt: time, addedBy: session.operator.id, note: text });
        return { value: null, subject: digest(text) };
      };
    },
    close: async ({ incident, conclusion }, { session }) => {
      await requireOpen(read(), incident);
      return async (stores, { time }) => {
        await stores.incidents.close(incident, { closedAt: time, closedBy: session.operator.id, conclusion });
        return { value: null, subject: digest(conclusion) };
      };
    },
    settle: async ({ alarm, note }, { session }) => {
      await findAlarm(read(), alarm);
      return async (stores, { time }) => {
        await stores.incidents.settle(alarm, { state: 'settled', incident: null, settledBy: session.operator.id, settledAt: time, note });
        return { value: null, subject: digest(note) };
      };
    },
  };
}

interface Evidence {
  readonly alarm?: number | undefined;
  readonly entry?: number | undefined;
  readonly certificate?: string | undefined;
}

const isNamed = ({ alarm, entry, certificate }: Evidence): boolean =>
  alarm !== undefined || entry !== undefined || certificate !== undefined;

const tooLate = () => new AppError('input.invalid', 'Nothing is discovered in the future.', { field: 'discoveredAt', rule: 'past' });

/** @throws AppError not-found */
async function requireFound(stores: ReadStores, { alarm, entry, certificate }: Evidence): Promise<void> {
  if (alarm !== undefined) await findAlarm(stores, alarm);
  if (entry !== undefined && (await stores.auditLog.leaf(entry)) === undefined)
    throw new AppError('not-found', 'The log has no entry of this number.', { what: 'entry', id: String(entry) });
  if (certificate !== undefined && (await stores.certificates.find(certificate)) === undefined)
    throw new AppError('not-found', 'There is no such certificate.', { what: 'certificate', id: certificate });
}

/** @throws AppError not-found; conflict once it is closed: what was concluded stands */
async function requireOpen(stores: ReadStores, number: number): Promise<void> {
  const { closedAt } = await findIncident(stores, number);
  if (closedAt !== null) throw new AppError('conflict', 'This incident is closed.', { what: 'incident', id: String(number) });
}

const nothing = { entry: null, alarm: null, certificateId: null, note: null } as const;

interface Collected {
  readonly incident: number;
  readonly by: string;
  readonly at: CommitPoint;
  readonly evidence: Evidence;
}

/** An alarm brings the entry that raised it, and is looked into from now on. */
async function collect({ incidents }: Stores, { incident, by, at, evidence }: Collected): Promise<void> {
  const put = (item: Partial<IncidentItemRecord>) => incidents.add({ ...nothing, ...item, incident, addedAt: at.time, addedBy: by });
  const { alarm, entry, certificate } = evidence;
  if (alarm !== undefined) {
    await incidents.settle(alarm, { state: 'incident', incident, settledBy: by, settledAt: at.time, note: null });
    await put({ alarm });
  }
  if (entry !== undefined) await put({ entry });
  if (certificate !== undefined) await put({ certificateId: certificate });
}
