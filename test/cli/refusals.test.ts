import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, ftruncateSync, writeFileSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openCore } from '../../main/compose.ts';
import { cheapVault } from '../services/support/practice.ts';
import { deskWithPractice, newDesk, staff, type Run } from './support/command-line.ts';

function errorOf({ stdout }: Run): { code: string; message: string; hint: string } {
  return (JSON.parse(stdout) as { error: { code: string; message: string; hint: string } }).error;
}

const isRoot = process.getuid?.() === 0;

describe('bad input', () => {
  it.each<[string, string, string[], string, number, string]>([
    ['an empty staff list', '', ['people', 'import'], 'input.empty', 2, ''],
    ['a list without addresses', 'colour\nred\n', ['people', 'import'], 'input.malformed-csv', 2, 'Seen were: colour.'],
    ['an open quote', `${staff}"C,c@x.example\n`, ['people', 'import'], 'input.malformed-csv', 2, 'opened in line 4.'],
    ['a workbook', 'PK\u0003\u0004', ['people', 'import'], 'input.malformed-csv', 2, 'is a workbook'],
  ])('refuses %s with code, sentence and hint, and changes nothing', async (_, content, words, code, exit, said) => {
    const desk = await deskWithPractice();
    const run = await desk.run(...words, desk.put('bad.csv', content), '--json');
    expect(run.exit).toBe(exit);
    expect(errorOf(run)).toMatchObject({ code, message: expect.stringMatching(/\w/), hint: expect.stringMatching(/\w/) });
    expect(run.stderr).toMatch(/^error: .+\nhint: .+\n$/);
    expect(run.stderr).toContain(said);
    expect(await desk.json('people', 'list')).toEqual({ people: [] });
  });

  it('refuses a file of 1 GB without reading it', async () => {
    const desk = await deskWithPractice();
    const descriptor = openSync(desk.path('huge.csv'), 'w');
    ftruncateSync(descriptor, 2 ** 30);
    closeSync(descriptor);
    const run = await desk.run('people', 'import', desk.path('huge.csv'), '--json');
    expect([run.exit, errorOf(run).code]).toEqual([2, 'input.too-large']);
  });

  it('leaves out a repeated and a bad address by row, and takes the others in', async () => {
    const desk = await deskWithPractice();
    const list = `${staff}Third,ada@ridgeway.example,Cardiology\nFourth,fourth.ridgeway.example,Cardiology\n`;
    const run = await desk.run('people', 'import', desk.put('staff.csv', list), '--left-out', desk.path('left.csv'), '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({ imported: 2, leftOut: 2 });
    expect(run.stderr).toContain('row 3 (line 4), email: Row 1, Ada Lovelace, has the same address.');
    expect(run.stderr).toContain('row 4 (line 5), email: The address has no @. Did you mean fourth@ridgeway.example?');
    expect(readFileSync(desk.path('left.csv'), 'utf8')).toContain('Third');
  });

  it('shows what would become of every row before anything does, and takes the obvious repairs when it is told to', async () => {
    const desk = await deskWithPractice();
    const list = desk.put('staff.csv', `${staff}Third,ada@ridgeway.example,Cardiology\nFourth,fourth.ridgeway.example,Cardiology\n`);
    const checked = await desk.run('people', 'import', list, '--check');
    expect(checked.stdout).toMatch(/^4 +5 +Fourth +fourth\.ridgeway\.example +left out +email: The address has no @\./m);
    expect(checked.stdout).toContain('4 rows: 2 would be taken in, 0 need nothing, 2 would be left out. Nothing was changed.');
    expect(await desk.json('people', 'import', list, '--check')).toMatchObject({ counts: { all: 4, ready: 2, fix: 2 } });
    expect(await desk.json('people', 'list')).toEqual({ people: [] });
    const run = await desk.run('people', 'import', list, '--repair');
    expect(run.stdout).toBe('3 taken in, 3 of the list are here, 1 left out.\n');
    expect(run.stderr).toContain('row 4 (line 5), email: fourth.ridgeway.example, taken as fourth@ridgeway.example\n');
    expect(run.stderr).toContain('row 3 (line 4), email: Row 1, Ada Lovelace, has the same address.');
  });

  it('refuses an unknown profile', async () => {
    const desk = await deskWithPractice();
    const run = await desk.run('enroll', '--csv', desk.put('staff.csv', staff), '--profile', 'smime-mailbox-legacy', '--json');
    expect([run.exit, errorOf(run).code]).toEqual([2, 'input.unknown-profile']);
    expect(await desk.json('certificate', 'list', '--search', 'ada')).toEqual({ certificates: [] });
  });

  it('refuses the stores of other systems, with what to do instead', async () => {
    const desk = await deskWithPractice();
    await desk.run('people', 'import', desk.put('staff.csv', staff));
    for (const client of ['windows-certificates', 'macos-keychain']) {
      const run = await desk.run('mail', 'export', 'ada@ridgeway.example', '--client', client, '--json');
      expect([run.exit, errorOf(run).code]).toEqual([3, 'client.other-system']);
      expect(errorOf(run).hint).toContain('--client outlook');
    }
  });

  it('refuses a wrong passphrase, and says nothing about why', async () => {
    const desk = await deskWithPractice();
    const wrong = desk.put('wrong', 'not it\n');
    const run = await desk.run('--passphrase-file', wrong, 'people', 'list', '--json');
    expect([run.exit, errorOf(run).code]).toEqual([4, 'session.sign-in-failed']);
    expect(run.stdout + run.stderr).not.toContain('not it');
  });

  it('refuses an unknown command, an unknown option and somebody who is not here', async () => {
    const desk = await deskWithPractice();
    expect((await desk.run('frobnicate')).exit).toBe(2);
    expect((await desk.run('people', 'list', '--frobnicate')).exit).toBe(2);
    expect((await desk.run('people', 'show', 'nobody@ridgeway.example')).exit).toBe(3);
  });

  it('refuses a workspace where there is none', async () => {
    const run = await newDesk().run('people', 'list', '--json');
    expect([run.exit, errorOf(run).code]).toEqual([8, 'store.not-initialised']);
    const desk = newDesk();
    const onFile = await desk.run('init', '--workspace', desk.put('file', 'no folder'), '--json');
    expect([onFile.exit, errorOf(onFile).code]).toEqual([2, 'input.invalid']);
    expect(errorOf(onFile).message).toContain('this is a file');
  });
});

describe('a damaged or foreign store', () => {
  it('refuses a database that is none', async () => {
    const desk = newDesk();
    mkdirSync(desk.path('workspace'), { mode: 0o700 });
    writeFileSync(desk.path('workspace/keyward.db'), 'this is no database, and long enough to be looked at'.repeat(40));
    const run = await desk.run('people', 'list', '--json');
    expect([run.exit, errorOf(run).code]).toEqual([8, 'store.corrupt']);
  });

  it('refuses a workspace of a newer version, and leaves it as it is', async () => {
    const desk = await deskWithPractice();
    const database = new DatabaseSync(desk.path('workspace/keyward.db'));
    database.exec("insert into migration (name) values ('9990-from-the-future')");
    database.close();
    const run = await desk.run('people', 'list', '--json');
    expect([run.exit, errorOf(run).code]).toEqual([8, 'store.schema-too-new']);
  });

  it('says which entry is wrong when one byte of the log was changed, with exit 9', async () => {
    const desk = await deskWithPractice();
    await desk.json('people', 'import', desk.put('staff.csv', staff));
    const database = new DatabaseSync(desk.path('workspace/keyward.db'));
    database.exec(`update auditLeaf set leaf = replace(leaf, '"success"', '"succesS"') where "index" = 2`);
    database.close();
    const run = await desk.run('audit', 'verify', '--json');
    expect(run.exit).toBe(9);
    expect(JSON.parse(run.stdout)).toMatchObject({ holds: false, firstWrong: { kind: 'leaf-changed', index: 2 } });
    expect(await desk.run('audit', 'verify')).toMatchObject({
      exit: 9,
      stdout:
        'The log does not add up from entry 2 on. The text of this entry was changed.\nStop, change nothing, and call your auditor.\n',
    });
  });

  it('waits for no second core: it relays to the one that is there, and a core refuses another', async () => {
    const desk = await deskWithPractice();
    const first = await openCore({ workspaceDirectory: desk.path('workspace'), vault: cheapVault() });
    try {
      await expect(openCore({ workspaceDirectory: desk.path('workspace'), vault: cheapVault() })).rejects.toMatchObject({
        code: 'store.busy',
      });
    } finally {
      await first.close();
    }
  });

  it.skipIf(!isRoot)('reports a full disk, and what was there is still there', async () => {
    const desk = newDesk();
    mkdirSync(desk.path('small'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', desk.path('small')]);
    try {
      const workspace = ['--workspace', desk.path('small/workspace')];
      await desk.json('init', '--root-algorithm', 'p256', '--algorithm', 'p256', '--recovery-code-file', desk.path('code'), ...workspace);
      fill(desk.path('small/filler'));
      const run = await desk.run('people', 'import', desk.put('staff.csv', manyPeople(2000)), '--json', ...workspace);
      expect([run.exit, errorOf(run).code]).toEqual([8, 'store.full']);
      execFileSync('rm', [desk.path('small/filler')]);
      expect(await desk.json('people', 'list', ...workspace)).toEqual({ people: [] });
      expect(await desk.json('audit', 'verify', ...workspace)).toMatchObject({ holds: true });
    } finally {
      execFileSync('umount', [desk.path('small')]);
    }
  });

  it.skipIf(!isRoot)('reports a workspace on a file system that is mounted read-only', async () => {
    const desk = await deskWithPractice();
    execFileSync('mount', ['--bind', desk.path('workspace'), desk.path('workspace')]);
    try {
      execFileSync('mount', ['-o', 'remount,bind,ro', desk.path('workspace')]);
      const run = await desk.run('people', 'list', '--json');
      expect([run.exit, errorOf(run).code]).toEqual([8, 'store.read-only']);
    } finally {
      execFileSync('umount', [desk.path('workspace')]);
    }
    expect((await desk.run('people', 'list')).exit).toBe(0);
  });
});

function fill(path: string): void {
  const descriptor = openSync(path, 'w');
  try {
    for (const block = Buffer.alloc(4096); ;) writeSync(descriptor, block);
  } catch (error) {
    if ((error as { code: string }).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(descriptor);
  }
}

const manyPeople = (count: number): string =>
  ['name,email', ...Array.from({ length: count }, (_, at) => `Person ${at},p${at}@ridgeway.example`)].join('\n');
