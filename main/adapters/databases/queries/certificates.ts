import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../domain/errors.ts';
import type { ServiceProfile } from '../../../domain/profile/certificate-profile.ts';
import type { CertificateReader, CertificateRecord, CertificateStore } from '../../../ports/stores/certificates.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { searchText } from '../search-text.ts';
import { findCertificates, findCertificatesByPrefix, pageOfCertificates } from './certificate-rows.ts';
import { changesSince } from './list-changes.ts';
import { resumeHeld, revokeHeld } from './holds.ts';
import { statuses, statusesOf } from './statuses.ts';
import { appendRevocations, chunksOf, dropEnded, entriesOf } from './revocation-chunks.ts';

/** How many rows are read before the event loop has its turn. */
const endingsAtATime = 2000;

export function certificateReader(connection: ReadConnection): CertificateReader {
  const { db } = connection;
  return {
    async find(id) {
      const [row] = await findCertificates(connection, 'certificate.id', [id]);
      return row;
    },
    findByPrefix: (text) => findCertificatesByPrefix(connection, text),
    ofPerson: (personId) => findCertificates(connection, 'certificate.personId', [personId]),
    ofPeople: (personIds) => findCertificates(connection, 'certificate.personId', personIds),
    page: (query) => pageOfCertificates(connection, query),
    async der(id) {
      const row = await db.selectFrom('certificateDer').select('der').where('certificateId', '=', id).executeTakeFirst();
      return row?.der;
    },
    endings: (from, to) => endings(connection, from, to),
    hasSubscribers: (authorityId) => hasSubscribers(connection, authorityId),
    listEntriesSize: (authorityId) => entriesOf(connection, authorityId),
    listEntries: (authorityId) => chunksOf(connection, authorityId),
    changesSince: (authorityId, since) => changesSince(connection, authorityId, since),
    statuses: (query) => statuses(connection, query),
    statusesOf: (authorityId, serialNumbers) => statusesOf(connection, authorityId, serialNumbers),
    issuedElsewhere: (authorityId) => issuedElsewhere(connection, authorityId),
    counts: () => counts(connection),
  };
}

async function endings({ db }: ReadConnection, from: string, to: string): ReturnType<CertificateReader['endings']> {
  const rows: { readonly notAfter: string; readonly id: string; readonly personId: string | null }[] = [];
  for (let last = { notAfter: from, id: '' }; ;) {
    const some = await db
      .selectFrom('certificate')
      .leftJoin('revocation', 'revocation.certificateId', 'certificate.id')
      .select(['certificate.notAfter', 'certificate.id', 'certificate.personId'])
      .where('certificate.isCurrent', '=', 1)
      .where('certificate.notAfter', '<', to)
      .where((where) => where.eb(where.refTuple('certificate.notAfter', 'certificate.id'), '>', where.tuple(last.notAfter, last.id)))
      .where('revocation.certificateId', 'is', null)
      .orderBy('certificate.notAfter')
      .orderBy('certificate.id')
      .limit(endingsAtATime)
      .execute();
    rows.push(...some);
    last = some.at(-1) ?? last;
    if (some.length < endingsAtATime) return rows.map(({ notAfter, personId }) => ({ notAfter, personId }));
    await nextTurn();
  }
}

/** Keys that speak for an authority about revocation are nobody's. */
const services: readonly string[] = ['ocsp-responder', 'crl-signer'] satisfies readonly ServiceProfile['id'][];

async function hasSubscribers({ db }: ReadConnection, authorityId: string): Promise<boolean> {
  const issued = db.selectFrom('certificate').select('id').where('issuerAuthorityId', '=', authorityId);
  return (await issued.where('isAuthority', '=', 0).where('profile', 'not in', services).limit(1).executeTakeFirst()) !== undefined;
}

async function issuedElsewhere({ db }: ReadConnection, authorityId: string): Promise<boolean> {
  const issued = db.selectFrom('certificate').select('id').where('issuerAuthorityId', '=', authorityId);
  return (await issued.where('profile', '=', 'imported').limit(1).executeTakeFirst()) !== undefined;
}

async function counts({ db }: ReadConnection): Promise<{ all: number; revoked: number }> {
  const all = await db
    .selectFrom('certificate')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const revoked = await db
    .selectFrom('revocation')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { all: all.count, revoked: revoked.count };
}

export function certificateStore(connection: WriteConnection): CertificateStore {
  return {
    ...certificateReader(connection),
    insert: (certificates, der) => insert(connection, certificates, der),
    async supersede(certificateIds) {
      const rows = certificateIds.map((id) => [0, id] as const);
      const changed = await connection.updateRows('certificate', ['isCurrent'], ['id'], rows);
      if (changed !== certificateIds.length)
        connection.refuse(new AppError('not-found', 'There is no such certificate.', { what: 'certificate' }));
    },
    revoke: (records) => appendRevocations(connection, records),
    revokeHeld: (ids, change, at) => revokeHeld(connection, ids, change, at),
    resume: (ids, at) => resumeHeld(connection, ids, at),
    dropEnded: (authorityId, at) => dropEnded(connection, authorityId, at),
  };
}

async function insert(connection: WriteConnection, certificates: readonly CertificateRecord[], der: readonly Uint8Array[]): Promise<void> {
  if (certificates.length !== der.length) throw new AppError('internal', 'Each certificate needs its DER.');
  await connection.insertRows('certificate', certificateColumns, certificates.map(certificateValues));
  const encodings = certificates.flatMap(({ id }, at) => {
    const octets = der[at];
    return octets === undefined ? [] : [[id, octets] as const];
  });
  await connection.insertRows('certificateDer', ['certificateId', 'der'], encodings);
}

const certificateColumns = [
  'id',
  'sha256',
  'serialNumber',
  'subject',
  'issuer',
  'issuerAuthorityId',
  'emails',
  'profile',
  'notBefore',
  'notAfter',
  'isAuthority',
  'keyId',
  'personId',
  'isCurrent',
  'createdAt',
  'search',
] as const;

const certificateValues = (record: CertificateRecord) =>
  [
    record.id,
    record.sha256,
    record.serialNumber,
    record.subject,
    record.issuer,
    record.issuerAuthorityId,
    JSON.stringify(record.emails),
    record.profile,
    record.notBefore,
    record.notAfter,
    record.isAuthority ? 1 : 0,
    record.keyId,
    record.personId,
    record.isCurrent ? 1 : 0,
    record.createdAt,
    searchText([record.subject, ...record.emails]),
  ] as const;
