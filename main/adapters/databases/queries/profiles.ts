import { AppError } from '../../../domain/errors.ts';
import type { OwnProfile } from '../../../domain/profile/own-profile.ts';
import type { ProfileReader, ProfileStore } from '../../../ports/stores/profiles.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function profileReader({ db }: ReadConnection): ProfileReader {
  return {
    async list() {
      const rows = await db.selectFrom('profile').selectAll().orderBy('name').execute();
      return rows.map(({ definition, createdAt, changedAt }) => ({ profile: JSON.parse(definition) as OwnProfile, createdAt, changedAt }));
    },
  };
}

export function profileStore(connection: WriteConnection): ProfileStore {
  const { db } = connection;
  return {
    ...profileReader(connection),
    async insert(profile, at) {
      const row = { name: profile.name, definition: JSON.stringify(profile), createdAt: at, changedAt: at };
      await db.insertInto('profile').values(row).execute();
    },
    async change(profile, at) {
      const changes = { definition: JSON.stringify(profile), changedAt: at };
      const [result] = await db.updateTable('profile').set(changes).where('name', '=', profile.name).execute();
      if (Number(result?.numUpdatedRows ?? 0) === 0)
        connection.refuse(new AppError('not-found', 'There is no own profile of this name.', { what: 'profile', id: profile.name }));
    },
  };
}
