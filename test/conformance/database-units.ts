import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import { AppError } from '../../main/domain/errors.ts';
import type { Stores } from '../../main/ports/database.ts';
import { keyOf, mailboxOf, personOf } from './database-records.ts';
import { failureOf, useWorkspace } from './database-workspace.ts';

export function describeUnits(technology: DatabaseTechnology): void {
  describe('units of work', () => {
    const workspace = useWorkspace(technology);

    it('keep what they wrote after the database is closed and opened again', async () => {
      await workspace.database.unit((stores) => stores.settings.put('defaults', '{"a":1}'));
      const again = await workspace.reopen();
      expect(await again.read.settings.get('defaults')).toBe('{"a":1}');
    });

    it('give the value of the work', async () => {
      expect(await workspace.database.unit(async () => 42)).toBe(42);
    });

    it('leave nothing of themselves when the work fails, and pass the failure on', async () => {
      const refusal = new AppError('conflict', 'no');
      const failing = workspace.database.unit(async (stores) => {
        await stores.settings.put('defaults', 'written');
        throw refusal;
      });
      expect(await failureOf(failing)).toBe(refusal);
      expect(await workspace.database.read.settings.get('defaults')).toBeUndefined();
    });

    it('leave nothing of themselves when the last row of many is refused', async () => {
      const people = Array.from({ length: 100 }, () => personOf());
      const twice = [...people, people[0] ?? personOf()];
      await expect(workspace.database.unit((stores) => stores.people.insert(twice, []))).rejects.toMatchObject({ code: 'conflict' });
      expect((await workspace.database.read.people.counts('2027')).everyone).toBe(0);
    });

    it('cannot be saved by catching the failure of a call, which may have written half of its rows', async () => {
      const person = personOf();
      const saved = workspace.database.unit(async (stores) => {
        await failureOf(stores.people.insert([personOf(), person, person], []));
        await failureOf(stores.settings.put('defaults', 'after the failure'));
      });
      await expect(saved).rejects.toMatchObject({ code: 'conflict' });
      const standing = workspace.database.unit(async (stores) => {
        await stores.people.insert([person], []);
        await failureOf(stores.people.setStanding([person, personOf()].map(({ id }) => ({ id, standing: 'covered', endsAt: null }))));
      });
      await expect(standing).rejects.toMatchObject({ code: 'not-found' });
      expect((await workspace.database.read.people.counts('2027')).everyone).toBe(0);
      expect(await workspace.database.read.settings.get('defaults')).toBeUndefined();
    });

    it('go on after one has failed', async () => {
      await failureOf(workspace.database.unit(async () => Promise.reject(new Error('broken work'))));
      await workspace.database.unit((stores) => stores.settings.put('defaults', 'after'));
      expect(await workspace.database.read.settings.get('defaults')).toBe('after');
    });

    it('show a reader only what was committed, and themselves what they wrote', async () => {
      await workspace.database.unit(async (stores) => {
        await stores.settings.put('defaults', 'new');
        expect(await stores.settings.get('defaults')).toBe('new');
        expect(await workspace.database.read.settings.get('defaults')).toBeUndefined();
      });
      expect(await workspace.database.read.settings.get('defaults')).toBe('new');
    });

    it('run one after another in the order they were asked for, however long each takes', async () => {
      const order: string[] = [];
      const work = (name: string, turns: number) => async (stores: Stores) => {
        order.push(`${name} begins`);
        for (let turn = 0; turn < turns; turn++) await stores.settings.get('defaults');
        order.push(`${name} ends`);
      };
      await Promise.all([
        workspace.database.unit(work('first', 20)),
        workspace.database.unit(work('second', 1)),
        workspace.database.unit(work('third', 5)),
      ]);
      expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends', 'third begins', 'third ends']);
    });

    it('refuse a unit inside a unit, which could only wait for itself', async () => {
      const nested = workspace.database.unit(() => workspace.database.unit(async () => 1));
      await expect(nested).rejects.toMatchObject({ code: 'internal' });
    });

    it('take a unit that one began and did not wait for, once the first is over', async () => {
      let later: Promise<number> | undefined;
      let begin = (): void => undefined;
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
      await workspace.database.unit(async () => {
        later = begun.then(() => workspace.database.unit(async () => 7));
      });
      begin();
      expect(await later).toBe(7);
    });

    it('refuse their stores to be used once they are over', async () => {
      let kept: Stores | undefined;
      await workspace.database.unit(async (stores) => {
        kept = stores;
      });
      await expect(kept?.settings.put('defaults', 'late')).rejects.toMatchObject({ code: 'internal' });
      await expect(kept?.keys.insert([keyOf()])).rejects.toMatchObject({ code: 'internal' });
      expect(await workspace.database.read.settings.get('defaults')).toBeUndefined();
    });

    it('are refused when a record refers to one that is not there', async () => {
      const stray = workspace.database.unit((stores) => stores.keys.insert([keyOf({ personId: personOf().id })]));
      await expect(stray).rejects.toMatchObject({ code: 'internal' });
    });

    it('are finished before the database closes, and refused afterwards', async () => {
      const directory = workspace.directory;
      const unit = workspace.database.unit((stores) => stores.settings.put('defaults', 'in time'));
      await workspace.reopen();
      await unit;
      expect(await workspace.database.read.settings.get('defaults')).toBe('in time');
      const other = await technology.open({ directory });
      await other.close();
      await expect(other.unit(async () => 1)).rejects.toMatchObject({ code: 'internal' });
    });

    it('let the event loop have its turn while thousands of rows are written', async () => {
      const people = Array.from({ length: 20_000 }, () => personOf());
      let turns = 0;
      const timer = setInterval(() => (turns += 1), 1);
      await workspace.database.unit((stores) =>
        stores.people.insert(
          people,
          people.map(({ id }) => mailboxOf(id, `${id}@ridgeway.example`)),
        ),
      );
      clearInterval(timer);
      expect(turns).toBeGreaterThan(5);
    });

    it('leave a database that its own check finds whole', async () => {
      await workspace.database.unit((stores) => stores.people.insert([personOf()], []));
      await expect(workspace.database.check()).resolves.toBeUndefined();
    });
  });

  describe('opening', () => {
    const workspace = useWorkspace(technology);

    it('refuses a directory that was never made into a practice, and makes nothing there', async () => {
      const empty = `${workspace.directory}/elsewhere`;
      await expect(technology.open({ directory: empty })).rejects.toMatchObject({ code: 'store.not-initialised' });
    });

    it('finds everything where it was when asked to create what exists', async () => {
      await workspace.database.unit((stores) => stores.settings.put('practice', 'kept'));
      const other = await technology.open({ directory: workspace.directory, create: true });
      expect(await other.read.settings.get('practice')).toBe('kept');
      await other.close();
    });
  });
}
