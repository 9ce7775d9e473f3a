import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deskWithPractice } from './support/command-line.ts';

it('a file is named, tried, gets the entries of the log, is listed and taken away again', async () => {
  const desk = await deskWithPractice();
  const file = desk.path('siem.csv');
  expect(await desk.json('audit', 'sink', 'add', 'SIEM', '--file', file, '--format', 'csv', '--from-start')).toMatchObject({
    next: 0,
    place: file,
  });
  expect(await desk.json('audit', 'sink', 'test', 'SIEM')).toEqual({ name: 'SIEM', reached: true });
  const { sinks } = await desk.json<{ sinks: { delivered: number }[] }>('audit', 'sink', 'deliver');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength((sinks[0]?.delivered ?? 0) + 1);
  expect(lines.at(1)).toMatch(/^0,.*,workspace\.init,success,/);
  expect(await desk.json('audit', 'sink', 'show', 'SIEM')).toMatchObject({
    kind: 'file',
    format: 'csv',
    failure: null,
    next: lines.length - 1,
  });
  await desk.json('audit', 'sink', 'remove', 'SIEM');
  expect(await desk.json('audit', 'sink', 'list')).toEqual({ sinks: [] });
  const log = await desk.json<{ entries: { action: string }[] }>('audit', 'list', '--search', 'audit.sink');
  expect(log.entries.map(({ action }) => action)).toEqual(['audit.sink-remove', 'audit.sink-test', 'audit.sink-add']);
});

it('what is no place, two places, or a name that is taken is refused, and what does not arrive exits 7', async () => {
  const desk = await deskWithPractice();
  const refused = async (...args: readonly string[]) => {
    const { exit, stdout } = await desk.run('audit', 'sink', ...args, '--json');
    return [exit, (JSON.parse(stdout) as { error: { code: string } }).error.code];
  };
  expect(await refused('add', 'SIEM')).toEqual([2, 'input.invalid']);
  expect(await refused('add', 'SIEM', '--syslog-tls', 'localhost')).toEqual([2, 'input.invalid']);
  expect(await refused('add', 'SIEM', '--fhir', 'http://fhir.example')).toEqual([2, 'input.invalid']);
  expect(await refused('add', 'SIEM', '--file', '/tmp/x', '--syslog-udp', 'localhost:514')).toEqual([2, 'input.invalid']);
  expect(await refused('deliver', 'SIEM')).toEqual([3, 'not-found']);
  await desk.json('audit', 'sink', 'add', 'SIEM', '--syslog-tls', '127.0.0.1:9');
  expect(await refused('add', 'SIEM', '--syslog-udp', 'localhost:514')).toEqual([2, 'input.name-taken']);
  expect(await refused('test', 'SIEM')).toEqual([7, 'remote.unreachable']);
  expect(await refused('deliver')).toEqual([7, 'remote.unreachable']);
});
