import { expect, it } from 'vitest';
import { deskWithPractice } from './support/command-line.ts';

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
