import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../main/contract/secret.ts';
import { addPeople, enroll, newPractice, openPractice, secret, temporaryDirectory, type OpenPractice } from './support/practice.ts';

async function practiceWithKey() {
  const practice = await newPractice({ peopleInUnit: 2 });
  const folder = join(temporaryDirectory(), 'safe');
  mkdirSync(folder);
  const octets = Uint8Array.from((await practice.client.backup.makeKey({})).key.reveal());
  return { ...practice, folder, key: () => new Secret(Uint8Array.from(octets)) };
}

const restoreOf = async (
  path: string,
  key: Secret,
): Promise<OpenPractice & { readonly restored: { readonly stoppedJobs: number; readonly entries: number } }> => {
  const away = await openPractice();
  return { ...away, restored: await away.client.backup.restore({ path, key }) };
};

const errorOf = (act: Promise<unknown>) =>
  act.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a backup of a practice at work', () => {
  it('is one moment of it: every one of many, made while units commit, is whole and continued by the log', async () => {
    const practice = await practiceWithKey();
    const people = await addPeople(practice, 40);
    const ended = enroll(practice, people);
    const paths: string[] = [];
    for (let at = 0; at < 5; at++) paths.push((await practice.client.backup.create({ folder: practice.folder, name: `${at}.age` })).path);
    expect((await ended).done).toBe(40);
    const verdicts = [];
    for (const path of paths) verdicts.push(await practice.client.backup.verify({ path, key: practice.key() }));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(paths.map(() => 'good'));
    const entries = verdicts.map((one) => one.entries);
    expect(entries).toEqual(entries.toSorted((one, other) => one - other));
    expect(entries[0], 'the first was made before the enrolment ended').toBeLessThan(
      (entries.at(-1) ?? 0) + (verdicts.at(-1)?.behind ?? 0),
    );
  });

  it('restores with what was under way ended, as the log says, and every entry and every person of that moment', async () => {
    const practice = await practiceWithKey();
    const people = await addPeople(practice, 40);
    const ended = enroll(practice, people);
    const { path, entries } = await practice.client.backup.create({ folder: practice.folder });
    await ended;
    const { client, restored } = await restoreOf(path, practice.key());
    expect(restored).toMatchObject({ entries, stoppedJobs: 1 });
    await client.session.signIn({ passphrase: secret() });
    const { jobs } = await client.enrollment.jobs({});
    expect(jobs.map(({ state }) => state)).toEqual(['cancelled']);
    const { entries: told } = await client.audit.list({ actions: ['backup.restored'] });
    expect(told[0]).toMatchObject({ index: entries, subject: { entries, jobs: [jobs[0]?.id] }, origin: { host: 'core' } });
  });

  it('is refused without a key, and to whoever has no business with it; the attempt is entered', async () => {
    const practice = await newPractice();
    const folder = temporaryDirectory();
    expect(await errorOf(practice.client.backup.create({ folder }))).toMatchObject({ code: 'input.no-backup-key' });
    await practice.client.operators.add({ name: 'Ana', role: 'registrar', passphrase: secret() });
    const ana = practice.clientOf('ana');
    await ana.session.signIn({ operator: 'Ana', passphrase: secret() });
    for (const act of [ana.backup.create({ folder }), ana.backup.makeKey({})])
      expect(await errorOf(act)).toMatchObject({ code: 'session.not-permitted' });
    expect(readdirSync(folder)).toEqual([]);
    const { entries } = await practice.client.audit.list({ actions: ['backup.create', 'backup.key'] });
    expect(entries.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['backup.key', 'refused'],
      ['backup.create', 'refused'],
      ['backup.create', 'refused'],
    ]);
  });

  it('made for one key does not open with the next, nor the other way round', async () => {
    const practice = await practiceWithKey();
    const before = await practice.client.backup.create({ folder: practice.folder, name: 'before.age' });
    const next = await practice.client.backup.makeKey({});
    const after = await practice.client.backup.create({ folder: practice.folder, name: 'after.age' });
    const wrong = { code: 'input.wrong-backup-key' };
    expect(await errorOf(practice.client.backup.verify({ path: after.path, key: practice.key() }))).toMatchObject(wrong);
    expect(await errorOf(practice.client.backup.verify({ path: before.path, key: next.key }))).toMatchObject(wrong);
    expect(await practice.client.backup.verify({ path: before.path, key: practice.key() })).toMatchObject({ verdict: 'good' });
  });
});

describe('a database that was changed before it was sealed', () => {
  it('does not verify: the log in it no longer adds up, although every octet is as it was written', async () => {
    const practice = await practiceWithKey();
    await practice.door.close();
    const database = new DatabaseSync(join(practice.directory, 'keyward.db'));
    database.exec(`update auditLeaf set leaf = replace(leaf, 'Ridgeway', 'Rodgeway') where "index" = 0`);
    database.close();
    const { client } = await openPractice({ workspaceDirectory: practice.directory });
    await client.session.signIn({ passphrase: secret() });
    const { path } = await client.backup.create({ folder: practice.folder });
    expect(await errorOf(client.backup.verify({ path, key: practice.key() }))).toMatchObject({
      code: 'integrity.backup-damaged',
      details: { part: 'log' },
    });
  });
});

describe.skipIf(process.getuid?.() !== 0)('on a small disk', () => {
  it('a backup that finds no room leaves nothing, says so, and is made once there is', async () => {
    const practice = await practiceWithKey();
    const folder = join(temporaryDirectory(), 'stick');
    mkdirSync(folder);
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('/bin/umount', [folder]));
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - 200_000));
    expect(await errorOf(practice.client.backup.create({ folder }))).toMatchObject({ code: 'store.full' });
    expect(readdirSync(folder)).toEqual(['ballast']);
    expect(readdirSync(practice.directory).filter((name) => name.startsWith('work-'))).toEqual([]);
    expect((await practice.client.backup.status({})).backups).toEqual([]);
    rmSync(join(folder, 'ballast'));
    const { path } = await practice.client.backup.create({ folder });
    expect(await practice.client.backup.verify({ path, key: practice.key() })).toMatchObject({ verdict: 'good' });
    const { entries } = await practice.client.audit.list({ actions: ['backup.create'] });
    expect(entries.map(({ outcome, error }) => [outcome, error])).toEqual([
      ['success', null],
      ['failed', 'store.full'],
    ]);
  });
});
