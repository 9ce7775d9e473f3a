import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import { newId, personOf, someInstant } from './database-records.ts';
import { failureOf, useWorkspace } from './database-workspace.ts';

const begun = (createdAt = someInstant) => ({ id: newId(), createdAt, folder: '/media/stick', name: 'keyward.tar.age', operatorId: null });
const made = { octets: 1234, sha256: 'ab'.repeat(32), entries: 7 };

export function describeBackups(technology: DatabaseTechnology): void {
  describe('backups', () => {
    const workspace = useWorkspace(technology);

    it('are being written until they are made, have failed or were removed, newest first', async () => {
      const [first, second, third] = [
        begun('2026-01-01T00:00:00.000Z'),
        begun('2026-01-02T00:00:00.000Z'),
        begun('2026-01-03T00:00:00.000Z'),
      ] as const;
      await workspace.database.unit(async ({ backups }) => {
        for (const backup of [first, second, third]) await backups.begin(backup);
        await backups.finish(first.id, made);
        await backups.fail(second.id);
      });
      const { backups } = workspace.database.read;
      expect((await backups.list(2)).map(({ id, state }) => [id, state])).toEqual([
        [third.id, 'writing'],
        [second.id, 'failed'],
      ]);
      expect(await backups.inState('made')).toEqual([{ ...first, ...made, state: 'made' }]);
      await workspace.database.unit((stores) => stores.backups.setRemoved([first.id]));
      expect(await (await workspace.reopen()).read.backups.inState('removed')).toHaveLength(1);
    });

    it('cannot be finished once they have failed', async () => {
      const backup = begun();
      await workspace.database.unit(async ({ backups }) => {
        await backups.begin(backup);
        await backups.fail(backup.id);
      });
      const finish = workspace.database.unit((stores) => stores.backups.finish(backup.id, made));
      expect(await failureOf(finish)).toMatchObject({ code: 'stale' });
      expect(await workspace.database.read.backups.inState('failed')).toHaveLength(1);
    });
  });

  describe.runIf(technology.abilities.isFiles)('a copy of the database', () => {
    const workspace = useWorkspace(technology);

    function emptyFolder(): string {
      const folder = mkdtempSync(join(tmpdir(), 'keyward-copy-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      return folder;
    }

    it('is one moment of it, for its owner only, whatever is committed meanwhile', async () => {
      const folder = emptyFolder();
      const add = () => workspace.database.unit((stores) => stores.people.insert([personOf(), personOf()], []));
      for (let unit = 0; unit < 20; unit++) await add();
      const copying = workspace.database.copyTo(folder);
      for (let unit = 0; unit < 20; unit++) await add();
      await copying;
      expect(readdirSync(folder)).toEqual(['keyward.db']);
      expect(statSync(join(folder, 'keyward.db')).mode & 0o777).toBe(0o600);
      const copy = await technology.open({ directory: folder });
      await copy.check();
      const { everyone } = await copy.read.people.counts('2027');
      await copy.close();
      expect([everyone >= 40, everyone <= 80, everyone % 2]).toEqual([true, true, 0]);
    });

    it('is refused into a folder that holds one, which stays', async () => {
      const folder = emptyFolder();
      await workspace.database.copyTo(folder);
      const before = statSync(join(folder, 'keyward.db')).mtimeMs;
      expect(await failureOf(workspace.database.copyTo(folder))).toMatchObject({ name: 'AppError' });
      expect(statSync(join(folder, 'keyward.db')).mtimeMs).toBe(before);
    });
  });
}
