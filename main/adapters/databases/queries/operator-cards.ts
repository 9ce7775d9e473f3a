import type { OperatorCardReader, OperatorCardStore } from '../../../ports/stores/operator-cards.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function operatorCardReader({ db }: ReadConnection): OperatorCardReader {
  return {
    isAny: async () => (await db.selectFrom('operatorCard').select('operatorId').limit(1).executeTakeFirst()) !== undefined,
    find: (operatorId, serialNumber) =>
      db
        .selectFrom('operatorCard')
        .selectAll()
        .where('operatorId', '=', operatorId)
        .where('serialNumber', '=', serialNumber)
        .executeTakeFirst(),
    ofOperator: (operatorId) =>
      db.selectFrom('operatorCard').selectAll().where('operatorId', '=', operatorId).orderBy('serialNumber').execute(),
    ofCard: (serialNumber) =>
      db.selectFrom('operatorCard').selectAll().where('serialNumber', '=', serialNumber).orderBy('operatorId').execute(),
  };
}

export function operatorCardStore(connection: WriteConnection): OperatorCardStore {
  const { db } = connection;
  return {
    ...operatorCardReader(connection),
    insert: ({ operatorId, serialNumber, ckaId, challenge, parameters, sealed, since }) =>
      connection.insertRows(
        'operatorCard',
        ['operatorId', 'serialNumber', 'ckaId', 'challenge', 'parameters', 'sealed', 'since'],
        [[operatorId, serialNumber, ckaId, challenge, parameters, sealed, since]],
      ),
    async remove(operatorId, serialNumber) {
      const { numDeletedRows } = await db
        .deleteFrom('operatorCard')
        .where('operatorId', '=', operatorId)
        .where('serialNumber', '=', serialNumber)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async removeOf(operatorId) {
      await db.deleteFrom('operatorCard').where('operatorId', '=', operatorId).execute();
    },
  };
}
