import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deskWithPractice, staff, type Desk } from './support/command-line.ts';
import { startWitness, type Witness } from './support/witness.ts';

interface Asked {
  readonly answers: readonly {
    readonly name: string;
    readonly size: number;
    readonly time: string | null;
    readonly error: string | null;
  }[];
}

const keyOf = async (desk: Desk) => (await desk.json<{ vkey: string }>('audit', 'checkpoint', '--out', desk.path('total'))).vkey;

async function deskWithWitness(): Promise<{ desk: Desk; witness: Witness; logKey: string }> {
  const desk = await deskWithPractice();
  const logKey = await keyOf(desk);
  const witness = await startWitness(logKey);
  await desk.json('audit', 'witness', 'add', witness.vkey, '--url', witness.url);
  return { desk, witness, logKey };
}

async function refusal(desk: Desk, ...args: readonly string[]): Promise<unknown> {
  const { exit, stdout } = await desk.run('audit', 'witness', ...args, '--json');
  return [exit, (JSON.parse(stdout) as { error: { code: string } }).error.code];
}

it('a witness is asked only when somebody says so, cosigns what grew, and what it signed is kept, shown, exported and verified without us', async () => {
  const { desk, witness, logKey } = await deskWithWitness();
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  expect(() => witness.asked()).toThrow('ENOENT');

  const first = await desk.json<Asked>('audit', 'witness', 'ask');
  expect(first.answers).toMatchObject([{ name: 'witness.example/w1', error: null }]);
  expect(Math.abs(Date.parse(first.answers[0]?.time ?? '') - Date.now())).toBeLessThan(60_000);
  for (let time = 0; time < 3; time++) await desk.json('people', 'list');
  const second = await desk.json<Asked>('audit', 'witness', 'ask', '--name', 'witness.example/w1');
  expect(second.answers[0]?.size).toBeGreaterThan(first.answers[0]?.size ?? 0);
  expect(witness.asked().map((body) => body.split('\n')[0])).toEqual(['old 0', `old ${first.answers[0]?.size}`]);

  expect(await desk.json('audit', 'verify')).toMatchObject({
    holds: true,
    proofs: [1, 2].map(() => expect.objectContaining({ kind: 'cosignature', holds: true, findings: [] }) as unknown),
  });
  expect(await desk.json('audit', 'witness', 'list')).toMatchObject({
    logKey,
    witnesses: [{ cosigned: { size: second.answers[0]?.size }, failure: null }],
  });
  expect(await desk.json('audit', 'list', '--search', 'audit.witness')).toMatchObject({
    entries: [
      { action: 'audit.witness', subject: { cosigned: ['witness.example/w1'] } },
      { action: 'audit.witness' },
      { action: 'audit.witness-add' },
    ],
  });

  await desk.json('audit', 'export', '--out', desk.path('bundle'));
  const folder = join(desk.path('bundle'), 'witnesses');
  const [note = '', vkey = ''] = readdirSync(folder);
  const verified = await desk.json('audit', 'verify-note', join(folder, note), '--vkey', logKey, '--witness', witness.vkey);
  expect(verified).toMatchObject({ valid: true, signers: [{}, { name: 'witness.example/w1', time: first.answers[0]?.time }] });
  expect(readFileSync(join(folder, vkey), 'utf8')).toBe(`${witness.vkey}\n`);
  const script = ['verify_log.py', '--key', logKey, '--earlier', join('witnesses', note)];
  expect(execFileSync('/usr/bin/python3', script, { encoding: 'utf8', cwd: desk.path('bundle') })).toContain('holds');
});

it('a cosignature that is changed, of another time or another witness does not hold', async () => {
  const { desk, witness, logKey } = await deskWithWitness();
  await desk.json('audit', 'witness', 'ask');
  await desk.json('audit', 'export', '--out', desk.path('bundle'));
  const folder = join(desk.path('bundle'), 'witnesses');
  const note = readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8');
  const line = note.trim().split('\n').at(-1) ?? '';
  const octets = Buffer.from(line.split(' ')[2] ?? '', 'base64');
  const verify = async (changed: Buffer, witnessKey: string) => {
    const file = desk.put('changed', note.replace(line, `${line.split(' ').slice(0, 2).join(' ')} ${changed.toString('base64')}`));
    return (await desk.run('audit', 'verify-note', file, '--vkey', logKey, '--witness', witnessKey, '--json')).exit;
  };
  const flipped = (at: number) => Buffer.from(octets.map((octet, index) => (index === at ? octet ^ 1 : octet)));
  expect(await verify(octets, witness.vkey)).toBe(0);
  for (const at of [4, 11, 12, 75]) expect(await verify(flipped(at), witness.vkey)).toBe(1);
  expect(await verify(octets.subarray(0, 68), witness.vkey)).toBe(1);
  const stranger = await startWitness(logKey, 'witness.example/w2');
  expect(await verify(octets, stranger.vkey)).toBe(1);
  for (const key of [witness.vkey.replace('+B', '+A'), logKey]) expect(await verify(octets, key)).toBe(2);
});

it('where the witness has seen more than is remembered here, its own size is where the next question begins', async () => {
  const { desk, witness } = await deskWithWitness();
  const { answers } = await desk.json<Asked>('audit', 'witness', 'ask');
  await desk.json('audit', 'witness', 'remove', 'witness.example/w1');
  await desk.json('audit', 'witness', 'add', witness.vkey, '--url', `${witness.url}/`);
  await desk.json('audit', 'witness', 'ask');
  expect(witness.asked().map((body) => body.split('\n')[0])).toEqual(['old 0', 'old 0', `old ${answers[0]?.size}`]);
});

it('a witness that knows more of the log, or another past of it, raises the alarm until somebody explains it', async () => {
  const { desk } = await deskWithWitness();
  cpSync(desk.path('workspace'), desk.path('older'), { recursive: true });
  for (let time = 0; time < 4; time++) await desk.json('people', 'list');
  const { answers } = await desk.json<Asked>('audit', 'witness', 'ask');
  rmSync(desk.path('workspace'), { recursive: true });
  renameSync(desk.path('older'), desk.path('workspace'));
  expect(await refusal(desk, 'ask')).toEqual([9, 'integrity.rollback-suspected']);
  expect((await desk.run('people', 'list')).stderr).toContain('warning: integrity.rollback-suspected');
  expect(await desk.json('audit', 'list', '--search', 'rollback')).toMatchObject({
    entries: expect.arrayContaining([
      expect.objectContaining({
        action: 'audit.rollback',
        subject: expect.objectContaining({ kind: 'cut-off', size: answers[0]?.size, file: 'witness.example/w1' }) as unknown,
      }),
      expect.objectContaining({ action: 'audit.alarm' }),
    ]) as unknown,
  });

  await desk.json('audit', 'explain', '--explanation', 'A test of the backup.');
  const { size } = await desk.json<{ size: number }>('audit', 'checkpoint', '--out', desk.path('now'));
  for (let at = size; at <= (answers[0]?.size ?? 0); at++) await desk.json('people', 'list');
  expect(await refusal(desk, 'ask')).toEqual([9, 'integrity.rollback-suspected']);
  expect((await desk.run('audit', 'verify', '--json')).stdout).toContain('"kind":"rewritten"');
});

it('a witness that does not know the log, refuses, answers nonsense or is not there is named; the log goes on, and nothing of it is kept', async () => {
  const { desk, witness, logKey } = await deskWithWitness();
  const { answers } = await desk.json<Asked>('audit', 'witness', 'ask');
  const good = `\u2014 witness.example/w1 ${Buffer.alloc(76, 1).toString('base64')}\n`;
  const tries: readonly (readonly [status: number, body: string, exit: number, code: string])[] = [
    [404, '', 7, 'remote.log-unknown'],
    [403, '', 7, 'remote.log-unknown'],
    [400, '', 7, 'remote.refused'],
    [302, '', 7, 'remote.refused'],
    [500, 'broken', 7, 'remote.refused'],
    [409, 'many\n', 7, 'remote.refused'],
    [200, '', 2, 'input.wrong-cosignature'],
    [200, '<html>', 2, 'input.wrong-cosignature'],
    [200, good, 2, 'input.wrong-cosignature'],
    [200, `another/log\n1\n\n${good}`, 2, 'input.wrong-cosignature'],
    [200, 'x'.repeat(1 << 17), 2, 'input.too-large'],
  ];
  for (const [status, body, exit, code] of tries) {
    witness.answer(status, body);
    expect(await refusal(desk, 'ask')).toEqual([exit, code]);
  }
  expect(await desk.json('audit', 'witness', 'list')).toMatchObject({ witnesses: [{ failure: { error: 'input.too-large' } }] });
  expect(await desk.json('audit', 'verify')).toMatchObject({ holds: true, proofs: [{ size: answers[0]?.size }] });

  const other = await startWitness(logKey, 'witness.example/w2');
  await desk.json('audit', 'witness', 'add', other.vkey, '--url', other.url);
  expect(await desk.json('audit', 'witness', 'ask')).toMatchObject({ answers: [{ error: 'input.too-large' }, { error: null }] });
  witness.answerAgain();
  expect(await desk.json('audit', 'witness', 'ask')).toMatchObject({ answers: [{ error: null }, { error: null }] });
  expect(await desk.json('audit', 'witness', 'list')).toMatchObject({ witnesses: [{ failure: null }, { failure: null }] });
});

it('a key that is no witness’s, an address that is not https, one that is there already and one that is not are refused', async () => {
  const { desk, witness, logKey } = await deskWithWitness();
  expect(await refusal(desk, 'add', logKey, '--url', witness.url)).toEqual([2, 'input.invalid']);
  expect(
    await refusal(
      desk,
      'add',
      witness.vkey.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      '--url',
      witness.url,
    ),
  ).toEqual([2, 'input.invalid']);
  for (const url of [
    'http://witness.example/',
    'ftp://127.0.0.1/',
    'http://127.0.0.1.example/',
    'https://a@b/',
    'http://localhost:1@evil.example/',
  ])
    expect(await refusal(desk, 'add', witness.vkey, '--url', url)).toEqual([2, 'input.invalid']);
  expect(await refusal(desk, 'add', witness.vkey, '--url', witness.url)).toEqual([2, 'input.name-taken']);
  expect(await refusal(desk, 'remove', 'nobody')).toEqual([3, 'not-found']);
  expect(await refusal(desk, 'ask', '--name', 'nobody')).toEqual([3, 'not-found']);
  await desk.json('audit', 'witness', 'remove', 'witness.example/w1');
  expect(await refusal(desk, 'ask')).toEqual([3, 'not-found']);
  const gone = await startWitness(logKey, 'witness.example/w3');
  await desk.json('audit', 'witness', 'add', gone.vkey, '--url', 'http://127.0.0.1:9');
  expect(await refusal(desk, 'ask')).toEqual([7, 'remote.unreachable']);
});
