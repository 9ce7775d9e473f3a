import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deskWithPractice, type Desk } from './support/command-line.ts';

/** An authenticator app of its own process: waits for the file with the URI, then writes the code of RFC 6238 into a pipe. */
const app = `
const { createHmac } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const [file, pipe] = process.argv.slice(1);
const wait = setInterval(() => {
  if (!existsSync(file)) return;
  clearInterval(wait);
  const secret = new URL(readFileSync(file, 'utf8').trim()).searchParams.get('secret');
  const bits = [...secret].map((l) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(l).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((o) => Number.parseInt(o, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  writeFileSync(pipe, String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1000000).padStart(6, '0'));
}, 20);`;

/** Turns the administrator's second factor on; gives its recovery codes. */
async function turnOn(desk: Desk): Promise<string[]> {
  execFileSync('mkfifo', ['-m', '600', desk.path('pipe')]);
  const phone = spawn(process.execPath, ['-e', app, desk.path('uri'), desk.path('pipe')], { stdio: 'inherit' });
  onTestFinished(() => void phone.kill());
  const words = ['operator', 'second-factor', 'on', '--secret-file', desk.path('uri'), '--totp-file', desk.path('pipe')];
  expect(await desk.json(...words, '--recovery-codes-file', desk.path('codes'))).toEqual({ secondFactor: 'on' });
  return readFileSync(desk.path('codes'), 'utf8').trim().split('\n');
}

async function refusedWith(desk: Desk, ...args: readonly string[]): Promise<readonly [exit: number, code: string]> {
  const { exit, stdout } = await desk.run(...args, '--json');
  return [exit, (JSON.parse(stdout) as { error: { code: string } }).error.code];
}

describe('keyward operator second-factor', () => {
  it('is turned on by a code of the app, asked for from then on, and turned off again', async () => {
    const desk = await deskWithPractice();
    const codes = await turnOn(desk);
    expect(codes).toHaveLength(8);
    expect(await refusedWith(desk, 'people', 'list')).toEqual([2, 'input.invalid']);
    expect(await refusedWith(desk, 'people', 'list', '--totp-file', desk.put('wrong', 'AAAAA-AAAAA'))).toEqual([4, 'session.code-wrong']);
    const descriptor = openSync(desk.put('one', codes[0] ?? ''), 'r');
    await desk.json('people', 'list', '--totp-fd', String(descriptor));
    closeSync(descriptor);
    expect(await refusedWith(desk, 'people', 'list', '--totp-file', desk.path('one'))).toEqual([4, 'session.code-wrong']);
    const shown = await desk.run('operator', 'second-factor', '--totp-file', desk.put('two', codes[1] ?? ''));
    expect(shown.stdout).toMatch(/^On since 20.*\. 6 recovery codes are unused\.\n$/);
    const two = codes.slice(2, 4).map((code, at) => desk.put(`off${at}`, code));
    const off = ['operator', 'second-factor', 'off', '--totp-file', two[0] ?? ''];
    const reused = await refusedWith(desk, ...off, '--next-totp-file', two[0] ?? '');
    expect(reused).toEqual([4, 'session.code-wrong']);
    const next = [desk.put('off2', codes[4] ?? ''), two[1] ?? ''];
    const last = ['operator', 'second-factor', 'off', '--totp-file', next[0] ?? '', '--next-totp-file', next[1] ?? ''];
    expect(await desk.json(...last)).toEqual({ secondFactor: 'off' });
    await desk.json('people', 'list');
  });

  it('says that nobody can type a code, and where it comes from instead', async () => {
    const desk = await deskWithPractice();
    await turnOn(desk);
    const { stderr } = await desk.run('people', 'list');
    expect(stderr).toContain('--totp-file or --totp-fd');
    expect((await desk.run('--help')).stdout).toContain('--totp-fd N');
  });

  it('is reset by an administrator for somebody else', async () => {
    const desk = await deskWithPractice();
    const hers = desk.put('hers', 'six words that Ana made up\n');
    await desk.json('operator', 'add', 'Ana', '--role', 'staff', '--new-passphrase-file', hers, '--recovery-code-file', desk.path('code'));
    expect(await refusedWith(desk, 'operator', 'reset-second-factor', 'Ana', '--as', 'admin')).toEqual([3, 'conflict']);
    expect(await refusedWith(desk, 'operator', 'reset-second-factor', 'admin', '--as', 'admin')).toEqual([4, 'session.own-second-factor']);
    expect(await refusedWith(desk, 'operator', 'reset-second-factor', 'Ana', '--as', 'Ana', '--passphrase-file', hers)).toEqual([
      4,
      'session.not-permitted',
    ]);
  });
});
