import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import { startFrom, type OwnProfile } from '../../main/domain/profile/own-profile.ts';
import { someInstant } from './database-records.ts';
import { useWorkspace } from './database-workspace.ts';

const later = '2027-01-01T00:00:00.000Z';

const ownProfile = (name: string, changes: Partial<OwnProfile> = {}): OwnProfile => ({
  ...startFrom('smime-sponsor-strict'),
  name,
  title: `Profile ${name}`,
  ...changes,
});

export function describeProfiles(technology: DatabaseTechnology): void {
  describe('profiles', () => {
    const workspace = useWorkspace(technology);

    it('come back as they were written, by name, and changed with the instant of the change', async () => {
      const [nurses, doctors] = [ownProfile('nurses'), ownProfile('doctors')];
      await workspace.database.unit(async ({ profiles }) => {
        await profiles.insert(nurses, someInstant);
        await profiles.insert(doctors, someInstant);
      });
      const shorter = ownProfile('nurses', { validityDays: 30 });
      await workspace.database.unit(({ profiles }) => profiles.change(shorter, later));
      expect(await workspace.database.read.profiles.list()).toEqual([
        { profile: doctors, createdAt: someInstant, changedAt: someInstant },
        { profile: shorter, createdAt: someInstant, changedAt: later },
      ]);
    });

    it('are written once under a name, and only those that are there are changed', async () => {
      await workspace.database.unit(({ profiles }) => profiles.insert(ownProfile('nurses'), someInstant));
      const again = workspace.database.unit(({ profiles }) => profiles.insert(ownProfile('nurses'), later));
      await expect(again).rejects.toMatchObject({ code: 'conflict', details: { field: 'name' } });
      const unknown = workspace.database.unit(({ profiles }) => profiles.change(ownProfile('nobody'), later));
      await expect(unknown).rejects.toMatchObject({ code: 'not-found' });
      expect(await workspace.database.read.profiles.list()).toHaveLength(1);
    });
  });
}
