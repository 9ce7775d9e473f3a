import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import { newId, someInstant } from './database-records.ts';
import { failureOf, useWorkspace } from './database-workspace.ts';

const raised = { rule: 'pin-locked', about: '1f2e', raisedAt: someInstant, firstIndex: 7, count: 1 } as const;
const ended = { state: 'settled', incident: null, settledBy: 'a', settledAt: someInstant, note: 'A new nurse' } as const;
const opened = { title: 'A card is gone', openedAt: someInstant, openedBy: 'a', discoveredAt: someInstant, affected: null };

export function describeIncidents(technology: DatabaseTechnology): void {
  describe('alarms and incidents', () => {
    const workspace = useWorkspace(technology);

    it('are numbered in their order, and an alarm grows until somebody settles it', async () => {
      await workspace.database.unit(async ({ incidents }) => {
        expect([await incidents.raise(raised), await incidents.raise({ ...raised, about: 'other' })]).toEqual([1, 2]);
        await incidents.grow(1, { lastAt: someInstant, lastIndex: 9, count: 3 });
        await incidents.settle(2, ended);
      });
      const { incidents } = (await workspace.reopen()).read;
      expect(await incidents.openAlarms()).toEqual([
        {
          ...raised,
          number: 1,
          lastAt: someInstant,
          lastIndex: 9,
          count: 3,
          state: 'open',
          incident: null,
          settledBy: null,
          settledAt: null,
          note: null,
        },
      ]);
      expect((await incidents.alarms(5)).map(({ number, state }) => [number, state])).toEqual([
        [2, 'settled'],
        [1, 'open'],
      ]);
      expect(await incidents.alarmsAbout('pin-locked', 'other')).toMatchObject([{ number: 2, note: 'A new nurse' }]);
    });

    it('are settled and closed once', async () => {
      await workspace.database.unit(async ({ incidents }) => {
        await incidents.raise(raised);
        await incidents.settle(1, ended);
        await incidents.open(opened);
        await incidents.close(1, { closedAt: someInstant, closedBy: 'a', conclusion: 'No breach' });
      });
      const { database } = workspace;
      expect(await failureOf(database.unit(({ incidents }) => incidents.settle(1, ended)))).toMatchObject({ code: 'stale' });
      expect(await failureOf(database.unit(({ incidents }) => incidents.setAffected(1, 3)))).toMatchObject({ code: 'stale' });
      expect(
        await failureOf(database.unit(({ incidents }) => incidents.close(1, { closedAt: someInstant, closedBy: 'b', conclusion: 'x' }))),
      ).toMatchObject({ code: 'stale' });
    });

    it('keep what was collected in the order it was added', async () => {
      const certificateId = newId();
      const item = { incident: 1, addedAt: someInstant, addedBy: 'a', entry: null, alarm: null, certificateId: null, note: null };
      await workspace.database.unit(async ({ incidents }) => {
        expect(await incidents.open({ ...opened, affected: 12 })).toBe(1);
        await incidents.add({ ...item, entry: 4 });
        await incidents.add({ ...item, certificateId });
        await incidents.add({ ...item, note: 'Called the person' });
        await incidents.add({ ...item, incident: 2, entry: 5 });
      });
      const { incidents } = workspace.database.read;
      expect((await incidents.items(1)).map(({ number, entry, certificateId: of, note }) => [number, entry, of, note])).toEqual([
        [1, 4, null, null],
        [2, null, certificateId, null],
        [3, null, null, 'Called the person'],
      ]);
      expect(await incidents.list(5)).toMatchObject([{ number: 1, affected: 12, closedAt: null }]);
    });
  });
}
