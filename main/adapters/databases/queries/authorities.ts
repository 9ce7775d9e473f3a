import { AppError } from '../../../domain/errors.ts';
import type { AuthorityReader, AuthorityRecord, AuthorityStore, CertificateListRecord } from '../../../ports/stores/authorities.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function authorityReader({ db }: ReadConnection): AuthorityReader {
  return {
    find: (id) => db.selectFrom('authority').selectAll().where('id', '=', id).executeTakeFirst(),
    list: () =>
      db
        .selectFrom('authority')
        .selectAll()
        .orderBy('createdAt')
        .orderBy(({ case: when }) => when().when('parentId', 'is', null).then(0).else(1).end())
        .orderBy('id')
        .execute(),
    latestList: (authorityId) =>
      db
        .selectFrom('certificateList')
        .selectAll()
        .where('authorityId', '=', authorityId)
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst(),
  };
}

export function authorityStore(connection: WriteConnection): AuthorityStore {
  return {
    ...authorityReader(connection),
    insert: (authority) => connection.insertRows('authority', authorityColumns, [authorityValues(authority)]),
    insertList: (list) => insertList(connection, list),
  };
}

const authorityColumns = ['id', 'name', 'parentId', 'algorithm', 'keyId', 'certificateId', 'publishUrl', 'slug', 'createdAt'] as const;

const authorityValues = (record: AuthorityRecord) =>
  [
    record.id,
    record.name,
    record.parentId,
    record.algorithm,
    record.keyId,
    record.certificateId,
    record.publishUrl,
    record.slug,
    record.createdAt,
  ] as const;

async function insertList(connection: WriteConnection, list: CertificateListRecord): Promise<void> {
  const latest = await connection.db
    .selectFrom('certificateList')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('authorityId', '=', list.authorityId)
    .executeTakeFirst();
  const before = latest?.number ?? null;
  if (before !== null && list.number !== before + 1)
    throw new AppError('stale', 'Another list of this authority was made meanwhile.', { number: before });
  await connection.insertRows(
    'certificateList',
    ['authorityId', 'number', 'thisUpdate', 'nextUpdate', 'entries', 'der'],
    [[list.authorityId, list.number, list.thisUpdate, list.nextUpdate, list.entries, list.der]],
  );
}
