import { DatabaseSync } from 'node:sqlite';
import type { Database, Stores } from '../../main/ports/database.ts';
import type { CertificateRecord } from '../../main/ports/stores/certificates.ts';
import type { JobRecord } from '../../main/ports/stores/jobs.ts';
import type { KeyRecord } from '../../main/ports/stores/keys.ts';
import type { PersonRecord } from '../../main/ports/stores/people.ts';
import {
  certificateOf,
  checkpointOf,
  jobOf,
  keyOf,
  leafOf,
  mailboxOf,
  octets,
  personOf,
  sealedKeyOf,
  someInstant,
  type PracticeRecords,
} from '../conformance/database-records.ts';

/** What one unit of an enrolment writes, from its people to its checkpoint. */
export interface UnitRecords {
  readonly practice: PracticeRecords;
  readonly people: readonly PersonRecord[];
  readonly keys: readonly KeyRecord[];
  readonly certificates: readonly CertificateRecord[];
  readonly job: JobRecord;
}

export function unitRecords(practice: PracticeRecords, size: number): UnitRecords {
  const people = Array.from({ length: size }, () => personOf());
  const keys = people.flatMap(({ id }) => (['sign', 'encrypt'] as const).map((usage) => keyOf({ personId: id, usage })));
  const issuerAuthorityId = practice.authority.id;
  const certificates = keys.map(({ id, personId }) => certificateOf({ keyId: id, personId, issuerAuthorityId }));
  return { practice, people, keys, certificates, job: jobOf(practice.operator.id, { total: size }) };
}

/** The steps of the unit, in order, each with what it writes. */
export const unitSteps: readonly (readonly [name: string, step: (stores: Stores, records: UnitRecords) => Promise<void>])[] = [
  [
    'people',
    ({ people }, records) =>
      people.insert(
        records.people,
        records.people.map(({ id }) => mailboxOf(id, `${id}@ridgeway.example`)),
      ),
  ],
  [
    'a job',
    ({ jobs }, { job, people }) =>
      jobs.insert(
        job,
        people.map(({ id }) => id),
      ),
  ],
  ['keys', ({ keys }, records) => keys.insert(records.keys)],
  [
    'sealed keys',
    ({ vault }, { keys, practice }) => vault.insertSealedKeys(keys.map(({ id }) => sealedKeyOf(id, [practice.sealingKey.id]))),
  ],
  [
    'certificates',
    ({ certificates }, records) =>
      certificates.insert(
        records.certificates,
        records.certificates.map((_, at) => octets(760, at)),
      ),
  ],
  [
    'settled items',
    ({ jobs }, { job, people }) =>
      jobs.settle(
        job.id,
        people.map((_, position) => ({ position, state: 'done', error: null })),
      ),
  ],
  [
    'standings',
    ({ people }, records) => people.setStanding(records.people.map(({ id }) => ({ id, standing: 'covered', endsAt: someInstant }))),
  ],
  ['the log', ({ auditLog }, { people }) => appendAll(auditLog, people)],
];

async function appendAll(auditLog: Stores['auditLog'], people: readonly PersonRecord[]): Promise<void> {
  const size = await auditLog.size();
  const leaves = people.map(({ id }, at) => leafOf(size + at, { subject: { person: id } }));
  await auditLog.append(leaves, checkpointOf(size + leaves.length));
}

/** Runs the whole unit; `after` is called between its steps. */
export function runUnit(database: Database, records: UnitRecords, after: (step: string) => void = () => undefined): Promise<void> {
  return database.unit(async (stores) => {
    for (const [name, step] of unitSteps) {
      await step(stores, records);
      after(name);
    }
  });
}

/** How many rows each table of a SQLite file holds, read with a connection of its own; of an index of words it is its own tables that count. */
export function rowCounts(path: string): Record<string, number> {
  const raw = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = raw
      .prepare(`select name from sqlite_schema where type = 'table' and sql not like 'create virtual%' order by name`)
      .all();
    return Object.fromEntries(
      tables.map(({ name }) => [String(name), Number(raw.prepare(`select count(*) as count from "${String(name)}"`).get()?.['count'])]),
    );
  } finally {
    raw.close();
  }
}
