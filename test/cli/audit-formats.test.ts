import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { eventFormats } from '../../main/domain/audit-formats/event-files.ts';
import { deskWithPractice, staff } from './support/command-line.ts';

it('entries of the log are exported in the format of another system, as many as the log had, and that is in the log', async () => {
  const desk = await deskWithPractice();
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  for (const format of eventFormats) {
    const out = desk.path(`log.${format}`);
    const { entries } = await desk.json<{ entries: number }>('audit', 'export', '--format', format, '--out', out);
    const text = readFileSync(out, 'utf8');
    const before = (await desk.json<{ entries: { action: string; subject: object; index: number }[] }>('audit', 'list', '--limit', '3'))
      .entries;
    expect(before.find(({ action }) => action === 'audit.export')).toMatchObject({ subject: { part: 'events', format, done: 0 } });
    const count = format === 'fhir' ? (JSON.parse(text) as { entry: unknown[] }).entry.length : text.trimEnd().split('\n').length;
    expect([format, count]).toEqual([format, entries + (format === 'csv' ? 1 : 0)]);
  }
  const chosen = desk.path('chosen');
  expect(await desk.json('audit', 'export', '--format', 'jsonl', '--out', chosen, '--search', 'people.import')).toMatchObject({
    entries: 1,
  });
  expect(JSON.parse(readFileSync(chosen, 'utf8'))).toMatchObject({ action: 'people.import', outcome: 'success', operatorName: 'admin' });
});

it('a format that is none is refused, and what goes wrong leaves no file', async () => {
  const desk = await deskWithPractice();
  const before = readdirSync(desk.directory);
  for (const args of [
    ['--format', 'xlsx'],
    ['--format', 'csv', '--from', 'yesterday'],
  ]) {
    const { exit, stdout } = await desk.run('audit', 'export', ...args, '--out', desk.path('log'), '--json');
    expect([exit, (JSON.parse(stdout) as { error: { code: string } }).error.code]).toEqual([2, 'input.invalid']);
  }
  expect(readdirSync(desk.directory)).toEqual(before);
});
