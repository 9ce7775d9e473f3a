import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withRawDatabase } from './support/operators.ts';
import { openSqliteFile } from './support/raw-sqlite.ts';
import { newPractice, openPractice, secret, temporaryDirectory } from './support/practice.ts';

const refusal = (code: string) => expect.objectContaining({ code }) as unknown;
const year = 365.25 * 86_400_000;

/** A practice with more entries than a tile has, made years ago, and a place for archives. */
async function oldPractice(years: number) {
  let now = new Date('2019-03-02T13:00:00.000Z');
  const clock = { now: () => now };
  const practice = await newPractice({ clock });
  for (let at = 0; at < 300; at++) await practice.client.audit.checkpoint({});
  now = new Date(now.getTime() + years * year);
  await practice.client.session.signIn({ operator: 'admin', passphrase: secret() });
  return { ...practice, clock, path: join(temporaryDirectory(), 'old.jsonl') };
}

describe('contents of old entries', () => {
  it('go to a file that proves itself; the log holds on, proves what stayed, and says what is elsewhere', async () => {
    const { client, path } = await oldPractice(7);
    const before = await client.audit.checkpoint({});
    expect(await client.audit.archive({ path })).toMatchObject({ from: 0, to: 256, path });
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(257);
    expect(await client.audit.verify({})).toMatchObject({ holds: true, archived: 256 });
    expect(await client.audit.checkArchive({ path })).toEqual({ from: 0, to: 256, isOfThisLog: true });
    expect((await client.audit.show({ index: 256 })).proof).toMatchObject({ holds: true });
    await expect(client.audit.show({ index: 255 })).rejects.toEqual(refusal('not-found'));
    const { entries } = await client.audit.list({ ascending: true, limit: 1, search: 'audit.export' });
    expect(entries[0]?.index).toBe(256);
    expect(await client.audit.checkKept({ checkpoints: [before.file] })).toMatchObject({ suspicion: null });
    expect((await client.audit.archives({})).archives).toEqual([expect.objectContaining({ from: 0, to: 256, path })]);
  });

  it('stay while they are younger than the policy asks for, and while another system has not taken them', async () => {
    const { client, path } = await oldPractice(5);
    await expect(client.audit.archive({ path })).rejects.toEqual(refusal('input.too-young'));
    await client.sinks.add({ name: 'SIEM', target: { kind: 'file', path: `${path}.siem`, format: 'jsonl' }, fromStart: true });
    await client.incidents.setPolicy({ retentionYears: 4 });
    await expect(client.audit.archive({ path })).rejects.toEqual(refusal('input.too-young'));
    expect(existsSync(path)).toBe(false);
    await client.sinks.deliver({});
    expect(await client.audit.archive({ path })).toMatchObject({ from: 0, to: 256 });
  });

  it('leave no word of theirs in the index that the log is searched by', async () => {
    const { client, door, directory, path } = await oldPractice(7);
    await client.audit.archive({ path });
    await door.close();
    openSqliteFile(directory, (db) => {
      db.exec(`create virtual table temp.words using fts5vocab('main', 'auditWords', 'row')`);
      const most = db.prepare('select max(doc) as most from temp.words').get()?.['most'];
      expect(most).toBe(db.prepare('select count(*) as entries from auditLeaf').get()?.['entries']);
    });
  });

  it('stay where the file cannot be written: a name that is taken, a folder that is not there', async () => {
    const { client, path } = await oldPractice(7);
    writeFileSync(path, 'something else');
    await expect(client.audit.archive({ path })).rejects.toEqual(refusal('conflict'));
    await expect(client.audit.archive({ path: join(path, 'nowhere', 'old.jsonl') })).rejects.toEqual(refusal('not-found'));
    expect(readFileSync(path, 'utf8')).toBe('something else');
    expect(await client.audit.verify({})).toMatchObject({ holds: true, archived: 0 });
    expect((await client.audit.archives({})).archives).toEqual([]);
  });

  it('stay where the process was killed before the outcome, and the next start says so', async () => {
    const practice = await oldPractice(7);
    const { path, clock } = practice;
    writeFileSync(`${path}.partial`, 'half');
    await withRawDatabase(practice, async (database) => {
      await database.unit(async ({ archives }) => archives.begin({ from: 0, to: 256, path, createdAt: clock.now().toISOString() }));
    });
    const { client } = await openPractice({ workspaceDirectory: practice.directory, clock });
    await client.session.signIn({ operator: 'admin', passphrase: secret() });
    expect(existsSync(`${path}.partial`)).toBe(false);
    const { entries } = await client.audit.list({ actions: ['audit.archive'] });
    expect(entries).toMatchObject([{ outcome: 'failed', error: 'cancelled', subject: { from: 0, to: 256 } }]);
    expect(await client.audit.verify({})).toMatchObject({ holds: true, archived: 0 });
    expect(await client.audit.archive({ path })).toMatchObject({ from: 0, to: 256 });
  });

  it('that were changed in their archive are named; a hash that was changed in the log is, too', async () => {
    const practice = await oldPractice(7);
    const { client, path, clock } = practice;
    await client.audit.archive({ path });
    const [head = '', first = '', ...rest] = readFileSync(path, 'utf8').split('\n');
    const write = (...lines: readonly string[]) => writeFileSync(path, lines.join('\n'));
    write(head, first.replace('workspace.init', 'people.add'), ...rest);
    await expect(client.audit.checkArchive({ path })).rejects.toEqual(refusal('integrity.audit-broken'));
    write(head, ...rest);
    await expect(client.audit.checkArchive({ path })).rejects.toEqual(refusal('integrity.audit-broken'));
    write('{"format":"something else"}', first, ...rest);
    await expect(client.audit.checkArchive({ path })).rejects.toEqual(refusal('integrity.audit-broken'));
    await practice.door.close();
    openSqliteFile(practice.directory, (db) => db.exec(`update "archivedLeaf" set "leafHash" = zeroblob(32) where "index" = 7`));
    const again = await openPractice({ workspaceDirectory: practice.directory, clock });
    await again.client.session.signIn({ operator: 'admin', passphrase: secret() });
    expect(await again.client.audit.verify({})).toMatchObject({ holds: false });
  });

  it('that somebody took out of the log without an entry are missing', async () => {
    const practice = await oldPractice(7);
    await withRawDatabase(practice, (database) => database.unit(({ auditLog }) => auditLog.archive(256)));
    const { client } = await openPractice({ workspaceDirectory: practice.directory, clock: practice.clock });
    await client.session.signIn({ operator: 'admin', passphrase: secret() });
    expect(await client.audit.verify({})).toMatchObject({ holds: false, firstWrong: { kind: 'leaf-missing', index: 0 } });
  });
});

describe.skipIf(process.getuid?.() !== 0)('on a small disk', () => {
  it('an archive that finds no room leaves nothing and takes nothing out of the log, says so, and is made once there is', async () => {
    const { client } = await oldPractice(7);
    const folder = join(temporaryDirectory(), 'stick');
    const path = join(folder, 'old.jsonl');
    mkdirSync(folder);
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('/bin/umount', [folder]));
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - 20_000));
    await expect(client.audit.archive({ path })).rejects.toEqual(refusal('store.full'));
    expect(readdirSync(folder)).toEqual(['ballast']);
    expect(await client.audit.verify({})).toMatchObject({ holds: true, archived: 0 });
    expect((await client.audit.archives({})).archives).toEqual([]);
    rmSync(join(folder, 'ballast'));
    expect(await client.audit.archive({ path })).toMatchObject({ from: 0, to: 256 });
    expect(await client.audit.checkArchive({ path })).toMatchObject({ isOfThisLog: true });
    const { entries } = await client.audit.list({ actions: ['audit.archive'] });
    expect(entries.map(({ outcome, error }) => [outcome, error])).toEqual([
      ['success', null],
      ['failed', 'store.full'],
    ]);
  });
});
