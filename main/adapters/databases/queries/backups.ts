import { AppError } from '../../../domain/errors.ts';
import type { BackupReader, BackupStore } from '../../../ports/stores/backups.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { byIds } from '../id-chunks.ts';

export function backupReader({ db }: ReadConnection): BackupReader {
  const newestFirst = () => db.selectFrom('backup').selectAll().orderBy('createdAt', 'desc').orderBy('id', 'desc');
  return {
    list: (limit) => newestFirst().limit(limit).execute(),
    inState: (state) => newestFirst().where('state', '=', state).execute(),
  };
}

export function backupStore(connection: WriteConnection): BackupStore {
  const { db } = connection;
  return {
    ...backupReader(connection),
    async begin(backup) {
      await db
        .insertInto('backup')
        .values({ ...backup, state: 'writing', octets: null, sha256: null, entries: null })
        .execute();
    },
    async finish(id, made) {
      const { numUpdatedRows } = await db
        .updateTable('backup')
        .set({ ...made, state: 'made' })
        .where('id', '=', id)
        .where('state', '=', 'writing')
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) connection.refuse(new AppError('stale', 'This backup is no longer under way.', { id }));
    },
    async fail(id) {
      await db.updateTable('backup').set({ state: 'failed' }).where('id', '=', id).where('state', '=', 'writing').execute();
    },
    async setRemoved(ids) {
      await byIds(ids, async (some) => {
        await db.updateTable('backup').set({ state: 'removed' }).where('id', 'in', some).execute();
        return [];
      });
    },
  };
}
