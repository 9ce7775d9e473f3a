import type { AuditEntry, AuditSubject } from '../domain/audit/entry.ts';
import type { ReadStores } from '../ports/database.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What the ids in these entries are called now: operators, people and authorities. Leaves hold ids only. */
export const namesFor = async (stores: ReadStores, entries: readonly AuditEntry[]): Promise<ReadonlyMap<string, string>> =>
  namesIn(
    stores,
    entries.map(({ operator = '', subject }) => ({ ...subject, operatorOfEntry: operator })),
  );

/** The same for subjects alone. */
export async function namesIn(stores: ReadStores, subjects: readonly AuditSubject[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(subjects.flatMap((subject) => Object.values(subject).flatMap(texts)).filter((id) => uuid.test(id)));
  const people = await stores.people.findMany([...ids].slice(0, 1000));
  const named = [...(await stores.operators.list()), ...(await stores.authorities.list()), ...people];
  return new Map(named.filter(({ id }) => ids.has(id)).map(({ id, name }) => [id, name]));
}

const texts = (value: AuditEntry['subject'][string]): readonly string[] => (typeof value === 'object' ? value : [String(value)]);
