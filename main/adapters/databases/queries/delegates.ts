import type { DelegateReader, DelegateStore } from '../../../ports/stores/delegates.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function delegateReader({ db }: ReadConnection): DelegateReader {
  return {
    longest: (authorityId, kind) =>
      db
        .selectFrom('delegate')
        .leftJoin('revocation', 'revocation.certificateId', 'delegate.certificateId')
        .selectAll('delegate')
        .where('delegate.authorityId', '=', authorityId)
        .where('delegate.kind', '=', kind)
        .where('revocation.certificateId', 'is', null)
        .orderBy('delegate.notAfter', 'desc')
        .limit(1)
        .executeTakeFirst(),
    latestAnswers: (authorityId) =>
      db
        .selectFrom('ocspAnswers')
        .selectAll()
        .where('authorityId', '=', authorityId)
        .orderBy('nextUpdate', 'desc')
        .limit(1)
        .executeTakeFirst(),
  };
}

export function delegateStore(connection: WriteConnection): DelegateStore {
  const { db } = connection;
  return {
    ...delegateReader(connection),
    async insert(delegate) {
      await db.insertInto('delegate').values(delegate).execute();
    },
    async recordAnswers(answers) {
      await db
        .insertInto('ocspAnswers')
        .values(answers)
        .onConflict((conflict) =>
          conflict.columns(['authorityId', 'answeredAt']).doUpdateSet(({ eb, ref }) => ({
            responses: eb('ocspAnswers.responses', '+', ref('excluded.responses')),
            nextUpdate: ref('excluded.nextUpdate'),
          })),
        )
        .execute();
    },
  };
}
