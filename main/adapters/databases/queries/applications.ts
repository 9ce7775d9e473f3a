import { AppError } from '../../../domain/errors.ts';
import type { ApplicationReader, ApplicationStore } from '../../../ports/stores/applications.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function applicationReader({ db }: ReadConnection): ApplicationReader {
  return {
    find: (id) => db.selectFrom('application').selectAll().where('id', '=', id).executeTakeFirst(),
    list: ({ personId, limit }) => {
      const all = db.selectFrom('application').selectAll().orderBy('filedAt', 'desc').orderBy('id').limit(limit);
      return (personId === undefined ? all : all.where('personId', '=', personId)).execute();
    },
  };
}

export function applicationStore(connection: WriteConnection): ApplicationStore {
  const { db } = connection;
  return {
    ...applicationReader(connection),
    async file(application) {
      const { personId, kind } = application;
      const same = db.selectFrom('application').select('id').where('personId', '=', personId).where('kind', '=', kind);
      if ((await same.where('state', '=', 'filed').executeTakeFirst()) !== undefined)
        connection.refuse(new AppError('conflict', 'The same waits for a registrar already.', { what: 'application' }));
      const open = { state: 'filed', decidedBy: null, decidedAt: null, reason: null } as const;
      await db
        .insertInto('application')
        .values({ ...application, ...open })
        .execute();
    },
    async decide(id, decision) {
      const waiting = db.updateTable('application').set(decision).where('id', '=', id).where('state', '=', 'filed');
      if ((await waiting.executeTakeFirst()).numUpdatedRows !== 1n)
        connection.refuse(new AppError('stale', 'This was decided or withdrawn meanwhile.', { what: 'application', id }));
    },
  };
}
