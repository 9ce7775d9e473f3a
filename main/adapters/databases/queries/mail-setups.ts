import { AppError } from '../../../domain/errors.ts';
import type { MailSetupReader, MailSetupRecord, MailSetupStore } from '../../../ports/stores/mail-setups.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import type { MailSetupTable } from '../schema.ts';

export function mailSetupReader({ db }: ReadConnection): MailSetupReader {
  return {
    async ofPerson(personId) {
      const rows = await db
        .selectFrom('mailSetup')
        .selectAll()
        .where('personId', '=', personId)
        .where('state', '=', 'ready')
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(recordOf);
    },
    list: async () => (await db.selectFrom('mailSetup').selectAll().orderBy('id').execute()).map(recordOf),
  };
}

const recordOf = (row: MailSetupTable): MailSetupRecord => ({
  ...row,
  technology: row.technology ?? 'smime',
  certificates: JSON.parse(row.certificates) as string[],
  findings: JSON.parse(row.findings ?? '[]') as MailSetupRecord['findings'],
});

export function mailSetupStore(connection: WriteConnection): MailSetupStore {
  const { db } = connection;
  return {
    ...mailSetupReader(connection),
    async insert(setup) {
      await db
        .insertInto('mailSetup')
        .values({ ...setup, certificates: JSON.stringify(setup.certificates), findings: JSON.stringify(setup.findings) })
        .execute();
    },
    async finish(id, at) {
      const intent = await db.selectFrom('mailSetup').selectAll().where('id', '=', id).where('state', '=', 'writing').executeTakeFirst();
      if (intent === undefined) return connection.refuse(new AppError('stale', 'This set-up is no longer under way.', { id }));
      const { personId, client, target, technology } = intent;
      const before = db
        .deleteFrom('mailSetup')
        .where('personId', '=', personId)
        .where('client', '=', client)
        .where('target', '=', target)
        .where('state', '=', 'ready');
      await (
        technology === 'openpgp'
          ? before.where('technology', '=', technology)
          : before.where((is) => is.or([is('technology', '=', 'smime'), is('technology', 'is', null)]))
      ).execute();
      await db.updateTable('mailSetup').set({ state: 'ready', at }).where('id', '=', id).execute();
    },
    async found(id, { checkedAt, findings, provedAt }) {
      const values = { checkedAt, provedAt, findings: JSON.stringify(findings) };
      const update = db.updateTable('mailSetup').set(values).where('id', '=', id).where('state', '=', 'ready');
      if ((await update.executeTakeFirst()).numUpdatedRows !== 1n)
        connection.refuse(new AppError('stale', 'This set-up is no longer there.', { id }));
    },
    async drop(id) {
      await db.deleteFrom('mailSetup').where('id', '=', id).where('state', '=', 'writing').execute();
    },
  };
}
