import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deskWithPractice, staff, type Desk } from './support/command-line.ts';

interface Entry {
  readonly action: string;
  readonly outcome: string;
  readonly reason?: string | null;
  readonly subject: object;
}

const warning = 'warning: integrity.rollback-suspected';

/** A practice that keeps its checkpoints in a folder, and the folder. */
async function practiceThatKeeps(): Promise<{ desk: Desk; share: string }> {
  const desk = await deskWithPractice();
  const share = desk.path('share');
  mkdirSync(share);
  await desk.json('audit', 'checkpoint', '--keep-in', share);
  return { desk, share };
}

const keepAside = (desk: Desk) => cpSync(desk.path('workspace'), desk.path('older'), { recursive: true });

function putBack(desk: Desk): void {
  rmSync(desk.path('workspace'), { recursive: true });
  renameSync(desk.path('older'), desk.path('workspace'));
}

const listed = async (desk: Desk): Promise<readonly Entry[]> => (await desk.json<{ entries: Entry[] }>('audit', 'list')).entries;

it('each sign-in puts the newest signed total into the folder that is set, and none where none is', async () => {
  const { desk, share } = await practiceThatKeeps();
  const before = readdirSync(share);
  expect(before).toHaveLength(1);
  expect(before[0]).toMatch(/^keyward-[0-9a-f-]{36}-\d{12}\.checkpoint$/);
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  expect(readdirSync(share).length).toBeGreaterThan(before.length);
  await desk.json('audit', 'checkpoint', '--keep-nowhere');
  const kept = readdirSync(share).length;
  await desk.json('people', 'list');
  expect(readdirSync(share)).toHaveLength(kept);
  expect((await desk.run('audit', 'checkpoint', '--keep-in', desk.path('nowhere'), '--json')).exit).toBe(3);
  expect((await desk.run('audit', 'checkpoint', '--json')).exit).toBe(2);
});

it('a checkpoint is written into a file or a folder, and that is in the log', async () => {
  const desk = await deskWithPractice();
  mkdirSync(desk.path('stick'));
  const { size, vkey, file } = await desk.json<{ size: number; vkey: string; file: string }>(
    'audit',
    'checkpoint',
    '--out',
    desk.path('stick'),
  );
  expect(readdirSync(desk.path('stick'))).toEqual([file.split('/').at(-1)]);
  expect(await desk.json('audit', 'verify-note', file, '--vkey', vkey)).toMatchObject({ valid: true });
  expect(readFileSync(file, 'utf8').split('\n')[1]).toBe(String(size));
  await desk.json('audit', 'checkpoint', '--out', desk.path('one'));
  expect(await desk.json('audit', 'verify', '--checkpoint', file, '--checkpoint', desk.path('one'))).toMatchObject({ holds: true });
  expect(await listed(desk)).toContainEqual(expect.objectContaining({ action: 'audit.export', subject: { part: 'checkpoint' } }));
});

it('an old database that was put back is suspected on every command until an explanation is in the log', async () => {
  const { desk } = await practiceThatKeeps();
  keepAside(desk);
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  expect((await desk.run('people', 'list')).stderr).toBe('');
  putBack(desk);
  for (const command of [
    ['people', 'list'],
    ['certificate', 'list', '--quiet'],
  ])
    expect((await desk.run(...command)).stderr).toContain(warning);
  const { exit, stdout } = await desk.run('audit', 'verify', '--json');
  expect([exit, JSON.parse(stdout)]).toMatchObject([9, { holds: true, rollback: { kind: 'cut-off' } }]);
  expect((await desk.run('audit', 'verify')).stdout).toContain('integrity.rollback-suspected');
  expect(await listed(desk)).toContainEqual(
    expect.objectContaining({
      action: 'audit.rollback',
      outcome: 'failed',
      subject: expect.objectContaining({ kind: 'cut-off' }) as unknown,
    }),
  );

  expect((await desk.run('audit', 'explain', '--json')).exit).toBe(2);
  await desk.json('audit', 'explain', '--explanation', 'The disk broke; the backup of Monday was put back.');
  expect((await desk.run('people', 'list')).stderr).toBe('');
  expect(await desk.json('audit', 'verify')).not.toHaveProperty('rollback');
  expect(await listed(desk)).toContainEqual(
    expect.objectContaining({ action: 'audit.explain-rollback', reason: 'The disk broke; the backup of Monday was put back.' }),
  );
  expect((await desk.run('audit', 'explain', '--explanation', 'again', '--json')).exit).toBe(3);

  keepAside(desk);
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  putBack(desk);
  expect((await desk.run('people', 'list')).stderr).toContain(warning);
});

it('a past that was rewritten is told from one that was cut off, and goes on being told without the folder', async () => {
  const { desk, share } = await practiceThatKeeps();
  keepAside(desk);
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  putBack(desk);
  renameSync(share, desk.path('away'));
  for (let at = 0; at < 6; at++) await desk.json('people', 'list');
  renameSync(desk.path('away'), share);
  // What was kept meanwhile is of the other past; the one from before is held against it by hand.
  const { stdout } = await desk.run('audit', 'verify', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ rollback: { kind: 'rewritten' } });
  rmSync(share, { recursive: true });
  expect((await desk.run('people', 'list')).stderr).toContain(warning);
});

it('a kept total that is not signed by the key of the log is suspected, one of another log or none is let be', async () => {
  const { desk, share } = await practiceThatKeeps();
  const [name = ''] = readdirSync(share);
  const note = readFileSync(join(share, name), 'utf8');
  const wrong = name.replace(/\d{12}/, '999999999999');
  const put = (content: string) => writeFileSync(join(share, wrong), content);
  put(note.replace('keyward/', 'another/'));
  expect((await desk.run('people', 'list')).stderr).toBe('');
  put('nothing');
  expect((await desk.run('people', 'list')).stderr).toBe('');
  // Nor does what says nothing keep the others from being looked at.
  keepAside(desk);
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  cpSync(desk.path('older'), desk.path('workspace'), { recursive: true });
  expect((await desk.run('people', 'list')).stderr).toContain(warning);
  await desk.json('audit', 'explain', '--explanation', 'A test of the backup.');
  put(note.replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) + 1}\n`));
  expect((await desk.run('people', 'list')).stderr).toContain(warning);
});
