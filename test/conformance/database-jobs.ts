import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { JobRecord } from '../../main/ports/stores/jobs.ts';
import { jobOf, newId, personOf, someInstant } from './database-records.ts';
import { useWorkspace, type TestWorkspace } from './database-workspace.ts';

async function startJob(
  workspace: TestWorkspace,
  people: number,
  more: Partial<JobRecord> = {},
): Promise<{ job: JobRecord; personIds: string[] }> {
  const persons = Array.from({ length: people }, () => personOf());
  const job = jobOf(workspace.practice.operator.id, { total: people, ...more });
  const personIds = persons.map(({ id }) => id);
  await workspace.database.unit(async (stores) => {
    await stores.people.insert(persons, []);
    await stores.jobs.insert(job, personIds);
  });
  return { job, personIds };
}

export function describeJobs(technology: DatabaseTechnology): void {
  describe('jobs', () => {
    const workspace = useWorkspace(technology);

    it('begin with everybody waiting, in order', async () => {
      const { job, personIds } = await startJob(workspace, 5);
      const { jobs } = workspace.database.read;
      expect(await jobs.find(job.id)).toEqual(job);
      expect(await jobs.items(job.id, { limit: 10 })).toEqual(
        personIds.map((personId, position) => ({ jobId: job.id, position, personId, state: 'waiting', error: null })),
      );
      expect((await jobs.items(job.id, { from: 2, limit: 2 })).map(({ position }) => position)).toEqual([2, 3]);
      expect(await jobs.items(newId(), { limit: 10 })).toEqual([]);
    });

    it('count what is settled, and go on with what still waits', async () => {
      const { job } = await startJob(workspace, 5);
      await workspace.database.unit(({ jobs }) =>
        jobs.settle(job.id, [
          { position: 0, state: 'done', error: null },
          { position: 3, state: 'failed', error: 'conflict' },
          { position: 1, state: 'skipped', error: null },
        ]),
      );
      await workspace.database.unit(({ jobs }) => jobs.settle(job.id, [{ position: 2, state: 'done', error: null }]));
      const { jobs } = workspace.database.read;
      expect(await jobs.find(job.id)).toMatchObject({ total: 5, done: 2, skipped: 1, failed: 1 });
      expect((await jobs.items(job.id, { state: 'waiting', limit: 10 })).map(({ position }) => position)).toEqual([4]);
      expect(await jobs.items(job.id, { state: 'failed', limit: 10 })).toMatchObject([{ position: 3, error: 'conflict' }]);
    });

    it('settle nothing twice: the whole unit is refused', async () => {
      const { job } = await startJob(workspace, 3);
      await workspace.database.unit(({ jobs }) => jobs.settle(job.id, [{ position: 0, state: 'done', error: null }]));
      for (const position of [0, 7]) {
        const again = workspace.database.unit(({ jobs }) =>
          jobs.settle(job.id, [
            { position: 1, state: 'done', error: null },
            { position, state: 'failed', error: 'internal' },
          ]),
        );
        await expect(again).rejects.toMatchObject({ code: 'stale' });
      }
      expect(await workspace.database.read.jobs.find(job.id)).toMatchObject({ done: 1, failed: 0 });
    });

    it('are unfinished while they run or are stopped, and their waiting people are known', async () => {
      const [running, stopped, done] = [
        await startJob(workspace, 2),
        await startJob(workspace, 1, { state: 'stopped' }),
        await startJob(workspace, 1),
      ];
      await workspace.database.unit(async ({ jobs }) => {
        await jobs.setState(done.job.id, 'done', someInstant);
        await jobs.settle(running.job.id, [{ position: 0, state: 'done', error: null }]);
      });
      const { jobs } = workspace.database.read;
      expect((await jobs.unfinished()).map(({ id }) => id)).toEqual([running.job.id, stopped.job.id]);
      const everybody = [running, stopped, done].flatMap(({ personIds }) => personIds);
      expect(new Set(await jobs.waitingPeople(everybody))).toEqual(new Set([running.personIds[1], stopped.personIds[0]]));
      expect(await jobs.find(done.job.id)).toMatchObject({ state: 'done', endedAt: someInstant });
      expect((await jobs.list(2)).map(({ id }) => id)).toEqual([done.job.id, stopped.job.id]);
    });

    it('that are not there have no state to set', async () => {
      await expect(workspace.database.unit(({ jobs }) => jobs.setState(newId(), 'done', null))).rejects.toMatchObject({
        code: 'not-found',
      });
    });
  });
}
