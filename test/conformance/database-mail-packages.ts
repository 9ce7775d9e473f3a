import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { MailPackageRecord } from '../../main/ports/stores/mail-packages.ts';
import { newId, personOf, someInstant } from './database-records.ts';
import { useWorkspace } from './database-workspace.ts';

const later = '2027-01-02T03:04:05.678Z';

export function describeMailPackages(technology: DatabaseTechnology): void {
  describe('mail packages', () => {
    const workspace = useWorkspace(technology);

    async function plan(count: number): Promise<readonly MailPackageRecord[]> {
      const person = personOf();
      const deliveryId = newId();
      const packages = Array.from({ length: count }, (_, position): MailPackageRecord => ({
        id: newId(),
        deliveryId,
        position,
        personId: person.id,
        client: 'outlook',
        state: 'planned',
        days: 14,
        certificates: [],
        sha256: '',
        operatorId: workspace.practice.operator.id,
        askedAt: someInstant,
        expiresAt: null,
        pickedUpAt: null,
        provedAt: null,
        error: null,
      }));
      await workspace.database.unit(async (stores) => {
        await stores.people.insert([person], []);
        await stores.mailPackages.insert(packages);
      });
      return packages;
    }

    it('come back as they were planned, by delivery in their order, by person and by state', async () => {
      const packages = await plan(3);
      const { mailPackages } = workspace.database.read;
      expect(await mailPackages.ofDelivery(packages[0]?.deliveryId ?? '')).toEqual(packages);
      expect(await mailPackages.ofPerson(packages[0]?.personId ?? '')).toHaveLength(3);
      expect(await mailPackages.inState('planned')).toEqual(expect.arrayContaining([...packages]));
      expect(await mailPackages.list(2)).toHaveLength(2);
      expect(await mailPackages.find(newId())).toBeUndefined();
    });

    it('change from a state they are in, and from no other', async () => {
      const [one] = await plan(1);
      const id = one?.id ?? '';
      const change = { state: 'waiting', certificates: ['a', 'b'], sha256: 'ff', expiresAt: later } as const;
      await workspace.database.unit(({ mailPackages }) => mailPackages.change(id, ['planned', 'making'], change));
      expect(await workspace.database.read.mailPackages.find(id)).toEqual({ ...one, ...change });
      await expect(workspace.database.unit(({ mailPackages }) => mailPackages.change(id, ['planned'], change))).rejects.toMatchObject({
        code: 'stale',
      });
    });
  });
}
