import type { SecondFactorReader, SecondFactorStore } from '../../../ports/stores/second-factors.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function secondFactorReader({ db }: ReadConnection): SecondFactorReader {
  return {
    find: (operatorId) => db.selectFrom('secondFactor').selectAll().where('operatorId', '=', operatorId).executeTakeFirst(),
    async operators() {
      const rows = await db.selectFrom('secondFactor').select('operatorId').orderBy('operatorId').execute();
      return rows.map(({ operatorId }) => operatorId);
    },
    codes: (operatorId) => db.selectFrom('secondFactorCode').selectAll().where('operatorId', '=', operatorId).orderBy('hash').execute(),
  };
}

export function secondFactorStore(connection: WriteConnection): SecondFactorStore {
  const { db } = connection;
  const reader = secondFactorReader(connection);
  return {
    ...reader,
    async insert({ operatorId, sealed, since, lastStep }, codeHashes) {
      await connection.insertRows('secondFactor', ['operatorId', 'sealed', 'since', 'lastStep'], [[operatorId, sealed, since, lastStep]]);
      await connection.insertRows(
        'secondFactorCode',
        ['operatorId', 'hash', 'usedAt'],
        codeHashes.map((hash) => [operatorId, hash, null] as const),
      );
    },
    async acceptStep(operatorId, step) {
      const factor = await reader.find(operatorId);
      if (factor === undefined || factor.lastStep >= step) return false;
      return (await connection.updateRows('secondFactor', ['lastStep'], ['operatorId'], [[step, operatorId]])) === 1;
    },
    async useCode(operatorId, hash, at) {
      const { numUpdatedRows } = await db
        .updateTable('secondFactorCode')
        .set({ usedAt: at })
        .where('operatorId', '=', operatorId)
        .where('hash', '=', hash)
        .where('usedAt', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async remove(operatorId) {
      await db.deleteFrom('secondFactorCode').where('operatorId', '=', operatorId).execute();
      await db.deleteFrom('secondFactor').where('operatorId', '=', operatorId).execute();
    },
  };
}
