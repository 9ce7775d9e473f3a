import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { registered, type TokenModule } from '../../main/adapters/tokens/known-modules.ts';
import { createPkcs11Tokens, type Deadlines } from '../../main/adapters/tokens/pkcs11.ts';
import { restAfter } from '../../main/adapters/tokens/rest.ts';
import { workerEntry } from '../../main/compose/worker-entry.ts';
import { childEnvironment } from '../../main/domain/process/environment.ts';
import { softHsmModule } from '../services/support/soft-hsm-module.ts';
import { faultyModule } from '../services/support/faulty-module.ts';
import { impatient, newSoftHsm } from '../services/support/soft-hsm.ts';

function tokensOf(modules: readonly TokenModule[], deadlines: Partial<Deadlines> = {}) {
  const environment = childEnvironment(process.env);
  const tokens = createPkcs11Tokens({ modules, entry: workerEntry('token'), environment, deadlines: { ...impatient, ...deadlines } });
  onTestFinished(() => tokens.close());
  return tokens;
}

/** The processes this one has started for a library. */
function workersFor(library: string): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === process.pid && command.endsWith(library) ? [Number(pid)] : [];
  });
}

test('tokens are listed with what they can do, and one made by another program meanwhile joins them', async () => {
  const hsm = newSoftHsm();
  const serialNumber = hsm.addToken('Ada');
  const tokens = tokensOf([softHsmModule]);
  const { tokens: found, modules } = await tokens.survey();
  expect(modules).toEqual([{ name: 'SoftHSM', library: softHsmModule.library, state: 'working', error: null }]);
  expect(found).toEqual([
    {
      serialNumber,
      label: 'Ada',
      manufacturer: 'SoftHSM project',
      model: 'SoftHSM v2',
      module: 'SoftHSM',
      reader: expect.stringContaining('SoftHSM') as string,
      pin: 'fine',
      isPinTypedAtReader: false,
      pinLength: { minimum: 4, maximum: 255 },
      unlockCode: 'fine',
      tries: { pin: null, unlockCode: null },
      isUnlockCodeFactory: null,
      isManagementKeyFactory: null,
      algorithms: ['p256', 'p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ed25519'],
      abilities: { kind: 'card', opens: ['rsa', 'ec'], takesKeys: true, keysBy: 'pin' },
    },
  ]);
  const another = hsm.addToken('Grace');
  expect((await tokens.survey()).tokens.map((token) => token.serialNumber).sort()).toEqual([serialNumber, another].sort());
});

test('modules that crash, are no modules or are not there are each told apart, and the good one works beside them', async () => {
  const { directory, addToken } = newSoftHsm();
  addToken('Ada');
  const text = join(directory, 'letter.so');
  writeFileSync(text, 'Dear driver');
  const modules = [
    faultyModule(directory, 'crashes'),
    { name: 'letter', library: text, isOpenedAnew: false },
    { name: 'gone', library: join(directory, 'gone.so'), isOpenedAnew: false },
    softHsmModule,
  ];
  const survey = await tokensOf(modules).survey();
  expect(survey.modules.map(({ name, state, error }) => [name, state, error?.code])).toEqual([
    ['crashes', 'crashed', 'token.module-crashed'],
    ['letter', 'unusable', 'token.module-unusable'],
    ['gone', 'missing', 'token.module-missing'],
    ['SoftHSM', 'working', undefined],
  ]);
  expect(survey.tokens).toHaveLength(1);
});

test('a module that hangs is stopped at its deadline, and the good one works beside it', async () => {
  const { directory, addToken } = newSoftHsm();
  addToken('Ada');
  const survey = await tokensOf([faultyModule(directory, 'hangs'), softHsmModule], { survey: 10_000 }).survey();
  expect(survey.modules.map(({ state, error }) => [state, error?.code, error?.details])).toEqual([
    ['hung', 'token.module-hung', { module: 'hangs' }],
    ['working', undefined, undefined],
  ]);
  expect(survey.tokens).toHaveLength(1);
});

test('a module that hung was stopped, and is left alone for a while so that it holds up nobody', async () => {
  const { directory } = newSoftHsm();
  const hanging = faultyModule(directory, 'hangs');
  const tokens = tokensOf([hanging], { survey: 1_000, firstRest: 60_000, rest: 60_000 });
  expect((await tokens.survey()).modules[0]?.state).toBe('hung');
  await expect.poll(() => workersFor(hanging.library)).toEqual([]);
  expect((await tokens.survey()).modules[0]?.state).toBe('hung');
  expect(workersFor(hanging.library)).toEqual([]);
});

test('a module that failed once is soon looked at again, and the longer left alone the more often it failed', async () => {
  const waits = [1, 2, 3, 6, 9_999].map((failures) => restAfter(failures, 300, { firstRest: 1_000, rest: 30_000 }));
  expect(waits).toEqual([1_000, 2_000, 4_000, 30_000, 30_000]);
  expect([1, 2, 3, 4].map((failures) => restAfter(failures, 5_000, { firstRest: 1_000, rest: 30_000 }))).toEqual([
    5_000, 10_000, 20_000, 30_000,
  ]);
  const hsm = newSoftHsm();
  hsm.addToken('Ada');
  const tokens = tokensOf([faultyModule(hsm.directory, 'on demand')], { firstRest: 10, rest: 600_000 });
  const state = async () => (await tokens.survey()).modules[0]?.state;
  hsm.fail('C_GetTokenInfo');
  expect(await state()).toBe('crashed');
  hsm.fail();
  await expect.poll(state, { timeout: 30_000 }).toBe('working');
});

test('where a token was seen last is known while its module crashes, and beside another module that does', async () => {
  const hsm = newSoftHsm();
  const serialNumber = hsm.addToken('Ada');
  const tokens = tokensOf([faultyModule(hsm.directory, 'on demand'), faultyModule(hsm.directory, 'crashes')]);
  expect([...(await tokens.survey()).lastSeen]).toEqual([[serialNumber, 'SoftHSM']]);
  hsm.fail('C_GetTokenInfo');
  const { tokens: found, lastSeen } = await tokens.survey();
  expect(found).toEqual([]);
  expect([...lastSeen]).toEqual([[serialNumber, 'SoftHSM']]);
});

test('a process that was killed between two looks is started again', async () => {
  newSoftHsm().addToken('Ada');
  const tokens = tokensOf([softHsmModule]);
  expect((await tokens.survey()).tokens).toHaveLength(1);
  for (const pid of workersFor(softHsmModule.library)) process.kill(pid, 'SIGKILL');
  expect((await tokens.survey()).tokens).toHaveLength(1);
});

test('registrations of p11-kit name their module, but not p11-kit itself and nothing that is not there', () => {
  const { directory } = newSoftHsm();
  const put = (name: string, content: string) => writeFileSync(join(directory, name), content);
  put('soft.module', `# comment\nmodule: ${softHsmModule.library}\npriority: 1\n`);
  put('relative.module', 'module: libsofthsm2.so\n');
  put('proxy.module', 'module: /usr/lib/x86_64-linux-gnu/p11-kit-proxy.so\n');
  put('gone.module', 'module: /nowhere/libgone.so\n');
  put('notes.txt', `module: ${softHsmModule.library}\n`);
  expect(registered(directory)).toEqual([{ name: 'soft', library: softHsmModule.library, isOpenedAnew: true }]);
  expect(registered(join(directory, 'nowhere'))).toEqual([]);
});
