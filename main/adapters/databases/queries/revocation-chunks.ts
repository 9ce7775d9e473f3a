import { setImmediate as nextTurn } from 'node:timers/promises';
import { concatenate } from '../../../domain/asn1/der-writer.ts';
import { encodeRevokedCertificate, listEntryOf } from '../../../domain/x509/certificate-list.ts';
import type { CertificateReader, RevocationRecord } from '../../../ports/stores/certificates.ts';
import { letGo } from '../../../domain/encoding/octets.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import type { RevocationChunkTable } from '../schema.ts';

/**
 * The entries of an authority's list, encoded when they come into being and kept by the thousand: a list of a million is a
 * thousand rows to read. A chunk says nothing that the revocations with its number do not; it is made from them again when
 * one of them changes.
 */
export const entriesOfChunk = 1024;

/** Chunks read before the event loop has its turn. */
const chunksAtATime = 64;
/** Most chunks that one list makes anew to drop what has ended. What is named a little longer does no harm (RFC 5280 section 3.3). */
const mostRenewed = 16;

type Chunk = RevocationChunkTable;

export async function entriesOf({ db }: ReadConnection, authorityId: string): ReturnType<CertificateReader['listEntriesSize']> {
  const sum = await db
    .selectFrom('revocationChunk')
    .select(({ fn, ref }) => [
      fn.sum<number | null>('entries').as('entries'),
      fn.sum<number | null>(fn('length', [ref('der')])).as('octets'),
    ])
    .where('authorityId', '=', authorityId)
    .executeTakeFirstOrThrow();
  return { entries: Number(sum.entries ?? 0), octets: Number(sum.octets ?? 0) };
}

export async function* chunksOf({ db }: ReadConnection, authorityId: string): AsyncGenerator<Uint8Array> {
  for (let last = -1; ;) {
    const rows = await db
      .selectFrom('revocationChunk')
      .select(['position', 'der'])
      .where('authorityId', '=', authorityId)
      .where('position', '>', last)
      .orderBy('position')
      .limit(chunksAtATime)
      .execute();
    for (const { der } of rows) {
      yield der;
      letGo(der);
    }
    if (rows.length < chunksAtATime) return;
    last = rows.at(-1)?.position ?? last;
    await nextTurn();
  }
}

/** Records revocations and puts their entries behind those there are. */
export async function appendRevocations(connection: WriteConnection, records: readonly RevocationRecord[]): Promise<void> {
  for (const [authorityId, some] of Map.groupBy(records, (record) => record.authorityId)) {
    const inOrder = some.toSorted((a, b) => compare(a.revokedAt, b.revokedAt) || compare(a.serialNumber, b.serialNumber));
    let chunk = await lastChunk(connection, authorityId);
    for (let from = 0; from < inOrder.length;) {
      if (chunk.entries >= entriesOfChunk) chunk = emptyChunk(authorityId, chunk.position + 1);
      const added = inOrder.slice(from, from + entriesOfChunk - chunk.entries);
      chunk = extended(chunk, added);
      await insertRevocations(connection, added, chunk.position);
      await writeChunk(connection, chunk);
      from += added.length;
    }
  }
}

async function lastChunk({ db }: ReadConnection, authorityId: string): Promise<Chunk> {
  const last = db.selectFrom('revocationChunk').selectAll().where('authorityId', '=', authorityId).orderBy('position', 'desc').limit(1);
  return (await last.executeTakeFirst()) ?? emptyChunk(authorityId, 0);
}

/** `endsFirst` of a chunk without entries sorts after every instant. */
const emptyChunk = (authorityId: string, position: number): Chunk => ({
  authorityId,
  position,
  entries: 0,
  endsFirst: '~',
  der: new Uint8Array(),
});

export const extended = (chunk: Chunk, added: readonly RevocationRecord[]): Chunk => ({
  ...chunk,
  entries: chunk.entries + added.length,
  endsFirst: added.reduce((first, { notAfter }) => (notAfter < first ? notAfter : first), chunk.endsFirst),
  der: concatenate([chunk.der, ...added.map(encodeEntry)]),
});

const encodeEntry = (record: RevocationRecord): Uint8Array => encodeRevokedCertificate(listEntryOf(record));

const insertRevocations = (connection: WriteConnection, records: readonly RevocationRecord[], chunk: number): Promise<void> =>
  connection.insertRows(
    'revocation',
    revocationColumns,
    records.map((record) => [
      record.certificateId,
      record.authorityId,
      record.serialNumber,
      record.revokedAt,
      record.reason,
      record.invalidityDate,
      record.notAfter,
      chunk,
      record.revokedAt,
    ]),
  );

const revocationColumns = [
  'certificateId',
  'authorityId',
  'serialNumber',
  'revokedAt',
  'reason',
  'invalidityDate',
  'notAfter',
  'chunk',
  'changedAt',
] as const;

async function writeChunk(connection: WriteConnection, { authorityId, position, entries, endsFirst, der }: Chunk): Promise<void> {
  const changed = await connection.updateRows(
    'revocationChunk',
    ['entries', 'endsFirst', 'der'],
    ['authorityId', 'position'],
    [[entries, endsFirst, der, authorityId, position]],
  );
  if (changed === 0)
    await connection.insertRows(
      'revocationChunk',
      ['authorityId', 'position', 'entries', 'endsFirst', 'der'],
      [[authorityId, position, entries, endsFirst, der]],
    );
}

/** Makes a chunk anew from its revocations, without those that have ended before `endingSince`. */
export async function renewChunk(connection: WriteConnection, authorityId: string, position: number, endingSince: string): Promise<void> {
  const records = await connection.db
    .selectFrom('revocation')
    .selectAll()
    .where('authorityId', '=', authorityId)
    .where('chunk', '=', position)
    .where('notAfter', '>=', endingSince)
    .orderBy('revokedAt')
    .orderBy('serialNumber')
    .execute();
  await writeChunk(connection, extended(emptyChunk(authorityId, position), records));
}

/**
 * RFC 5280 section 3.3: an entry may leave a list only after it was in one made beyond the certificate's end, so those
 * that ended since the newest list are named once more.
 */
export async function dropEnded(connection: WriteConnection, authorityId: string, at: string): Promise<void> {
  const endingSince = await endOfNamed(connection, authorityId, at);
  const chunks = await connection.db
    .selectFrom('revocationChunk')
    .select('position')
    .where('authorityId', '=', authorityId)
    .where('endsFirst', '<', endingSince)
    .orderBy('endsFirst')
    .limit(mostRenewed)
    .execute();
  for (const { position } of chunks) {
    await renewChunk(connection, authorityId, position, endingSince);
    await nextTurn();
  }
}

/** Certificates that ended before this were named in a list made beyond their end. */
async function endOfNamed({ db }: ReadConnection, authorityId: string, at: string): Promise<string> {
  const newest = await db
    .selectFrom('certificateList')
    .select('thisUpdate')
    .where('authorityId', '=', authorityId)
    .where('base', 'is', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest === undefined) return '';
  return newest.thisUpdate < at ? newest.thisUpdate : at;
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
