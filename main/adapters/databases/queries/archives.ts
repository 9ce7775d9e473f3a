import { AppError } from '../../../domain/errors.ts';
import type { ArchiveReader, ArchiveStore } from '../../../ports/stores/archives.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function archiveReader({ db }: ReadConnection): ArchiveReader {
  const newestFirst = () => db.selectFrom('archive').selectAll().orderBy('number', 'desc');
  return {
    list: () => newestFirst().execute(),
    inState: (state) => newestFirst().where('state', '=', state).execute(),
  };
}

export function archiveStore(connection: WriteConnection): ArchiveStore {
  const { db } = connection;
  const reader = archiveReader(connection);
  const writing = (number: number) => db.updateTable('archive').where('number', '=', number).where('state', '=', 'writing');
  return {
    ...reader,
    async begin(archive) {
      const number = ((await reader.list())[0]?.number ?? 0) + 1;
      await db
        .insertInto('archive')
        .values({ ...archive, number, state: 'writing', octets: null, sha256: null })
        .execute();
      return number;
    },
    async finish(number, made) {
      const { numUpdatedRows } = await writing(number)
        .set({ ...made, state: 'made' })
        .executeTakeFirst();
      if (numUpdatedRows !== 1n)
        connection.refuse(new AppError('stale', 'This archive is no longer being written.', { id: String(number) }));
    },
    async fail(number) {
      await writing(number).set({ state: 'failed' }).execute();
    },
  };
}
