import type { SettingsReader, SettingsStore } from '../../../ports/stores/settings.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function settingsReader({ db }: ReadConnection): SettingsReader {
  return {
    async get(name) {
      const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value;
    },
  };
}

export function settingsStore(connection: WriteConnection): SettingsStore {
  return {
    ...settingsReader(connection),
    async put(name, value) {
      await connection.db
        .insertInto('setting')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}
