import { AppError } from '../../../domain/errors.ts';
import type { ApprovalReader, ApprovalStore } from '../../../ports/stores/approvals.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function approvalReader({ db }: ReadConnection): ApprovalReader {
  return {
    find: (id) => db.selectFrom('approval').selectAll().where('id', '=', id).executeTakeFirst(),
    open: (askedBy, digest, now) =>
      db
        .selectFrom('approval')
        .selectAll()
        .where('askedBy', '=', askedBy)
        .where('digest', '=', digest)
        .where('state', 'in', ['asked', 'approved'])
        .where('expiresAt', '>', now)
        .orderBy('askedAt', 'desc')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst(),
    list: (limit) => db.selectFrom('approval').selectAll().orderBy('askedAt', 'desc').orderBy('id').limit(limit).execute(),
  };
}

export function approvalStore(connection: WriteConnection): ApprovalStore {
  const { db } = connection;
  const onlyOne = ({ numUpdatedRows }: { numUpdatedRows: bigint }, id: string) => {
    if (numUpdatedRows !== 1n) connection.refuse(new AppError('stale', 'This was decided or used meanwhile.', { what: 'approval', id }));
  };
  return {
    ...approvalReader(connection),
    async ask(approval) {
      const open = { state: 'asked', decidedBy: null, decidedAt: null, usedAt: null } as const;
      await db
        .insertInto('approval')
        .values({ ...approval, ...open })
        .execute();
    },
    async decide(id, decision) {
      const before = decision.state === 'approved' ? (['asked'] as const) : (['asked', 'approved'] as const);
      const open = db.updateTable('approval').set(decision).where('id', '=', id).where('state', 'in', before);
      onlyOne(await open.executeTakeFirst(), id);
    },
    async reopen(id) {
      const asked = { state: 'asked', decidedBy: null, decidedAt: null } as const;
      onlyOne(await db.updateTable('approval').set(asked).where('id', '=', id).where('state', '=', 'approved').executeTakeFirst(), id);
    },
    async use(id, usedAt) {
      const ready = db.updateTable('approval').set({ state: 'used', usedAt }).where('id', '=', id).where('state', '=', 'approved');
      onlyOne(await ready.where('expiresAt', '>', usedAt).executeTakeFirst(), id);
    },
  };
}
