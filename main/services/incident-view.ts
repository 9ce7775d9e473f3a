import type { AlarmView, IncidentEvent, IncidentSummary, IncidentView, KeyConcerned } from '../contract/incidents.ts';
import { AppError } from '../domain/errors.ts';
import { breachDates } from '../domain/watch/breach-dates.ts';
import { certificatesIn } from '../domain/watch/rules.ts';
import type { ReadStores } from '../ports/database.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { AlarmRecord, IncidentItemRecord, IncidentRecord } from '../ports/stores/incidents.ts';
import { viewEntries } from './audit.ts';
import type { AuditEntryView } from '../contract/audit.ts';

/** @throws AppError not-found */
export async function findIncident({ incidents }: ReadStores, number: number): Promise<IncidentRecord> {
  const incident = await incidents.find(number);
  if (incident === undefined) throw new AppError('not-found', 'There is no such incident.', { what: 'incident', id: String(number) });
  return incident;
}

/** @throws AppError not-found */
export async function findAlarm({ incidents }: ReadStores, number: number): Promise<AlarmRecord> {
  const alarm = await incidents.alarm(number);
  if (alarm === undefined) throw new AppError('not-found', 'There is no such alarm.', { what: 'alarm', id: String(number) });
  return alarm;
}

type Names = ReadonlyMap<string, string>;

async function operatorNames({ operators }: ReadStores): Promise<Names> {
  return new Map((await operators.list()).map(({ id, name }) => [id, name]));
}

export async function summaryOf(stores: ReadStores, incident: IncidentRecord): Promise<IncidentSummary> {
  return summary(incident, await operatorNames(stores));
}

function summary(incident: IncidentRecord, names: Names): IncidentSummary {
  const { number, title, openedAt, openedBy, discoveredAt, affected, closedAt, closedBy, conclusion } = incident;
  const closed = closedAt === null ? null : { by: nameIn(names, closedBy), at: closedAt, conclusion: conclusion ?? '' };
  return {
    number,
    title,
    state: closed === null ? 'open' : 'closed',
    openedAt,
    openedBy: nameIn(names, openedBy),
    discoveredAt,
    affected,
    notice: breachDates(discoveredAt, affected),
    closed,
  };
}

const nameIn = (names: Names, id: string | null): string => names.get(id ?? '') ?? id ?? '';

export async function alarmViews(stores: ReadStores, alarms: readonly AlarmRecord[]): Promise<AlarmView[]> {
  const names = await operatorNames(stores);
  return Promise.all(alarms.map(async (alarm) => alarmView(alarm, names, await aboutName(stores, alarm.about))));
}

function alarmView({ settledBy, settledAt, note, ...alarm }: AlarmRecord, names: Names, about: string | null): AlarmView {
  const settled = settledAt === null || note === null ? null : { by: nameIn(names, settledBy), at: settledAt, note };
  return { ...alarm, about, settled };
}

/** People and authorities by their names; of a request for a recovery, whose keys it was about. */
async function aboutName(stores: ReadStores, about: string): Promise<string | null> {
  if (about === '') return null;
  const personId = (await stores.escrow.request(about))?.personId ?? about;
  const person = await stores.people.find(personId);
  const authority = (await stores.authorities.list()).find(({ id }) => id === about);
  return person?.name ?? authority?.name ?? about;
}

/** An incident with all that was collected, in the order it happened. */
export async function viewIncident(stores: ReadStores, incident: IncidentRecord): Promise<IncidentView> {
  const names = await operatorNames(stores);
  const items = await stores.incidents.items(incident.number);
  const timeline = (await Promise.all(items.map((item) => eventOf(stores, item, names)))).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return { ...summary(incident, names), timeline, keys: await keysOf(stores, timeline) };
}

async function eventOf(stores: ReadStores, item: IncidentItemRecord, names: Names): Promise<IncidentEvent> {
  const alarm = item.alarm === null ? undefined : await stores.incidents.alarm(item.alarm);
  const leaf = item.entry === null ? undefined : await stores.auditLog.leaf(item.entry);
  const [entry] = leaf === undefined ? [] : await viewEntries(stores, [leaf]);
  const [seen] = alarm === undefined ? [] : await alarmViews(stores, [alarm]);
  return {
    at: entry?.time ?? seen?.raisedAt ?? item.addedAt,
    addedAt: item.addedAt,
    addedBy: nameIn(names, item.addedBy),
    entry: entry ?? null,
    alarm: seen ?? null,
    note: item.note,
    certificate: item.certificateId,
  };
}

/** The certificates that the incident's entries name, by themselves, by their keys or by the token they are on. */
async function keysOf(stores: ReadStores, timeline: readonly IncidentEvent[]): Promise<readonly KeyConcerned[]> {
  const rows = new Map<string, CertificateRow>();
  for (const event of timeline)
    for (const id of await certificatesOf(stores, event)) {
      const row = rows.has(id) ? undefined : await stores.certificates.find(id);
      if (row !== undefined) rows.set(id, row);
    }
  const places = await stores.tokens.placesOf([...rows.values()].map(({ keyId }) => keyId));
  const tokens = new Map(places.map(({ keyId, serialNumber }) => [keyId, serialNumber]));
  return Promise.all([...rows.values()].map(async (row) => keyConcerned(stores, row, tokens.get(row.keyId) ?? null)));
}

async function certificatesOf(stores: ReadStores, { certificate, entry, alarm }: IncidentEvent): Promise<readonly string[]> {
  const named = certificate === null ? [] : [certificate];
  if (entry !== null) return [...named, ...(await namedIn(stores, entry.subject))];
  const leaves = alarm === null ? [] : [await stores.auditLog.leaf(alarm.firstIndex), await stores.auditLog.leaf(alarm.lastIndex)];
  const entries = await viewEntries(
    stores,
    leaves.filter((leaf) => leaf !== undefined),
  );
  return [...named, ...(await Promise.all(entries.map(({ subject }) => namedIn(stores, subject)))).flat()];
}

async function namedIn(stores: ReadStores, subject: AuditEntryView['subject']): Promise<readonly string[]> {
  const { token, person } = subject;
  const named = certificatesIn(subject);
  if (typeof token === 'string') {
    const keys = new Set((await stores.tokens.keysOn([token])).map(({ keyId }) => keyId));
    const people = new Set<string>(typeof person === 'string' ? [person] : []);
    for (const key of keys) people.add((await stores.keys.find(key))?.personId ?? '');
    const rows = await stores.certificates.ofPeople([...people].filter((id) => id !== ''));
    return [...named, ...rows.filter(({ keyId }) => keys.has(keyId)).map(({ id }) => id)];
  }
  return named;
}

async function keyConcerned(stores: ReadStores, row: CertificateRow, token: string | null): Promise<KeyConcerned> {
  const person = row.personId === null ? undefined : await stores.people.find(row.personId);
  const revoked = row.revocation === null ? null : { at: row.revocation.revokedAt, reason: row.revocation.reason };
  return {
    certificate: row.id,
    serialNumber: row.serialNumber,
    person: row.personId,
    name: person?.name ?? null,
    emails: row.emails,
    purpose: row.keyUsage,
    store: row.keyStore,
    token,
    since: row.notBefore,
    until: revoked === null || revoked.at > row.notAfter ? row.notAfter : revoked.at,
    revoked,
  };
}
