import type { CompromisedKeyReader, CompromisedKeyStore } from '../../../ports/stores/compromised-keys.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { byIds } from '../id-chunks.ts';

export function compromisedKeyReader({ db }: ReadConnection): CompromisedKeyReader {
  const listed = async (names: readonly string[]): Promise<ReadonlySet<string>> => {
    const rows = await byIds(names, (some) => db.selectFrom('compromisedKey').select('name').where('name', 'in', some).execute());
    return new Set(rows.map(({ name }) => name));
  };
  return {
    listed,
    isListed: async (names) => (await listed(names)).size > 0,
    lists: () => db.selectFrom('compromisedList').selectAll().orderBy('addedAt', 'desc').orderBy('id', 'desc').execute(),
  };
}

export function compromisedKeyStore(connection: WriteConnection): CompromisedKeyStore {
  return {
    ...compromisedKeyReader(connection),
    async add(list, names) {
      await connection.insertRows('compromisedList', ['id', 'name', 'keys', 'addedAt'], [[list.id, list.name, list.keys, list.addedAt]]);
      await connection.insertRows(
        'compromisedKey',
        ['name', 'listId'],
        names.map((name) => [name, list.id] as const),
      );
    },
  };
}
