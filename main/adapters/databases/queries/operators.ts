import type { OperatorReader, OperatorRecord, OperatorStore } from '../../../ports/stores/operators.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

const columns = [
  'id',
  'name',
  'role',
  'publicKey',
  'createdAt',
  'lastSignInAt',
  'removedAt',
  'personId',
] as const satisfies readonly (keyof OperatorRecord)[];

/** Names differ by more than case, or they are the same. */
const nameKeyOf = (name: string): string => name.normalize('NFC').toLowerCase();

export function operatorReader({ db }: ReadConnection): OperatorReader {
  return {
    find: (id) => db.selectFrom('operator').select(columns).where('id', '=', id).executeTakeFirst(),
    findByName: (name) => db.selectFrom('operator').select(columns).where('nameKey', '=', nameKeyOf(name)).executeTakeFirst(),
    list: () => db.selectFrom('operator').select(columns).orderBy('nameKey').execute(),
    opening: (operatorId, method) =>
      db.selectFrom('opening').selectAll().where('operatorId', '=', operatorId).where('method', '=', method).executeTakeFirst(),
    async failures(operatorId) {
      const row = await db.selectFrom('signInFailure').select(['count', 'lastAt']).where('operatorId', '=', operatorId).executeTakeFirst();
      return row ?? { count: 0, lastAt: null };
    },
  };
}

export function operatorStore(connection: WriteConnection): OperatorStore {
  const { db } = connection;
  return {
    ...operatorReader(connection),
    async insert({ id, name, role, publicKey, createdAt }) {
      await connection.insertRows(
        'operator',
        ['id', 'name', 'nameKey', 'role', 'publicKey', 'createdAt'],
        [[id, name, nameKeyOf(name), role, publicKey, createdAt]],
      );
    },
    noteSignIn: async (operatorId, at) => void (await connection.updateRows('operator', ['lastSignInAt'], ['id'], [[at, operatorId]])),
    setRole: async (operatorId, role) => void (await connection.updateRows('operator', ['role'], ['id'], [[role, operatorId]])),
    setPerson: async (operatorId, personId) =>
      void (await connection.updateRows('operator', ['personId'], ['id'], [[personId, operatorId]])),
    async remove(operatorId, at) {
      await connection.updateRows('operator', ['removedAt'], ['id'], [[at, operatorId]]);
      await db.deleteFrom('opening').where('operatorId', '=', operatorId).execute();
    },
    async putOpening({ operatorId, method, parameters, sealed }) {
      await db
        .insertInto('opening')
        .values({ operatorId, method, parameters, sealed })
        .onConflict((conflict) => conflict.columns(['operatorId', 'method']).doUpdateSet({ parameters, sealed }))
        .execute();
    },
    async setFailures(operatorId, { count, lastAt }) {
      await db
        .insertInto('signInFailure')
        .values({ operatorId, count, lastAt })
        .onConflict((conflict) => conflict.column('operatorId').doUpdateSet({ count, lastAt }))
        .execute();
    },
  };
}
