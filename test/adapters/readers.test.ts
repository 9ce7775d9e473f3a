import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createPcscLiteReaders, noReaderService, pcscLite } from '../../main/adapters/readers/pcsc-lite.ts';
import { newPractice } from '../services/support/practice.ts';
import { lacksReaderService, newReaderDesk, readerNames } from '../services/support/reader-service.ts';
import { impatient } from '../services/support/soft-hsm.ts';

const openSc = { name: 'OpenSC', library: '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so', isOpenedAnew: false };
const patience = { timeout: 20_000, interval: 200 };

describe.skipIf(lacksReaderService('over the real reader service'))('over the real reader service', () => {
  test('what is wrong is told apart: no service, no card, one nobody knows, one that is fine', async () => {
    const desk = newReaderDesk();
    // OpenSC never returns from some calls in whose middle its card is pulled out: then it is stopped, and asked again.
    const { client } = await newPractice({ tokenModules: [openSc], tokenDeadlines: { ...impatient, survey: 5_000 } });
    const told = async () => (await client.tokens.list({})).readers.map(({ reader, error }) => [reader, error?.code ?? 'fine']);
    expect(await told()).toEqual([[null, 'token.service-stopped']]);
    const service = desk.start('two');
    const [first, second] = readerNames;
    const empty = [second, 'token.absent'];
    await expect.poll(told, patience).toEqual([[first, 'token.absent'], empty]);
    for (const [kind, code, card] of [
      ['nobody', 'token.card-unknown', 'nobody'],
      ['piv', 'fine', desk.newCard()],
    ] as const) {
      const pullOut = service.insert(card);
      await expect.poll(told, patience).toEqual([[first, code], empty]);
      const pins = async () => (await client.tokens.list({})).tokens.map(({ pin }) => pin);
      await expect.poll(pins, patience).toEqual(kind === 'piv' ? ['fine'] : []);
      pullOut();
      await expect.poll(told, patience).toEqual([[first, 'token.absent'], empty]);
    }
    service.stop();
    await expect.poll(told, patience).toEqual([[null, 'token.service-stopped']]);
  });

  test('of many who ask at once none is told that no service runs: who finds its door full waits', async () => {
    const service = newReaderDesk().start('two');
    const socket = process.env['PCSCLITE_CSOCK_NAME'] ?? '';
    const here = createPcscLiteReaders({ ...pcscLite, socket });
    await expect.poll(async () => (await here.survey()).service, patience).toBe('running');
    const answers = await Promise.all(Array.from({ length: 60 }, async () => here.survey()));
    expect(new Set(answers.map((answer) => answer.service))).toEqual(new Set(['running']));
    service.stop();
    await expect.poll(async () => (await here.survey()).service, patience).toBe('stopped');
  });

  test('no reader is told apart from no card, and a missing driver by the kind of card', async () => {
    const desk = newReaderDesk();
    const { client } = await newPractice({ tokenModules: [], tokenDeadlines: impatient });
    const told = async () => (await client.tokens.list({})).readers.map(({ error }) => error?.code);
    const none = desk.start('none');
    await expect.poll(told, patience).toEqual(['token.no-reader']);
    none.stop();
    await expect.poll(told, patience).toEqual(['token.service-stopped']);
    const two = desk.start('two');
    await expect.poll(told, patience).toEqual(['token.absent', 'token.absent']);
    two.insert(desk.newCard());
    await expect.poll(told, patience).toEqual(['token.driver-missing', 'token.absent']);
    const [reader] = (await client.tokens.list({})).readers;
    expect(reader?.error).toMatchObject({
      message: expect.stringContaining('YubiKey') as string,
      hint: expect.stringContaining('OpenSC') as string,
    });
  });
});

/** A service that answers as this does. */
async function socketThat(answers: (line: Socket) => void): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-socket-'));
  const socket = join(directory, 'pcscd.comm');
  const server = createServer(answers);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => {
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return socket;
}

const serviceOf = async (options: Partial<typeof pcscLite>) =>
  (await createPcscLiteReaders({ ...pcscLite, milliseconds: 200, ...options }).survey()).service;

test('a service that is not installed, is silent, or hangs up is said as what it is', async () => {
  const nowhere = join(tmpdir(), 'nowhere', 'pcscd.comm');
  expect(await serviceOf({ socket: nowhere, programs: [] })).toBe('missing');
  expect(await serviceOf({ socket: nowhere, programs: [process.execPath] })).toBe('stopped');
  expect(await serviceOf({ socket: await socketThat(() => undefined) })).toBe('stopped');
  expect(await serviceOf({ socket: await socketThat((line) => line.end()) })).toBe('refused');
  expect(await noReaderService.survey()).toEqual({ service: 'unknown', readers: [] });
});
