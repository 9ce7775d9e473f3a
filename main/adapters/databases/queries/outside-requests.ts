import { AppError } from '../../../domain/errors.ts';
import type { OutsideRequestReader, OutsideRequestRecord, OutsideRequestStore } from '../../../ports/stores/outside-requests.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import type { OutsideRequestTable } from '../schema.ts';

export function outsideRequestReader({ db }: ReadConnection): OutsideRequestReader {
  return {
    async find(id) {
      const row = await db.selectFrom('outsideRequest').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : toRecord(row);
    },
    async findByKey(keyId) {
      const row = await db.selectFrom('outsideRequest').selectAll().where('keyId', '=', keyId).executeTakeFirst();
      return row === undefined ? undefined : toRecord(row);
    },
    async open() {
      const rows = db.selectFrom('outsideRequest').selectAll().where('certificateId', 'is', null);
      return (await rows.orderBy('createdAt').orderBy('id').execute()).map(toRecord);
    },
  };
}

const toRecord = (row: OutsideRequestTable): OutsideRequestRecord => ({ ...row, emails: JSON.parse(row.emails) as readonly string[] });

export function outsideRequestStore(connection: WriteConnection): OutsideRequestStore {
  return {
    ...outsideRequestReader(connection),
    insert: (request) => connection.insertRows('outsideRequest', requestColumns, [requestValues(request)]),
    async answer(id, certificateId) {
      const changes = connection.db.updateTable('outsideRequest').set({ certificateId }).where('id', '=', id);
      const [result] = await changes.where('certificateId', 'is', null).execute();
      if (Number(result?.numUpdatedRows ?? 0) === 0) connection.refuse(answered());
    },
    async remove(id) {
      const [result] = await connection.db.deleteFrom('outsideRequest').where('id', '=', id).where('certificateId', 'is', null).execute();
      if (Number(result?.numDeletedRows ?? 0) === 0) connection.refuse(answered());
    },
  };
}

const answered = (): AppError => new AppError('stale', 'This request has its answer already.');

const requestColumns = ['id', 'keyId', 'personId', 'subject', 'emails', 'purpose', 'der', 'createdAt', 'certificateId'] as const;

const requestValues = (request: OutsideRequestRecord) =>
  [
    request.id,
    request.keyId,
    request.personId,
    request.subject,
    JSON.stringify(request.emails),
    request.purpose,
    request.der,
    request.createdAt,
    request.certificateId,
  ] as const;
