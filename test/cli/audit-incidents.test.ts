import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deskWithPractice } from './support/command-line.ts';

it('an alarm is listed, becomes an incident with a note, and prints', async () => {
  const desk = await deskWithPractice();
  await desk.json(
    'audit',
    'policy',
    'set',
    '--failed-sign-ins',
    '2/60',
    '--office-hours',
    'mon-wed,sat@08:00-18:30',
    '--time-zone',
    'Europe/Berlin',
  );
  expect(await desk.json('audit', 'policy', 'show')).toMatchObject({
    failedSignIns: { count: 2, minutes: 60 },
    officeHours: { days: [1, 2, 3, 6], from: '08:00', to: '18:30', zone: 'Europe/Berlin' },
    retentionYears: 6,
  });
  const wrong = desk.put('wrong', 'not the passphrase\n');
  for (const exit of [4, 4]) expect((await desk.run('people', 'list', '--passphrase-file', wrong)).exit).toBe(exit);
  const { alarms } = await desk.json<{ alarms: object[] }>('audit', 'incident', 'list');
  expect(alarms).toEqual([expect.objectContaining({ number: 1, rule: 'failed-sign-ins', count: 2, state: 'open' })]);
  expect(await desk.json('audit', 'incident', 'open', '--title', 'Somebody guesses', '--alarm', '1')).toEqual({ incident: 1 });
  await desk.json('audit', 'incident', 'note', '1', '--text', 'Nadia was on holiday', '--affected', '0');
  await desk.json('audit', 'incident', 'add', '1', '--entry', '0');
  const { stdout } = await desk.run('audit', 'incident', 'show', '1');
  expect(stdout).toContain('Nadia was on holiday');
  await desk.json('audit', 'incident', 'close', '1', '--conclusion', 'Nobody got in');
  await desk.json('audit', 'incident', 'print', '1', '--out', desk.path('record.html'));
  expect(readFileSync(desk.path('record.html'), 'utf8')).toMatch(/Incident 1: Somebody guesses[\s\S]*Nobody got in/);
});

it('an alarm that is nothing is settled with a word; what is no number, no time or not there is refused', async () => {
  const desk = await deskWithPractice();
  const refused = async (...args: readonly string[]) => {
    const { exit, stdout } = await desk.run('audit', ...args, '--json');
    return [exit, (JSON.parse(stdout) as { error: { code: string } }).error.code];
  };
  expect(await refused('incident', 'settle', '1', '--note', 'It was me')).toEqual([3, 'not-found']);
  expect(await refused('incident', 'show', 'first')).toEqual([2, 'input.invalid']);
  expect(await refused('incident', 'open')).toEqual([2, 'input.invalid']);
  expect(await refused('policy', 'set', '--failed-sign-ins', 'five')).toEqual([2, 'input.invalid']);
  expect(await refused('policy', 'set', '--office-hours', 'sun-mon@08:00-18:00')).toEqual([2, 'input.invalid']);
  expect(await refused('policy', 'set', '--office-hours', 'mon@08:00-18:00', '--time-zone', 'Middle/Earth')).toEqual([2, 'input.invalid']);
});
