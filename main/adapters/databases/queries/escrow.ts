import { AppError } from '../../../domain/errors.ts';
import type { EscrowReader, EscrowStore } from '../../../ports/stores/escrow.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function escrowReader({ db }: ReadConnection): EscrowReader {
  return {
    shares: () => db.selectFrom('escrowShare').selectAll().orderBy('operatorId').execute(),
    request: (id) => db.selectFrom('escrowRequest').selectAll().where('id', '=', id).executeTakeFirst(),
    requests: (limit) => db.selectFrom('escrowRequest').selectAll().orderBy('askedAt', 'desc').orderBy('id').limit(limit).execute(),
    unreviewed: () =>
      db
        .selectFrom('escrowRequest')
        .selectAll()
        .where('act', '=', 'recover')
        .where('state', '=', 'done')
        .where('reviewedAt', 'is', null)
        .orderBy('askedAt')
        .orderBy('id')
        .execute(),
  };
}

export function escrowStore(connection: WriteConnection): EscrowStore {
  const { db } = connection;
  const onlyOne = ({ numUpdatedRows }: { numUpdatedRows: bigint }, id: string) => {
    if (numUpdatedRows !== 1n) connection.refuse(new AppError('stale', 'This request was decided or carried out meanwhile.', { id }));
  };
  return {
    ...escrowReader(connection),
    async replaceShares(records) {
      await db.deleteFrom('escrowShare').execute();
      const asked = { state: 'asked', decidedBy: null, decidedAt: null, enc: null, ciphertext: null } as const;
      await db.updateTable('escrowRequest').set(asked).where('state', '=', 'approved').execute();
      const columns = ['operatorId', 'enc', 'ciphertext', 'digest', 'sealedDigest'] as const;
      await connection.insertRows(
        'escrowShare',
        columns,
        records.map(({ operatorId, enc, ciphertext, digest, sealedDigest }) => [operatorId, enc, ciphertext, digest, sealedDigest]),
      );
    },
    async removeShares(operatorIds) {
      for (const id of operatorIds) await db.deleteFrom('escrowShare').where('operatorId', '=', id).execute();
    },
    async ask(request) {
      const open = { decidedBy: null, decidedAt: null, enc: null, ciphertext: null, way: null, doneAt: null };
      const unreviewed = { reviewedBy: null, reviewedAt: null, note: null };
      await db
        .insertInto('escrowRequest')
        .values({ ...request, ...open, ...unreviewed, state: 'asked' })
        .execute();
    },
    async decide(id, decision) {
      const before = decision.state === 'approved' ? (['asked'] as const) : (['asked', 'approved'] as const);
      const open = db.updateTable('escrowRequest').set(decision).where('id', '=', id).where('state', 'in', before);
      onlyOne(await open.executeTakeFirst(), id);
    },
    async finish(id, done) {
      const change = { ...done, state: 'done', enc: null, ciphertext: null } as const;
      const open = db.updateTable('escrowRequest').set(change).where('id', '=', id).where('state', 'in', ['asked', 'approved']);
      onlyOne(await open.executeTakeFirst(), id);
    },
    async review(id, review) {
      const done = db.updateTable('escrowRequest').set(review).where('id', '=', id).where('state', '=', 'done');
      onlyOne(await done.where('reviewedAt', 'is', null).executeTakeFirst(), id);
    },
    async dropLoans(before) {
      await db.updateTable('escrowRequest').set({ enc: null, ciphertext: null }).where('expiresAt', '<', before).execute();
    },
  };
}
