import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { MailSetupRecord } from '../../main/ports/stores/mail-setups.ts';
import { newId, personOf, someInstant } from './database-records.ts';
import { useWorkspace } from './database-workspace.ts';

const later = '2027-01-02T03:04:05.678Z';

export function describeMailSetups(technology: DatabaseTechnology): void {
  describe('mail set-ups', () => {
    const workspace = useWorkspace(technology);

    async function begin(personId: string, more: Partial<MailSetupRecord> = {}): Promise<MailSetupRecord> {
      const setup: MailSetupRecord = {
        id: newId(),
        personId,
        client: 'thunderbird',
        technology: 'smime',
        target: '/home/ada/.thunderbird/one',
        profile: 'one',
        certificates: [newId(), newId()],
        state: 'writing',
        operatorId: workspace.practice.operator.id,
        at: someInstant,
        checkedAt: null,
        findings: [],
        provedAt: null,
        ...more,
      };
      await workspace.database.unit(({ mailSetups }) => mailSetups.insert(setup));
      return setup;
    }

    async function somebody(): Promise<string> {
      const person = personOf();
      await workspace.database.unit(({ people }) => people.insert([person], []));
      return person.id;
    }

    it('are an intent until they are finished, and replace the one before for the same profile', async () => {
      const person = await somebody();
      const { mailSetups } = workspace.database.read;
      const first = await begin(person);
      expect(await mailSetups.ofPerson(person)).toEqual([]);
      expect(await mailSetups.list()).toContainEqual(first);
      await workspace.database.unit((stores) => stores.mailSetups.finish(first.id, later));
      const other = await begin(person, { target: '/home/ada/.thunderbird/two' });
      const openPgp = await begin(person, { technology: 'openpgp' });
      const second = await begin(person);
      await workspace.database.unit(async (stores) => {
        await stores.mailSetups.finish(second.id, later);
        await stores.mailSetups.finish(other.id, someInstant);
        await stores.mailSetups.finish(openPgp.id, '2025-01-01T00:00:00.000Z');
      });
      expect(await mailSetups.ofPerson(person)).toEqual([
        { ...second, state: 'ready', at: later },
        { ...other, state: 'ready' },
        { ...openPgp, state: 'ready', at: '2025-01-01T00:00:00.000Z' },
      ]);
    });

    it('keep what was found whenever they were read back, and lose it when they are written anew', async () => {
      const person = await somebody();
      const { mailSetups } = workspace.database.read;
      const setup = await begin(person);
      const found = {
        checkedAt: later,
        findings: [{ code: 'key-missing', address: 'a@b.example', use: 'sign' }],
        provedAt: someInstant,
      } as const;
      const write = () => workspace.database.unit((stores) => stores.mailSetups.found(setup.id, found));
      await expect(write()).rejects.toMatchObject({ code: 'stale' });
      await workspace.database.unit((stores) => stores.mailSetups.finish(setup.id, later));
      await write();
      expect(await mailSetups.ofPerson(person)).toMatchObject([found]);
      const anew = await begin(person);
      await workspace.database.unit((stores) => stores.mailSetups.finish(anew.id, later));
      expect(await mailSetups.ofPerson(person)).toMatchObject([{ checkedAt: null, findings: [], provedAt: null }]);
    });

    it('are dropped as intents only, and finished once only', async () => {
      const person = await somebody();
      const { mailSetups } = workspace.database.read;
      const [lost, done] = [await begin(person), await begin(person)];
      await workspace.database.unit(async (stores) => {
        await stores.mailSetups.drop(lost.id);
        await stores.mailSetups.finish(done.id, later);
      });
      await workspace.database.unit((stores) => stores.mailSetups.drop(done.id));
      expect((await mailSetups.ofPerson(person)).map(({ id }) => id)).toEqual([done.id]);
      for (const id of [lost.id, done.id])
        await expect(workspace.database.unit((stores) => stores.mailSetups.finish(id, later))).rejects.toMatchObject({ code: 'stale' });
    });
  });
}
