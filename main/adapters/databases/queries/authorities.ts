import { AppError } from '../../../domain/errors.ts';
import type { AuthorityReader, AuthorityRecord, AuthorityStore } from '../../../ports/stores/authorities.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { insertList, insertListPart, latestDelta, latestList, latestPublished, listDer, listParts } from './certificate-lists.ts';

export function authorityReader({ db }: ReadConnection): AuthorityReader {
  return {
    find: (id) => db.selectFrom('authority').select(authorityColumns).where('id', '=', id).executeTakeFirst(),
    outside: () =>
      db.selectFrom('authority').select(authorityColumns).where('isOutside', '=', 1).orderBy('createdAt').orderBy('id').execute(),
    list: () =>
      db
        .selectFrom('authority')
        .select(authorityColumns)
        .where('isOutside', '=', 0)
        .orderBy('createdAt')
        .orderBy(({ case: when }) => when().when('parentId', 'is', null).then(0).else(1).end())
        .orderBy('id')
        .execute(),
    latestList: (authorityId) => latestList({ db }, authorityId),
    latestPublished: (authorityId) => latestPublished({ db }, authorityId),
    latestDelta: (authorityId) => latestDelta({ db }, authorityId),
    async crossCertificates(authorityId) {
      const rows = await db
        .selectFrom('crossCertificate')
        .select('certificateId')
        .where('authorityId', '=', authorityId)
        .orderBy('certificateId')
        .execute();
      return rows.map(({ certificateId }) => certificateId);
    },
    requests: () => db.selectFrom('authorityRequest').selectAll().orderBy('createdAt').orderBy('id').execute(),
    requestByKey: (keyId) => db.selectFrom('authorityRequest').selectAll().where('keyId', '=', keyId).executeTakeFirst(),
    listDer: (authorityId, number) => listDer({ db }, authorityId, number),
    listParts: (authorityId, number, from, most) => listParts({ db }, authorityId, number, from, most),
  };
}

export function authorityStore(connection: WriteConnection): AuthorityStore {
  return {
    ...authorityReader(connection),
    insert: (authority) => connection.insertRows('authority', storedColumns, [[...authorityValues(authority), 0]]),
    insertOutside: (authority) => connection.insertRows('authority', storedColumns, [[...authorityValues(authority), 1]]),
    async bringInside(authority) {
      const [result] = await connection.db
        .updateTable('authority')
        .set({ ...authority, isOutside: 0 })
        .where('id', '=', authority.id)
        .where('isOutside', '=', 1)
        .execute();
      if (Number(result?.numUpdatedRows ?? 0) === 0) connection.refuse(new AppError('stale', 'This authority is here already.'));
    },
    async setOcspUrl(id, ocspUrl) {
      const changed = await connection.updateRows('authority', ['ocspUrl'], ['id'], [[ocspUrl, id]]);
      if (changed === 0) connection.refuse(new AppError('not-found', 'There is no such authority.', { what: 'authority', id }));
    },
    async insertRequest(request) {
      await connection.db.insertInto('authorityRequest').values(request).execute();
    },
    async removeRequest(id) {
      const [result] = await connection.db.deleteFrom('authorityRequest').where('id', '=', id).execute();
      if (Number(result?.numDeletedRows ?? 0) === 0)
        connection.refuse(new AppError('stale', 'This authority has its certificate already.'));
    },
    insertCrossCertificate: (certificateId, authorityId) =>
      connection.insertRows('crossCertificate', ['certificateId', 'authorityId'], [[certificateId, authorityId]]),
    async publishList(authorityId, number, at) {
      const changed = await connection.updateRows(
        'certificateList',
        ['publishedAt'],
        ['authorityId', 'number'],
        [[at, authorityId, number]],
      );
      if (changed === 0) connection.refuse(new AppError('not-found', 'There is no such list.', { what: 'list', number }));
    },
    insertList: (list) => insertList(connection, list),
    insertListPart: (part) => insertListPart(connection, part),
  };
}

const authorityColumns = [
  'id',
  'name',
  'parentId',
  'algorithm',
  'keyId',
  'certificateId',
  'publishUrl',
  'slug',
  'createdAt',
  'ocspUrl',
  'replaces',
] as const;

const storedColumns = [...authorityColumns, 'isOutside'] as const;

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
    record.ocspUrl,
    record.replaces,
  ] as const;
