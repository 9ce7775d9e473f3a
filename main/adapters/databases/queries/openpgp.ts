import { sql, type SqlBool } from 'kysely';
import { AppError } from '../../../domain/errors.ts';
import type { Page } from '../../../ports/page.ts';
import type { OpenPgpQuery, OpenPgpReader, OpenPgpRecord, OpenPgpStore } from '../../../ports/stores/openpgp.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { byIds } from '../id-chunks.ts';
import { inOrderOf, readPage, type KeysetList } from '../keyset-list.ts';
import type { OpenPgpTable } from '../schema.ts';

export function openPgpReader(connection: ReadConnection): OpenPgpReader {
  const { db } = connection;
  return {
    async find(id) {
      const row = await db.selectFrom('openPgp').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toRecord(row);
    },
    findByPrefix: (text) => findByPrefix(connection, text),
    async ofPerson(personId) {
      const rows = await db.selectFrom('openPgp').selectAll().where('personId', '=', personId).orderBy('id', 'desc').execute();
      return rows.map(toRecord);
    },
    page: (query) => page(connection, query),
    async certificate(id) {
      const row = await db.selectFrom('openPgpCertificate').select('certificate').where('openPgpId', '=', id).executeTakeFirst();
      return row?.certificate;
    },
  };
}

/** Eight hexadecimal digits or more, with the hyphens of an id. */
const prefixForm = /^[0-9a-f][0-9a-f-]{7,63}$/;
const mostCandidates = 10;
/** Sorts after every hexadecimal digit and hyphen. */
const beyondHex = 'g';

async function findByPrefix(connection: ReadConnection, text: string): Promise<OpenPgpRecord[]> {
  if (!prefixForm.test(text)) return [];
  const found = new Set<string>();
  for (const column of ['id', 'fingerprint'] as const) {
    const beginning = connection.db
      .selectFrom('openPgp')
      .select('id')
      .where(column, '>=', text)
      .where(column, '<', text + beyondHex)
      .limit(mostCandidates);
    for (const { id } of await beginning.execute()) found.add(id);
  }
  return findMany(connection, [...found]);
}

async function findMany({ db }: ReadConnection, ids: readonly string[]): Promise<OpenPgpRecord[]> {
  const rows = await byIds(ids, (some) => db.selectFrom('openPgp').selectAll().where('id', 'in', some).execute());
  return rows.map(toRecord);
}

/** Newest first: ids made later sort later. */
async function page(connection: ReadConnection, query: OpenPgpQuery): Promise<Page<OpenPgpRecord>> {
  const { personId } = query;
  const list: KeysetList = {
    name: 'openpgp',
    table: 'openPgp',
    order: ['id'],
    descending: true,
    branches: [personId === undefined ? [] : [sql<SqlBool>`${sql.ref('personId')} = ${personId}`]],
    search: [],
  };
  const found = await readPage(connection.db, list, query);
  const ids = found.rows.map(([id]) => String(id));
  return { ...found, rows: inOrderOf(ids, await findMany(connection, ids), ({ id }) => id) };
}

export function openPgpStore(connection: WriteConnection): OpenPgpStore {
  return {
    ...openPgpReader(connection),
    async insert(record, certificate) {
      await connection.insertRows('openPgp', columns, [valuesOf(record)]);
      await connection.insertRows('openPgpCertificate', ['openPgpId', 'certificate'], [[record.id, certificate]]);
    },
    async revoke(id, certificate, at) {
      if ((await openPgpReader(connection).find(id))?.revokedAt !== null)
        connection.refuse(new AppError('stale', 'This OpenPGP key is revoked already.', { id }));
      await connection.updateRows('openPgp', ['isCurrent', 'revokedAt'], ['id'], [[0, at, id]]);
      await connection.updateRows('openPgpCertificate', ['certificate'], ['openPgpId'], [[certificate, id]]);
    },
    async supersede(id) {
      const changed = await connection.updateRows('openPgp', ['isCurrent'], ['id', 'isCurrent'], [[0, id, 1]]);
      if (changed !== 1) connection.refuse(new AppError('stale', 'This OpenPGP key is no longer the one in use.', { id }));
    },
  };
}

const columns = [
  'id',
  'personId',
  'algorithm',
  'fingerprint',
  'subkeyFingerprint',
  'userIds',
  'primaryKeyId',
  'subkeyId',
  'revocationId',
  'createdAt',
  'expiresAt',
  'isCurrent',
  'revokedAt',
] as const;

const valuesOf = (record: OpenPgpRecord) =>
  [
    record.id,
    record.personId,
    record.algorithm,
    record.fingerprint,
    record.subkeyFingerprint,
    JSON.stringify(record.userIds),
    record.primaryKeyId,
    record.subkeyId,
    record.revocationId,
    record.createdAt,
    record.expiresAt,
    record.isCurrent ? 1 : 0,
    record.revokedAt,
  ] as const;

const toRecord = ({ userIds, isCurrent, ...same }: OpenPgpTable): OpenPgpRecord => ({
  ...same,
  userIds: readUserIds(userIds),
  isCurrent: isCurrent === 1,
});

function readUserIds(text: string): readonly string[] {
  try {
    const userIds: unknown = JSON.parse(text);
    if (Array.isArray(userIds) && userIds.every((userId): userId is string => typeof userId === 'string')) return userIds;
  } catch (error) {
    throw new AppError('store.corrupt', 'The user IDs of an OpenPGP key cannot be read.', {}, { cause: error });
  }
  throw new AppError('store.corrupt', 'The user IDs of an OpenPGP key cannot be read.');
}
