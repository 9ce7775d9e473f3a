import { AppError } from '../../../domain/errors.ts';
import type { TokenIntentRecord, TokenKeyRecord, TokenReader, TokenStore } from '../../../ports/stores/tokens.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { byIds } from '../id-chunks.ts';

export function tokenReader({ db }: ReadConnection): TokenReader {
  return {
    async keysOn(serialNumbers) {
      const rows = await byIds(serialNumbers, (some) => db.selectFrom('tokenKey').selectAll().where('serialNumber', 'in', some).execute());
      return rows.toSorted((a, b) => (a.keyId < b.keyId ? -1 : 1));
    },
    unfinished: () =>
      db.selectFrom('tokenIntent').selectAll().where('state', 'in', ['begun', 'issued']).orderBy('createdAt').orderBy('id').execute(),
  };
}

export function tokenStore(connection: WriteConnection): TokenStore {
  return {
    ...tokenReader(connection),
    insertKey: (record) => connection.insertRows('tokenKey', keyColumns, [keyValues(record)]),
    insertIntent: (record) => connection.insertRows('tokenIntent', intentColumns, [intentValues(record)]),
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
