import { AppError } from '../../../domain/errors.ts';
import type { MailPackageReader, MailPackageRecord, MailPackageStore } from '../../../ports/stores/mail-packages.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import type { Schema } from '../schema.ts';

export function mailPackageReader({ db }: ReadConnection): MailPackageReader {
  const all = () => db.selectFrom('mailPackage').selectAll();
  return {
    async find(id) {
      const row = await all().where('id', '=', id).executeTakeFirst();
      return row && recordOf(row);
    },
    ofDelivery: async (deliveryId) => (await all().where('deliveryId', '=', deliveryId).orderBy('position').execute()).map(recordOf),
    ofPerson: async (personId) =>
      (await all().where('personId', '=', personId).orderBy('askedAt', 'desc').orderBy('id').execute()).map(recordOf),
    inState: async (state) => (await all().where('state', '=', state).orderBy('expiresAt').orderBy('id').execute()).map(recordOf),
    list: async (limit) => (await all().orderBy('askedAt', 'desc').orderBy('position').limit(limit).execute()).map(recordOf),
  };
}

const recordOf = (row: Schema['mailPackage']): MailPackageRecord => ({ ...row, certificates: JSON.parse(row.certificates) as string[] });

const columns = [
  'id',
  'deliveryId',
  'position',
  'personId',
  'client',
  'state',
  'days',
  'certificates',
  'sha256',
  'operatorId',
  'askedAt',
  'expiresAt',
  'pickedUpAt',
  'provedAt',
  'error',
] as const;

const valuesOf = (one: MailPackageRecord) =>
  [
    one.id,
    one.deliveryId,
    one.position,
    one.personId,
    one.client,
    one.state,
    one.days,
    JSON.stringify(one.certificates),
    one.sha256,
    one.operatorId,
    one.askedAt,
    one.expiresAt,
    one.pickedUpAt,
    one.provedAt,
    one.error,
  ] as const;

export function mailPackageStore(connection: WriteConnection): MailPackageStore {
  return {
    ...mailPackageReader(connection),
    insert: (packages) => connection.insertRows('mailPackage', columns, packages.map(valuesOf)),
    async change(id, from, { certificates, ...more }) {
      const values = { ...more, ...(certificates === undefined ? {} : { certificates: JSON.stringify(certificates) }) };
      const update = connection.db.updateTable('mailPackage').set(values).where('id', '=', id).where('state', 'in', from);
      if ((await update.executeTakeFirst()).numUpdatedRows !== 1n)
        connection.refuse(new AppError('stale', 'This package is no longer as it was.', { what: 'package', id }));
    },
  };
}
