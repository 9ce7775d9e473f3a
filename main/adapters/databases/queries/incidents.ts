import { AppError } from '../../../domain/errors.ts';
import type { IncidentReader, IncidentStore } from '../../../ports/stores/incidents.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';

export function incidentReader({ db }: ReadConnection): IncidentReader {
  const alarms = () => db.selectFrom('alarm').selectAll().orderBy('number', 'desc');
  return {
    alarm: (number) => db.selectFrom('alarm').selectAll().where('number', '=', number).executeTakeFirst(),
    openAlarms: () => alarms().where('state', '=', 'open').execute(),
    alarms: (limit) => alarms().limit(limit).execute(),
    alarmsAbout: (rule, about) => alarms().where('rule', '=', rule).where('about', '=', about).execute(),
    find: (number) => db.selectFrom('incident').selectAll().where('number', '=', number).executeTakeFirst(),
    list: (limit) => db.selectFrom('incident').selectAll().orderBy('number', 'desc').limit(limit).execute(),
    items: (incident) => db.selectFrom('incidentItem').selectAll().where('incident', '=', incident).orderBy('number').execute(),
  };
}

export function incidentStore(connection: WriteConnection): IncidentStore {
  const { db } = connection;
  const reader = incidentReader(connection);
  const onlyOne = ({ numUpdatedRows }: { numUpdatedRows: bigint }, what: string, number: number) => {
    if (numUpdatedRows !== 1n) connection.refuse(new AppError('stale', 'Somebody was here first.', { what, id: String(number) }));
  };
  const openOne = (number: number) => db.updateTable('incident').where('number', '=', number).where('closedAt', 'is', null);
  return {
    ...reader,
    async raise(alarm) {
      const number = ((await reader.alarms(1))[0]?.number ?? 0) + 1;
      const begin = { lastAt: alarm.raisedAt, lastIndex: alarm.firstIndex, state: 'open' } as const;
      const end = { incident: null, settledBy: null, settledAt: null, note: null };
      await db
        .insertInto('alarm')
        .values({ ...alarm, ...begin, ...end, number })
        .execute();
      return number;
    },
    async grow(number, more) {
      onlyOne(await db.updateTable('alarm').set(more).where('number', '=', number).executeTakeFirst(), 'alarm', number);
    },
    async settle(number, end) {
      const open = db.updateTable('alarm').set(end).where('number', '=', number).where('state', '=', 'open');
      onlyOne(await open.executeTakeFirst(), 'alarm', number);
    },
    async open(incident) {
      const number = ((await reader.list(1))[0]?.number ?? 0) + 1;
      await db
        .insertInto('incident')
        .values({ ...incident, number, closedAt: null, closedBy: null, conclusion: null })
        .execute();
      return number;
    },
    async add(item) {
      const number = ((await reader.items(item.incident)).at(-1)?.number ?? 0) + 1;
      await db
        .insertInto('incidentItem')
        .values({ ...item, number })
        .execute();
    },
    async setAffected(number, affected) {
      onlyOne(await openOne(number).set({ affected }).executeTakeFirst(), 'incident', number);
    },
    async close(number, end) {
      onlyOne(await openOne(number).set(end).executeTakeFirst(), 'incident', number);
    },
  };
}
