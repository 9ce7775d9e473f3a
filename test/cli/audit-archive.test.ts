import { expect, it } from 'vitest';
import { newPractice } from '../services/support/practice.ts';
import { deskWithPractice, newDesk } from './support/command-line.ts';

it('nothing leaves a young log; it verifies as before, and a file that is no archive is refused', async () => {
  const desk = await deskWithPractice();
  const out = desk.path('old.jsonl');
  const { exit, stdout } = await desk.run('audit', 'archive', 'create', '--out', out, '--json');
  expect([exit, (JSON.parse(stdout) as { error: { code: string } }).error.code]).toEqual([2, 'input.too-young']);
  expect(await desk.json('audit', 'archive', 'list')).toEqual({ archives: [] });
  expect(await desk.json('audit', 'verify')).toMatchObject({ holds: true, archived: 0 });
  const given = await desk.run('audit', 'verify', '--archive', desk.put('other', 'something else\n'), '--json');
  expect([given.exit, (JSON.parse(given.stdout) as { error: { code: string } }).error.code]).toEqual([9, 'integrity.audit-broken']);
});

it('an old log is archived, verified with its archive, and exported with the hashes of what went there or with its contents', async () => {
  let now = new Date('2019-03-02T13:00:00.000Z');
  const clock = { now: () => now };
  const desk = newDesk({ clock });
  const practice = await newPractice({ clock, workspaceDirectory: desk.path('workspace') });
  for (let at = 0; at < 260; at++) await practice.client.audit.checkpoint({});
  await practice.door.close();
  now = new Date('2026-03-02T13:00:00.000Z');
  const path = desk.path('old.jsonl');
  expect(await desk.json('audit', 'archive', 'create', '--out', path)).toMatchObject({ from: 0, to: 256, path });
  expect(await desk.json('audit', 'verify', '--archive', path)).toMatchObject({
    holds: true,
    archived: 256,
    archives: [{ from: 0, to: 256 }],
  });
  expect(await desk.json('audit', 'export', '--out', desk.path('sealed'))).toMatchObject({ sealed: 256 });
  expect(await desk.json('audit', 'verify-log', desk.path('sealed'))).toMatchObject({ holds: true });
  const whole = await desk.json('audit', 'export', '--out', desk.path('whole'), '--archive', path);
  expect(whole).not.toHaveProperty('sealed');
  expect(await desk.json('audit', 'verify-log', desk.path('whole'))).toMatchObject({ holds: true });
  expect((await desk.run('audit', 'export', '--out', desk.path('other'), '--archive', desk.put('none', 'x\n'), '--json')).exit).toBe(9);
});
