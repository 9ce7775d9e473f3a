import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import { newId, octets, operatorOf, someInstant } from './database-records.ts';
import { useWorkspace } from './database-workspace.ts';

export function describeSecondFactors(technology: DatabaseTechnology): void {
  describe('second factors', () => {
    const workspace = useWorkspace(technology);
    const later = '2026-05-01T00:00:00.000Z';

    /** Somebody with a second factor and two recovery codes. */
    async function withFactor() {
      const operator = operatorOf({ name: `Nadia ${newId()}` });
      const factor = { operatorId: operator.id, sealed: octets(80), since: someInstant, lastStep: 59_000_000 };
      const hashes = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)] as const;
      await workspace.database.unit(async (stores) => {
        await stores.operators.insert(operator);
        await stores.secondFactors.insert(factor, hashes);
      });
      return { factor, hashes, id: operator.id, read: workspace.database.read.secondFactors };
    }

    it('come back as they were recorded, with their codes unused', async () => {
      const { factor, hashes, id, read } = await withFactor();
      expect(await read.find(id)).toEqual(factor);
      expect(await read.operators()).toContain(id);
      expect(await read.codes(id)).toHaveLength(2);
      expect(await read.codes(id)).toEqual(expect.arrayContaining(hashes.map((hash) => ({ operatorId: id, hash, usedAt: null }))));
      expect(await read.find(newId())).toBeUndefined();
    });

    it('are one for each operator', async () => {
      const { factor } = await withFactor();
      const again = workspace.database.unit(({ secondFactors }) => secondFactors.insert(factor, []));
      await expect(again).rejects.toMatchObject({ code: 'conflict' });
    });

    it('accept each step once and none before the last', async () => {
      const { id, factor, read } = await withFactor();
      const accept = (step: number) => workspace.database.unit(({ secondFactors }) => secondFactors.acceptStep(id, step));
      expect(await accept(factor.lastStep)).toBe(false);
      expect(await accept(factor.lastStep + 2)).toBe(true);
      expect(await accept(factor.lastStep + 2)).toBe(false);
      expect(await accept(factor.lastStep + 1)).toBe(false);
      expect((await read.find(id))?.lastStep).toBe(factor.lastStep + 2);
    });

    it('let each recovery code be used once', async () => {
      const { id, hashes, read } = await withFactor();
      const use = (hash: Uint8Array) => workspace.database.unit(({ secondFactors }) => secondFactors.useCode(id, hash, later));
      expect(await use(hashes[0])).toBe(true);
      expect(await use(hashes[0])).toBe(false);
      expect(await use(new Uint8Array(32).fill(3))).toBe(false);
      expect((await read.codes(id)).filter(({ usedAt }) => usedAt === later)).toHaveLength(1);
    });

    it('go with their codes, one operator’s alone', async () => {
      const { id, read } = await withFactor();
      const other = await withFactor();
      await workspace.database.unit(({ secondFactors }) => secondFactors.remove(id));
      expect(await read.find(id)).toBeUndefined();
      expect(await read.codes(id)).toEqual([]);
      expect(await read.codes(other.id)).toHaveLength(2);
    });
  });
}
