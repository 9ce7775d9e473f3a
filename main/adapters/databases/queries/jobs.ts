import { sql } from 'kysely';
import { AppError } from '../../../domain/errors.ts';
import type { JobItemState, JobReader, JobRecord, JobStore } from '../../../ports/stores/jobs.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { byIds } from '../id-chunks.ts';

type Settled = Parameters<JobStore['settle']>[1];

const unfinishedStates = ['running', 'stopped'] as const;

export function jobReader(connection: ReadConnection): JobReader {
  const { db } = connection;
  return {
    find: (id) => db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst(),
    list: (limit) => db.selectFrom('job').selectAll().orderBy('createdAt', 'desc').orderBy('id', 'desc').limit(limit).execute(),
    unfinished: () => db.selectFrom('job').selectAll().where('state', 'in', unfinishedStates).orderBy('createdAt').orderBy('id').execute(),
    items(jobId, { state, from = 0, limit }) {
      const items = db.selectFrom('jobItem').selectAll().where('jobId', '=', jobId).where('position', '>=', from);
      return (state === undefined ? items : items.where('state', '=', state)).orderBy('position').limit(limit).execute();
    },
    waitingPeople: (personIds) => waitingPeople(connection, personIds),
  };
}

async function waitingPeople({ db }: ReadConnection, personIds: readonly string[]): Promise<string[]> {
  const rows = await byIds(personIds, (some) =>
    db
      .selectFrom('jobItem')
      .innerJoin('job', 'job.id', 'jobItem.jobId')
      .select('personId')
      .distinct()
      .where('personId', 'in', some)
      .where('jobItem.state', '=', 'waiting')
      .where('job.state', 'in', unfinishedStates)
      .execute(),
  );
  return rows.map(({ personId }) => personId);
}

export function jobStore(connection: WriteConnection): JobStore {
  return {
    ...jobReader(connection),
    async insert(job, personIds) {
      await connection.insertRows('job', jobColumns, [jobValues(job)]);
      await connection.insertRows(
        'jobItem',
        ['jobId', 'position', 'personId', 'state', 'error'],
        personIds.map((personId, position) => [job.id, position, personId, 'waiting', null]),
      );
    },
    settle: (jobId, items) => settle(connection, jobId, items),
    async setState(jobId, state, endedAt) {
      const changed = await connection.updateRows('job', ['state', 'endedAt'], ['id'], [[state, endedAt, jobId]]);
      if (changed === 0) throw new AppError('not-found', 'There is no such job.', { what: 'job', id: jobId });
    },
  };
}

const jobColumns = ['id', 'kind', 'state', 'operatorId', 'request', 'total', 'done', 'skipped', 'failed', 'createdAt', 'endedAt'] as const;

const jobValues = (job: JobRecord) =>
  [
    job.id,
    job.kind,
    job.state,
    job.operatorId,
    job.request,
    job.total,
    job.done,
    job.skipped,
    job.failed,
    job.createdAt,
    job.endedAt,
  ] as const;

async function settle(connection: WriteConnection, jobId: string, items: Settled): Promise<void> {
  const changed = await connection.updateRows(
    'jobItem',
    ['state', 'error'],
    ['jobId', 'position', 'state'],
    items.map(({ position, state, error }) => [state, error, jobId, position, 'waiting']),
  );
  if (changed !== items.length) connection.refuse(new AppError('stale', 'An item of this job is settled already.', { job: jobId }));
  const count = (state: JobItemState): number => items.filter((item) => item.state === state).length;
  await connection.db
    .updateTable('job')
    .set({
      done: sql`"done" + ${count('done')}`,
      skipped: sql`"skipped" + ${count('skipped')}`,
      failed: sql`"failed" + ${count('failed')}`,
    })
    .where('id', '=', jobId)
    .execute();
}
