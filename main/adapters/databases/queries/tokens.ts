import { AppError } from '../../../domain/errors.ts';
import type { TokenIntentRecord, TokenKeyRecord, TokenReader, TokenStore } from '../../../ports/stores/tokens.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { byIds } from '../id-chunks.ts';

export function tokenReader({ db }: ReadConnection): TokenReader {
  return {
    async keysOn(serialNumbers) {
      const rows = await byIds(serialNumbers, (some) => keysIn(db).where('serialNumber', 'in', some).execute());
      return rows.toSorted(byKey);
    },
    async placesOf(keyIds) {
      return (await byIds(keyIds, (some) => keysIn(db).where('keyId', 'in', some).execute())).toSorted(byKey);
    },
    attestation: (keyId) => db.selectFrom('keyAttestation').selectAll().where('keyId', '=', keyId).executeTakeFirst(),
    async recorded() {
      const keys = await db.selectFrom('tokenKey').select('serialNumber').distinct().where('wipedAt', 'is', null).execute();
      const lost = await db.selectFrom('tokenLoss').select('serialNumber').where('foundAt', 'is', null).execute();
      return [...new Set([...keys, ...lost].map(({ serialNumber }) => serialNumber))].toSorted();
    },
    lost: () => db.selectFrom('tokenLoss').selectAll().where('foundAt', 'is', null).orderBy('lostAt', 'desc').orderBy('id').execute(),
    unfinished: () =>
      db.selectFrom('tokenIntent').selectAll().where('state', 'in', ['begun', 'issued']).orderBy('createdAt').orderBy('id').execute(),
  };
}

/** Those that are still on their token. */
const keysIn = (db: ReadConnection['db']) => db.selectFrom('tokenKey').select(keyColumns).where('wipedAt', 'is', null);

const byKey = (a: TokenKeyRecord, b: TokenKeyRecord): number => (a.keyId < b.keyId ? -1 : 1);

export function tokenStore(connection: WriteConnection): TokenStore {
  return {
    ...tokenReader(connection),
    insertAttestation: ({ keyId, statement, device, createdAt }) =>
      connection.insertRows('keyAttestation', ['keyId', 'statement', 'device', 'createdAt'], [[keyId, statement, device, createdAt]]),
    insertKey: (record) => connection.insertRows('tokenKey', keyColumns, [keyValues(record)]),
    async placeKey(record) {
      await connection.db.deleteFrom('tokenKey').where('keyId', '=', record.keyId).execute();
      await connection.insertRows('tokenKey', keyColumns, [keyValues(record)]);
    },
    async vacate({ serialNumber, ckaId }, at) {
      const there = (await tokenReader(connection).keysOn([serialNumber])).filter((key) => key.ckaId === ckaId);
      await connection.updateRows(
        'tokenKey',
        ['wipedAt'],
        ['keyId'],
        there.map(({ keyId }) => [at, keyId] as const),
      );
    },
    insertIntent: (record) => connection.insertRows('tokenIntent', intentColumns, [intentValues(record)]),
    async insertLoss(record) {
      const { serialNumber, lostAt } = record;
      if ((await tokenReader(connection).lost()).some((loss) => loss.serialNumber === serialNumber))
        connection.refuse(new AppError('conflict', 'This token is reported lost already.', { what: 'token', id: serialNumber }));
      await connection.insertRows(
        'tokenLoss',
        ['id', 'serialNumber', 'lostAt', 'foundAt'],
        [[record.id, serialNumber, lostAt, record.foundAt]],
      );
    },
    async endLoss(serialNumber, at) {
      const loss = (await tokenReader(connection).lost()).find((lost) => lost.serialNumber === serialNumber);
      const changed = loss === undefined ? 0 : await connection.updateRows('tokenLoss', ['foundAt'], ['id'], [[at, loss.id]]);
      if (changed !== 1) connection.refuse(new AppError('stale', 'This token is not reported lost.', { what: 'token', id: serialNumber }));
    },
    async recordWiping(serialNumber, at) {
      const reader = tokenReader(connection);
      const keys = (await reader.keysOn([serialNumber])).map(({ keyId }) => [at, keyId] as const);
      await connection.updateRows('tokenKey', ['wipedAt'], ['keyId'], keys);
      const begun = (await reader.unfinished()).filter((intent) => intent.serialNumber === serialNumber);
      await connection.updateRows(
        'tokenIntent',
        ['state', 'endedAt'],
        ['id'],
        begun.map(({ id }) => ['abandoned', at, id] as const),
      );
    },
    async moveIntent(id, from, to, at) {
      const endedAt = to === 'finished' || to === 'abandoned' ? at : null;
      const changed = await connection.updateRows('tokenIntent', ['state', 'endedAt'], ['id', 'state'], [[to, endedAt, id, from]]);
      if (changed !== 1) connection.refuse(new AppError('stale', 'This was settled on the token meanwhile.', { id }));
    },
  };
}

const keyColumns = ['keyId', 'module', 'serialNumber', 'ckaId'] as const;

const keyValues = (key: TokenKeyRecord) => [key.keyId, key.module, key.serialNumber, key.ckaId] as const;

const intentColumns = ['id', 'personId', 'certificateId', 'state', 'createdAt', 'endedAt', ...keyColumns] as const;

const intentValues = (intent: TokenIntentRecord) =>
  [intent.id, intent.personId, intent.certificateId, intent.state, intent.createdAt, intent.endedAt, ...keyValues(intent)] as const;
