import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import { newId, someInstant } from './database-records.ts';
import { useWorkspace } from './database-workspace.ts';

const later = '2027-01-01T00:00:00.000Z';
const names = (count: number, from = 0): string[] => Array.from({ length: count }, (_, at) => (at + from).toString(16).padStart(64, '0'));

export function describeCompromisedKeys(technology: DatabaseTechnology): void {
  describe('compromised keys', () => {
    const workspace = useWorkspace(technology);

    it('are found by their names, thousands at a time, and their lists come newest first', async () => {
      const { database } = workspace;
      const [first, second] = [
        { id: newId(), name: 'laptops.txt', keys: 3000, addedAt: someInstant },
        { id: newId(), name: 'cards.txt', keys: 1, addedAt: later },
      ];
      await database.unit(({ compromisedKeys }) => compromisedKeys.add(first, names(3000)));
      await database.unit(({ compromisedKeys }) => compromisedKeys.add(second, ['0123456789abcdef0123']));
      const { compromisedKeys } = database.read;
      expect(await compromisedKeys.lists()).toEqual([second, first]);
      expect(await compromisedKeys.listed(names(2000, 2000))).toEqual(new Set(names(1000, 2000)));
      expect(await compromisedKeys.isListed(['f'.repeat(64), '0123456789abcdef0123'])).toBe(true);
      expect(await compromisedKeys.isListed(['f'.repeat(64)])).toBe(false);
      expect(await compromisedKeys.isListed([])).toBe(false);
    });

    it('are each on one list', async () => {
      const add = (id: string) =>
        workspace.database.unit(({ compromisedKeys }) =>
          compromisedKeys.add({ id, name: 'list', keys: 1, addedAt: someInstant }, names(1)),
        );
      await add(newId());
      await expect(add(newId())).rejects.toMatchObject({ code: 'conflict' });
      expect(await workspace.database.read.compromisedKeys.lists()).toHaveLength(1);
    });
  });
}
