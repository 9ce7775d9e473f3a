import { AppError } from '../../../domain/errors.ts';
import type { KeyReader, KeyRecord, KeyStore, KeyTransition } from '../../../ports/stores/keys.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { beginningDigits, beginningOf } from '../digest-beginning.ts';
import { byIds } from '../id-chunks.ts';

export function keyReader(connection: ReadConnection): KeyReader {
  const { db } = connection;
  return {
    find: (id) => db.selectFrom('key').selectAll().where('id', '=', id).executeTakeFirst(),
    ofPerson: (personId) => db.selectFrom('key').selectAll().where('personId', '=', personId).orderBy('createdAt').orderBy('id').execute(),
    findBySpki: (spkiSha256) =>
      db.selectFrom('key').selectAll().where(beginningOf('spkiSha256'), '=', spkiSha256.slice(0, beginningDigits)).executeTakeFirst(),
    transitions: (keyId) => transitionsOf(connection, keyId),
  };
}

/** The first transition follows from the key itself: it began in the state that the next one left, or is still in it. */
async function transitionsOf({ db }: ReadConnection, keyId: string): Promise<KeyTransition[]> {
  const key = await db.selectFrom('key').select(['state', 'createdAt']).where('id', '=', keyId).executeTakeFirst();
  if (key === undefined) return [];
  const moves = db.selectFrom('keyTransition').select(['keyId', 'from', 'to', 'at']).where('keyId', '=', keyId);
  const later = await moves.orderBy('position').execute();
  const began = later[0]?.from ?? key.state;
  return began === 'preActive' ? later : [{ keyId, from: 'preActive', to: began, at: key.createdAt }, ...later];
}

export function keyStore(connection: WriteConnection): KeyStore {
  return {
    ...keyReader(connection),
    insert: (keys) => connection.insertRows('key', keyColumns, keys.map(keyValues)),
    async setStore(keyId, store) {
      const changed = await connection.updateRows('key', ['store'], ['id'], [[store, keyId]]);
      if (changed === 0) connection.refuse(new AppError('not-found', 'There is no such key.', { what: 'key', id: keyId }));
    },
    async bringHome(keyId, store) {
      const changed = await connection.updateRows('key', ['store'], ['id', 'store'], [[store, keyId, 'elsewhere']]);
      if (changed !== 1) connection.refuse(new AppError('stale', 'A key that was elsewhere is so no longer.'));
    },
    setUsage: async (keyId, usage) => void (await connection.updateRows('key', ['usage'], ['id'], [[usage, keyId]])),
    move: (transitions) => move(connection, transitions),
  };
}

const keyColumns = ['id', 'algorithm', 'usage', 'state', 'store', 'personId', 'spkiSha256', 'createdAt'] as const;

const keyValues = (key: KeyRecord) =>
  [key.id, key.algorithm, key.usage, key.state, key.store, key.personId, key.spkiSha256, key.createdAt] as const;

async function move(connection: WriteConnection, transitions: readonly KeyTransition[]): Promise<void> {
  const changed = await connection.updateRows(
    'key',
    ['state'],
    ['id', 'state'],
    transitions.map(({ keyId, from, to }) => [to, keyId, from]),
  );
  if (changed !== transitions.length) connection.refuse(new AppError('stale', 'A key is no longer in the state it was to leave.'));
  const counts = await countTransitions(
    connection,
    transitions.map(({ keyId }) => keyId),
  );
  const rows = transitions.map(({ keyId, from, to, at }) => {
    const position = counts.get(keyId) ?? 0;
    counts.set(keyId, position + 1);
    return [keyId, position, from, to, at] as const;
  });
  await connection.insertRows('keyTransition', ['keyId', 'position', 'from', 'to', 'at'], rows);
}

async function countTransitions({ db }: ReadConnection, keyIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await byIds(keyIds, (some) =>
    db
      .selectFrom('keyTransition')
      .select(({ fn }) => ['keyId', fn.countAll<number>().as('count')])
      .where('keyId', 'in', some)
      .groupBy('keyId')
      .execute(),
  );
  return new Map(rows.map(({ keyId, count }) => [keyId, count]));
}
