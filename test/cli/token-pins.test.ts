import { closeSync, openSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { faultyModule } from '../services/support/faulty-module.ts';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { newSoftHsm, onToken, soPin } from '../services/support/soft-hsm.ts';
import { deskWithPractice, type Run } from './support/command-line.ts';

async function deskWithToken() {
  const token = newSoftHsm().addToken('Ada');
  const desk = await deskWithPractice({ tokenModules: [softHsmModule] });
  desk.put('pin', `${pin}\n`);
  desk.put('so-pin', `${soPin}\n`);
  return { desk, token };
}

const errorOf = ({ stdout }: Run) => (JSON.parse(stdout) as { error: { code: string; message: string; hint: string } }).error;

/** The number of a descriptor that reads a file, as a shell's `3< file` makes it. */
function descriptorOf(path: string): string {
  const descriptor = openSync(path, 'r');
  onTestFinished(() => closeSync(descriptor));
  return String(descriptor);
}

test('a PIN is changed by the old and the new one, each from a file or a descriptor', async () => {
  const { desk, token } = await deskWithToken();
  const first = await desk.run('token', 'change-pin', token, '--pin-file', desk.path('pin'), '--new-pin-file', desk.put('new', '593047\n'));
  expect([first.exit, first.stdout]).toEqual([0, `The PIN is changed: ${token}\n`]);
  const [from, to] = [descriptorOf(desk.path('new')), descriptorOf(desk.put('newer', '604158\n'))];
  expect(await desk.json('token', 'change-pin', token.slice(-6), '--pin-fd', from, '--new-pin-fd', to)).toMatchObject({ token });
  expect(onToken(token, () => 'open', '604158')).toBe('open');
});

test('a PIN that nobody knows is replaced by the unlock code', async () => {
  const { desk, token } = await deskWithToken();
  const options = ['--so-pin-file', desk.path('so-pin'), '--new-pin-file', desk.put('new', '593047\n')];
  expect(await desk.json('token', 'unblock', token, ...options)).toMatchObject({ token });
  expect(onToken(token, () => 'open', '593047')).toBe('open');
});

test('wrong, weak and missing secrets leave by their exit codes, with sentence and hint, and none is ever shown', async () => {
  const { desk, token } = await deskWithToken();
  const [own, fresh] = [desk.path('pin'), desk.put('new', '593047\n')];
  const wrong = desk.put('wrong', '987124\n');
  const runs = [
    await desk.run('token', 'change-pin', token, '--pin-file', wrong, '--new-pin-file', fresh, '--json'),
    await desk.run('token', 'unblock', token, '--so-pin-file', wrong, '--new-pin-file', fresh, '--json'),
    await desk.run('token', 'change-pin', token, '--pin-file', own, '--new-pin-file', desk.put('weak', '12345678\n'), '--json'),
    await desk.run('token', 'change-pin', token, '--pin-file', own, '--json'),
    await desk.run('token', 'unblock', token, '--new-pin-file', fresh, '--json'),
    await desk.run('token', 'change-pin', 'ffffffff', '--pin-file', own, '--new-pin-file', fresh, '--json'),
  ];
  expect(runs.map((run) => [run.exit, errorOf(run).code])).toEqual([
    [5, 'token.pin-incorrect'],
    [5, 'token.unlock-code-incorrect'],
    [5, 'token.pin-factory'],
    [2, 'input.invalid'],
    [2, 'input.invalid'],
    [5, 'token.absent'],
  ]);
  expect(errorOf(runs[3] as Run).message).toContain('--new-pin-file');
  expect(errorOf(runs[4] as Run).message).toContain('--so-pin-file');
  for (const run of runs) {
    expect(errorOf(run).hint).toMatch(/\w/);
    expect(run.stdout + run.stderr).not.toMatch(/987124|593047|12345678/);
  }
  expect(onToken(token, () => 'open')).toBe('open');
});

test('where the reader has a PIN pad nobody is asked at the terminal, and is told to type on the reader', async () => {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Ada');
  hsm.typeOnPad(pin, '593047');
  const desk = await deskWithPractice({ tokenModules: [faultyModule(hsm.directory, 'on demand')] });
  expect((await desk.run('token', 'show', token)).stdout).toContain('PIN typed on the reader');
  const run = await desk.run('token', 'change-pin', token);
  expect([run.exit, run.stdout]).toEqual([0, `The PIN is changed: ${token}\n`]);
  expect(run.stderr).toMatch(new RegExp(`^Type the PIN for card ${token} on the reader .+\\.\n$`));
  expect(onToken(token, () => 'open', '593047')).toBe('open');
  const given = await desk.run('token', 'change-pin', token, '--pin-file', desk.put('old', '593047\n'), '--json');
  expect([given.exit, errorOf(given).code]).toEqual([2, 'input.invalid']);
});
