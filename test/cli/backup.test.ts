import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deskWithPractice, newDesk, staff, type Desk } from './support/command-line.ts';

interface Made {
  readonly path: string;
  readonly entries: number;
  readonly sha256: string;
}

const entriesOf = async (desk: Desk, ...rest: readonly string[]) =>
  (await desk.json<{ entries: readonly { action: string; outcome: string; subject: Record<string, unknown> }[] }>('audit', 'list', ...rest))
    .entries;

/** A practice with two people, a key in `key.txt`, and one backup in `safe`. */
async function deskWithBackup(): Promise<Desk & { readonly made: Made }> {
  const desk = await deskWithPractice();
  await desk.json('enroll', '--csv', desk.put('staff.csv', staff));
  mkdirSync(desk.path('safe'));
  const made = await desk.json<Made>('backup', 'create', '--out', desk.path('safe'), '--new-key-file', desk.path('key.txt'));
  return { ...desk, made };
}

const verify = (desk: Desk, file: string, key = desk.path('key.txt')) => desk.run('backup', 'verify', file, '--key-file', key, '--json');
const errorOf = ({ stdout }: { readonly stdout: string }) =>
  (JSON.parse(stdout) as { error: { code: string; message: string; hint: string } }).error;

/** What is in a backup, by the age tool and tar: no code of ours. */
function openByAge(desk: Desk, file: string): string {
  const into = desk.path('opened');
  mkdirSync(into);
  const archive = execFileSync('age', ['--decrypt', '--identity', desk.path('key.txt'), file], { maxBuffer: 1 << 28 });
  execFileSync('tar', ['--extract', '--directory', into], { input: archive });
  return into;
}

describe('a backup', () => {
  it('opens with age and tar alone, and holds what it says: manifest, guide and the whole database', async () => {
    const desk = await deskWithBackup();
    expect(readdirSync(desk.path('safe'))).toEqual([expect.stringMatching(/^keyward-\d{8}T\d{6}Z\.tar\.age$/)]);
    expect(statSync(desk.made.path).mode & 0o777).toBe(0o600);
    const opened = openByAge(desk, desk.made.path);
    expect(readdirSync(opened).toSorted()).toEqual(['README.txt', 'keyward.db', 'manifest.json']);
    const manifest = JSON.parse(readFileSync(join(opened, 'manifest.json'), 'utf8')) as {
      files: { sha256: string }[];
      log: { size: number };
    };
    const sum = execFileSync('openssl', ['dgst', '-sha256', '-r', join(opened, 'keyward.db')], { encoding: 'utf8' }).split(' ')[0];
    expect(manifest).toMatchObject({
      format: 'keyward-backup',
      version: 1,
      practice: 'Ridgeway Family Practice',
      log: { size: desk.made.entries },
    });
    expect(manifest.files).toEqual([expect.objectContaining({ name: 'keyward.db', sha256: sum })]);
    expect(readFileSync(join(opened, 'README.txt'), 'utf8')).toContain('age --decrypt --identity');
  });

  it('holds nothing that can be read without the key, and its key is nowhere in the workspace', async () => {
    const desk = await deskWithBackup();
    const sealed = readFileSync(desk.made.path);
    for (const word of ['Lovelace', 'Ridgeway', 'SQLite format', 'manifest']) expect(sealed.includes(word), word).toBe(false);
    const key = /AGE-SECRET-KEY-1\w+/.exec(readFileSync(desk.path('key.txt'), 'utf8'))?.[0] ?? '';
    expect(key).toHaveLength(74);
    const workspace = desk.path('workspace');
    for (const name of readdirSync(workspace)) expect(readFileSync(join(workspace, name)).includes(key), name).toBe(false);
  });

  it('is entered as begun and as made, and leaves nothing in the workspace but what belongs there', async () => {
    const desk = await deskWithBackup();
    const backups = (await entriesOf(desk)).filter(({ action }) => action.startsWith('backup.'));
    expect(backups.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['backup.create', 'success'],
      ['backup.begin', 'success'],
      ['backup.key', 'success'],
    ]);
    expect(backups[0]?.subject).toMatchObject({ sha256: desk.made.sha256, entries: desk.made.entries });
    expect(readdirSync(desk.path('workspace')).toSorted()).toEqual(['keyward.db', 'workspace.lock']);
  });

  it('shows the key that it makes once, and asks for no key again', async () => {
    const desk = await deskWithPractice();
    mkdirSync(desk.path('safe'));
    const first = await desk.run('backup', 'create', '--out', desk.path('safe/one.tar.age'), '--json');
    expect([first.exit, first.stderr, first.stdout]).toEqual([
      0,
      expect.stringContaining('AGE-SECRET-KEY-1'),
      expect.not.stringContaining('AGE-SECRET'),
    ]);
    const second = await desk.run('backup', 'create', '--out', desk.path('safe/two.tar.age'), '--json');
    expect([second.exit, second.stderr]).toEqual([0, expect.not.stringContaining('AGE-SECRET')]);
  });

  it('never replaces a file, is not made where there is no folder, and says so', async () => {
    const desk = await deskWithBackup();
    const again = await desk.run('backup', 'create', '--out', desk.made.path, '--json');
    expect([again.exit, errorOf(again).code]).toEqual([3, 'conflict']);
    const nowhere = await desk.run('backup', 'create', '--out', desk.path('no/such/file.tar.age'), '--json');
    expect([nowhere.exit, errorOf(nowhere).code]).toEqual([3, 'not-found']);
    expect((await entriesOf(desk, '--limit', '3')).map(({ action, outcome }) => [action, outcome])).toContainEqual([
      'backup.create',
      'refused',
    ]);
  });
});

describe('a schedule', () => {
  it('is set, shown and ended, and refused where there is no folder', async () => {
    const desk = await deskWithBackup();
    const set = await desk.json('backup', 'schedule', '--to', desk.path('safe'), '--days', '1', '--keep', '3');
    expect(set).toEqual({ schedule: { folder: desk.path('safe'), days: 1, keep: 3 }, failure: null });
    expect(await desk.json('backup', 'schedule')).toEqual(set);
    const nowhere = await desk.run('backup', 'schedule', '--to', desk.path('nowhere'), '--json');
    expect([nowhere.exit, errorOf(nowhere).code]).toEqual([3, 'not-found']);
    expect(await desk.json('backup', 'schedule', '--off')).toMatchObject({ schedule: null });
  });
});

describe('verifying a backup', () => {
  it('proves that it is good, and says how many entries it is older than now', async () => {
    const desk = await deskWithBackup();
    const now = await desk.json<{ entries: number }>('audit', 'verify');
    const run = await verify(desk, desk.made.path);
    expect([run.exit, JSON.parse(run.stdout)]).toMatchObject([0, { verdict: 'good', entries: desk.made.entries, ahead: 0 }]);
    expect((JSON.parse(run.stdout) as { behind: number }).behind).toBeGreaterThanOrEqual(now.entries - desk.made.entries);
    expect((await entriesOf(desk, '--limit', '2'))[1]).toMatchObject({
      action: 'backup.verify',
      outcome: 'success',
      subject: { verdict: 'good' },
    });
    expect(readdirSync(desk.path('workspace')).toSorted()).toEqual(['keyward.db', 'workspace.lock']);
  });

  it('tells a wrong key from a mistyped one, from a damaged backup, and from a file that is none', async () => {
    const desk = await deskWithBackup();
    await desk.json('backup', 'key', '--new-key-file', desk.path('other.txt'));
    const wrong = await verify(desk, desk.made.path, desk.path('other.txt'));
    expect([wrong.exit, errorOf(wrong).code]).toEqual([2, 'input.wrong-backup-key']);
    const key = readFileSync(desk.path('key.txt'), 'utf8');
    const slip = await verify(
      desk,
      desk.made.path,
      desk.put(
        'slip.txt',
        key.replace(/.(.)\n$/, (_, last: string) => `${last === 'Q' ? 'P' : 'Q'}${last}\n`),
      ),
    );
    expect([slip.exit, errorOf(slip)]).toMatchObject([2, { code: 'input.invalid', message: expect.stringContaining('typing slip') }]);
    const none = await verify(desk, desk.path('staff.csv'));
    expect([none.exit, errorOf(none).code]).toEqual([2, 'input.not-a-backup']);
    expect((await verify(desk, desk.path('nothing'))).exit).toBe(3);
  });

  it.each([
    ['one bit in its middle', (octets: Buffer) => void (octets[octets.length >> 1] = (octets[octets.length >> 1] ?? 0) ^ 1)],
    ['one bit in its last octet', (octets: Buffer) => void (octets[octets.length - 1] = (octets.at(-1) ?? 0) ^ 1)],
    ['the code over its header', (octets: Buffer) => void (octets[octets.indexOf('\n--- ') + 10] = 0x2e)],
    ['its length', (octets: Buffer) => octets.subarray(0, octets.length - 70_000)],
  ])('finds one damaged in %s, exits 9, and unpacks nothing to stay', async (_, harm) => {
    const desk = await deskWithBackup();
    const octets = readFileSync(desk.made.path);
    const run = await verify(desk, desk.put('harmed', harm(octets) ?? octets));
    expect([run.exit, errorOf(run).code]).toEqual([9, 'integrity.backup-damaged']);
    expect(readdirSync(desk.path('workspace')).toSorted()).toEqual(['keyward.db', 'workspace.lock']);
  });
});

describe('a backup that is not of this log', () => {
  it('is told to be of another practice, with exit 1', async () => {
    const [desk, other] = [await deskWithBackup(), await deskWithBackup()];
    const run = await verify(desk, other.made.path, other.path('key.txt'));
    expect([run.exit, JSON.parse(run.stdout)]).toMatchObject([1, { verdict: 'other-workspace' }]);
  });

  it('is found when the workspace was put back to an older copy and went on; it restores over none', async () => {
    const desk = await deskWithPractice();
    mkdirSync(desk.path('safe'));
    copyFileSync(desk.path('workspace/keyward.db'), desk.path('old.db'));
    await desk.json('enroll', '--csv', desk.put('staff.csv', staff));
    const made = await desk.json<Made>('backup', 'create', '--out', desk.path('safe'), '--new-key-file', desk.path('key.txt'));
    copyFileSync(desk.path('old.db'), desk.path('workspace/keyward.db'));
    const over = await desk.run('backup', 'restore', made.path, '--key-file', desk.path('key.txt'), '--json');
    expect([over.exit, errorOf(over).code]).toEqual([3, 'conflict']);
    const apart = await verify(desk, made.path);
    expect([apart.exit, errorOf(apart).code]).toEqual([9, 'integrity.backup-diverged']);
  });
});

describe('restoring a backup', () => {
  it('brings the practice into an empty place: same passphrase, same people, a log that holds and says so', async () => {
    const desk = await deskWithBackup();
    const away = newDesk();
    const restored = await away.json('backup', 'restore', desk.made.path, '--key-file', desk.path('key.txt'));
    expect(restored).toMatchObject({
      directory: away.path('workspace'),
      entries: desk.made.entries,
      missing: null,
      practice: 'Ridgeway Family Practice',
    });
    expect(await away.json('people', 'list')).toEqual(await desk.json('people', 'list'));
    expect(await away.json('audit', 'verify')).toMatchObject({ holds: true, unsignedTail: 0 });
    const entries = (await entriesOf(away)).filter(({ action }) => action.startsWith('backup.restore'));
    expect(entries.map(({ action, subject }) => [action, subject['entries']])).toEqual([
      ['backup.restore', desk.made.entries],
      ['backup.restored', desk.made.entries],
    ]);
    expect(readdirSync(away.path('workspace')).toSorted()).toEqual(['keyward.db', 'workspace.lock']);
    expect(statSync(away.path('workspace')).mode & 0o777).toBe(0o700);
    await away.json('enroll', '--csv', away.put('more.csv', 'name,email\nMary Jackson,mary@ridgeway.example\n'));
    expect((await verify(desk, desk.made.path)).exit).toBe(0);
  });

  it('never rolls a practice back: it says how many entries would be missing, and changes nothing', async () => {
    const desk = await deskWithBackup();
    const before = await desk.json('people', 'list');
    const run = await desk.run('backup', 'restore', desk.made.path, '--key-file', desk.path('key.txt'), '--json');
    expect([run.exit, errorOf(run)]).toMatchObject([
      9,
      {
        code: 'integrity.would-lose-entries',
        hint: expect.stringMatching(/--without-newest \d+/),
        details: { entries: expect.any(Number) },
      },
    ]);
    expect(await desk.json('people', 'list')).toEqual(before);
    expect(readdirSync(desk.directory).filter((name) => name.startsWith('workspace'))).toEqual(['workspace']);
    expect((await entriesOf(desk)).find(({ action }) => action === 'backup.restore')).toMatchObject({ outcome: 'failed' });
  });

  it('restores beside it for who names that number, and both logs say so', async () => {
    const desk = await deskWithBackup();
    const restore = (...more: readonly string[]) =>
      desk.run('backup', 'restore', desk.made.path, '--key-file', desk.path('key.txt'), '--json', ...more);
    const asked = (errorOf(await restore()) as unknown as { details: { entries: number } }).details.entries;
    expect((await restore('--without-newest', '1')).exit).toBe(9);
    const run = await restore('--without-newest', String(asked + 1));
    const { directory, missing } = JSON.parse(run.stdout) as { directory: string; missing: number };
    expect([run.exit, missing]).toEqual([0, asked + 1]);
    expect(await desk.json('audit', 'verify', '--workspace', directory)).toMatchObject({ holds: true });
    const told = (await entriesOf(desk, '--workspace', directory)).find(({ action }) => action === 'backup.restored');
    expect(told?.subject).toMatchObject({ missing, entries: desk.made.entries });
    expect((await entriesOf(desk)).find(({ action }) => action === 'backup.restore')?.subject).toMatchObject({ missing });
  });

  it('refuses another practice’s place, a wrong key and a damaged file, and leaves no half practice', async () => {
    const [desk, other] = [await deskWithBackup(), await deskWithPractice()];
    const taken = await other.run('backup', 'restore', desk.made.path, '--key-file', desk.path('key.txt'), '--json');
    expect([taken.exit, errorOf(taken).code]).toEqual([3, 'conflict']);
    const away = newDesk();
    const octets = readFileSync(desk.made.path);
    octets[octets.length - 1] = (octets.at(-1) ?? 0) ^ 1;
    const harmed = await away.run('backup', 'restore', away.put('harmed', octets), '--key-file', desk.path('key.txt'), '--json');
    expect([harmed.exit, errorOf(harmed).code]).toEqual([9, 'integrity.backup-damaged']);
    expect(readdirSync(away.path('workspace'))).toEqual(['workspace.lock']);
    writeFileSync(away.path('key.txt'), 'AGE-SECRET-KEY-1\n');
    expect((await away.run('backup', 'restore', desk.made.path, '--key-file', away.path('key.txt'), '--json')).exit).toBe(2);
    expect((await away.run('backup', 'restore', desk.made.path, '--key-file', desk.path('key.txt'))).exit).toBe(0);
  });
});
