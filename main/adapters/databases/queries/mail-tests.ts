import { AppError } from '../../../domain/errors.ts';
import type { MailTestReader, MailTestStore } from '../../../ports/stores/mail-tests.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function mailTestReader({ db }: ReadConnection): MailTestReader {
  const all = () => db.selectFrom('mailTest').selectAll();
  return {
    findByCode: (codeSha256) => all().where('codeSha256', '=', codeSha256).executeTakeFirst(),
    ofPerson: (personId) => all().where('personId', '=', personId).orderBy('madeAt', 'desc').orderBy('id').execute(),
  };
}

export function mailTestStore(connection: WriteConnection): MailTestStore {
  return {
    ...mailTestReader(connection),
    async insert(test) {
      await connection.db.insertInto('mailTest').values(test).execute();
    },
    async change(id, from, change) {
      const update = connection.db.updateTable('mailTest').set(change).where('id', '=', id).where('state', 'in', from);
      if ((await update.executeTakeFirst()).numUpdatedRows !== 1n)
        connection.refuse(new AppError('stale', 'This test message is no longer as it was.', { what: 'test', id }));
    },
  };
}
