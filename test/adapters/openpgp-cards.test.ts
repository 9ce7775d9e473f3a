import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { AppError, type ErrorCode } from '../../main/domain/errors.ts';
import type { Readers } from '../../main/ports/readers.ts';
import { OpenPgpCard } from './fixtures/openpgp-card.ts';
import { assuanAnswer, readAssuanLine } from '../../main/adapters/openpgp-cards/assuan.ts';
import { answering, madeKey, type Asked } from '../../main/adapters/openpgp-cards/open-card.ts';
import { lookAtCards } from '../../main/adapters/openpgp-cards/look-at-cards.ts';
import { Scdaemon } from '../../main/adapters/openpgp-cards/scdaemon.ts';

const octets = (text: string) => Buffer.from(text);

test('each PIN answers the question it belongs to, once in a command: what is asked for again was refused', () => {
  const sent: Asked[] = [];
  const answer = answering({ pin: octets('482915'), adminPin: octets('59204718') }, (asked) => sent.push(asked));
  expect(answer('NEEDPIN', '||Please unlock the card%0A%0ANumber: FFFE 00000001')).toEqual(new Uint8Array([...octets('482915'), 0]));
  expect(answer('NEEDPIN', '||Please unlock the card%0A%0ARemaining attempts: 2')).toBeUndefined();
  expect(answer('NEEDPIN', '|A|Please enter the Admin PIN')).toEqual(new Uint8Array([...octets('59204718'), 0]));
  expect(answer('NEEDPIN', '|A|Please enter the Admin PIN')).toBeUndefined();
  expect(answer('NEEDPIN', '|AN|New Admin PIN')).toBeUndefined();
  expect(sent).toEqual(['pin', 'adminPin']);
});

test('lines of Assuan are read with their escapes, and what is answered keeps to one line', () => {
  expect(readAssuanLine(octets('ERR 100663383 Bad PIN <SCD>'))).toEqual({ is: 'error', code: 87 });
  expect(readAssuanLine(octets('D a%25b%0Ac'))).toEqual({ is: 'data', octets: octets('a%b\nc') });
  expect(readAssuanLine(octets('S KEY-FPR AB CD'))).toEqual({ is: 'status', keyword: 'KEY-FPR', text: 'AB CD' });
  expect(readAssuanLine(octets('# anything'))).toEqual({ is: 'comment' });
  expect(assuanAnswer(Uint8Array.of(0x31, 0x0a, 0x25, 0x00, 0xff)).toString('latin1')).toBe('D 1%0a%25%00\u00ff\nEND\n');
});

/** A program in the place of scdaemon. */
function programOf(script: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-scd-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  writeFileSync(join(directory, 'scdaemon'), `#!/bin/sh\n${script}\n`, { mode: 0o700 });
  return join(directory, 'scdaemon');
}

/** A folder for what is there for a moment, of this test alone. */
function ownTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-homes-'));
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

test.each([
  ['hangs', 'echo OK; exec sleep 60', 'token.module-hung'],
  ['ends', 'echo OK; read line; exit 3', 'token.module-crashed'],
  ['says too much', 'echo OK; yes x | tr -d "\\n"', 'token.module-hung'],
])('a driver that %s is stopped, told as such, and leaves no home behind', async (_, script, code) => {
  const program = programOf(script);
  const folder = ownTemporaryFolder();
  const driver = new Scdaemon({ program, environment: { PATH: '/usr/bin:/bin' }, reader: 'A reader' });
  try {
    await driver.begin(5_000);
    expect(readdirSync(folder)).toHaveLength(1);
    await expect(driver.command('SERIALNO openpgp', 1_500)).rejects.toMatchObject({ code });
  } finally {
    driver.close();
  }
  expect(readdirSync(folder)).toEqual([]);
});

test('what a driver has started is not heard any more once the driver was stopped: it cannot fill the memory', async () => {
  const folder = ownTemporaryFolder();
  const program = programOf(`echo OK; sh -c 'echo $$ > ${folder}/pid; exec yes' & read line; wait`);
  const driver = new Scdaemon({ program, environment: { PATH: '/usr/bin:/bin' }, reader: 'A reader' });
  try {
    await expect(driver.begin(5_000).then(() => driver.command('SERIALNO openpgp', 500))).rejects.toMatchObject({
      code: 'token.module-hung',
    });
    const flood = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    await vi.waitFor(() => expect(() => process.kill(flood, 0)).toThrow('ESRCH'), 5_000);
  } finally {
    driver.close();
  }
});

test('a long answer goes in lines that Assuan allows, and a long number that comes in pieces is put together', () => {
  const lines = assuanAnswer(new Uint8Array(1_000).fill(0x25)).toString('latin1').split('\n');
  expect([Math.max(...lines.map(({ length }) => length)) < 1_000, lines.join('').replaceAll('D ', '')]).toEqual([
    true,
    `${'%25'.repeat(1_000)}END`,
  ]);
  const told = (text: string) => ({ keyword: 'KEY-DATA', text });
  const [first, second] = ['AB'.repeat(384), 'CD'.repeat(128)];
  expect(madeKey([told(`-n ${first}`), told(`n ${second}`), told('e 00010001')])).toEqual({
    kind: 'rsa',
    modulus: Uint8Array.from(Buffer.from(first + second, 'hex')),
    exponent: Uint8Array.of(1, 0, 1),
  });
  expect(() => madeKey([told('n AB')])).toThrow(expect.objectContaining({ code: 'token.device-failed' }));
});

/** One reader with an OpenPGP card that refuses as often as there are codes. */
function readersRefusing(...codes: readonly ErrorCode[]): Readers {
  const left = [...codes];
  const card = new OpenPgpCard();
  return {
    survey: async () => ({ service: 'running', readers: [{ name: 'A reader', card: 'present', atr: null }] }),
    withCard: async (_, act) => {
      const code = left.shift();
      if (code !== undefined) throw new AppError(code, 'not now');
      return act({ transmit: async (command) => card.answer(Buffer.from(command)) });
    },
  };
}

test('a card that does not answer for a moment is asked again, and one that another program keeps busy stays as it was seen', async () => {
  const busy = 'token.device-failed';
  const [card] = await lookAtCards(readersRefusing('token.removed', busy), {});
  if (card === undefined) throw new Error('not seen');
  expect(card.number).toBe('FFFE 00000001');
  const last = [card];
  expect(await lookAtCards(readersRefusing(busy, busy, busy), { last })).toEqual(last);
  expect(await lookAtCards(readersRefusing(busy, busy, busy), { last: [{ ...card, reader: 'Another reader' }] })).toEqual([]);
  const gone = 'token.removed';
  expect(await lookAtCards(readersRefusing(gone, gone, gone), { last })).toEqual([]);
});
