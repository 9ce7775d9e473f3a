import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CoreOptions } from '../../main/compose.ts';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { newSoftHsm, objectsOn, onToken } from '../services/support/soft-hsm.ts';
import { deskWithPractice, staff, type Desk, type Run } from './support/command-line.ts';

async function deskWithToken(options: Partial<CoreOptions> = { tokenModules: [softHsmModule] }) {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Ada');
  const desk = await deskWithPractice(options);
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  const pinFile = desk.put('pin', `${pin}\n`);
  const enroll = (...more: readonly string[]) => [
    'enroll',
    'ada@ridgeway.example',
    '--store',
    `token:${token}`,
    '--pin-file',
    pinFile,
    ...more,
  ];
  return { desk, hsm, token, enroll, pinFile };
}

const errorOf = ({ stdout }: Run) => (JSON.parse(stdout) as { error: { code: string; message: string; hint: string } }).error;

interface Certificate {
  readonly id: string;
  readonly purpose: string;
  readonly keyStore: string;
  readonly notAfter: string;
}

const certificatesOf = async (desk: Desk) =>
  (await desk.json<{ certificates: Certificate[] }>('certificate', 'list', '--person', 'ada@ridgeway.example')).certificates;

/** `pkcs11-tool` with the PIN from a file, through its environment. */
const pkcs11Tool = (...args: readonly string[]): string =>
  execFileSync('pkcs11-tool', ['--module', softHsmModule.library, ...args], { encoding: 'utf8', env: { ...process.env, TOKEN_PIN: pin } });

test('what a token enrolled on the command line signs, openssl accepts, and pkcs11-tool sees key and certificate', async () => {
  // The drivers of this computer, as the product finds them.
  const { desk, token, enroll } = await deskWithToken({});
  const made = await desk.json<{ certificates: string[] }>(...enroll());
  expect(made).toMatchObject({ state: 'done', total: 1, done: 1, skipped: 0, failed: [], token });
  expect(made.certificates).toHaveLength(2);

  const signing = (await certificatesOf(desk)).find(({ purpose }) => purpose === 'sign');
  const [chain, own] = [desk.path('chain.pem'), desk.path('own.pem')];
  await desk.json('certificate', 'export', signing?.id ?? '', '--format', 'chain', '--out', chain);
  await desk.json('certificate', 'export', signing?.id ?? '', '--format', 'pem', '--out', own);
  const letter = desk.put('letter.txt', 'Dear Grace,\r\n');
  const key = `pkcs11:serial=${token};type=private?pin-source=file:${desk.put('whole-pin', pin)}`;
  const signed = desk.path('letter.p7s');
  const sign = ['cms', '-sign', '-engine', 'pkcs11', '-keyform', 'engine', '-inkey', key, '-signer', own, '-in', letter, '-out', signed];
  execFileSync('openssl', sign, { env: { ...process.env, PKCS11_MODULE_PATH: softHsmModule.library }, stdio: 'pipe' });
  const verify = spawnSync('openssl', ['cms', '-verify', '-in', signed, '-CAfile', chain, '-purpose', 'smimesign'], { encoding: 'utf8' });
  expect([verify.status, verify.stdout]).toEqual([0, 'Dear Grace,\r\n']);
  const other = spawnSync('openssl', ['cms', '-verify', '-in', signed, '-CAfile', own], { encoding: 'utf8' });
  expect(other.status).not.toBe(0);

  const objects = pkcs11Tool('--login', '--pin', 'env:TOKEN_PIN', '--list-objects');
  expect(objects).toMatch(/Private Key Object; EC/);
  expect(objects).toMatch(/Certificate Object; type = X\.509 cert/);
  expect(objects).toMatch(/Access: +sensitive, always sensitive, never extract/);
  expect(objects.match(/label: +signing Ada Lovelace/g)).toHaveLength(3);
});

test('tokens are listed and shown as scripts expect them, by the end of their serial number too', async () => {
  const { desk, token, enroll } = await deskWithToken();
  await desk.json(...enroll());
  const { tokens } = await desk.json<{ tokens: unknown[] }>('token', 'list');
  expect(tokens).toMatchObject([{ serialNumber: token, label: 'Ada', personName: 'Ada Lovelace', pin: 'fine', unfinished: false }]);
  expect(await desk.json('token', 'show', token.slice(-6))).toMatchObject({
    serialNumber: token,
    certificates: [{ purpose: 'sign', keyStore: 'token' }],
  });
  expect((await desk.run('token', 'list')).stdout).toContain('Ada Lovelace');
  expect((await desk.run('token', 'show', token)).stdout).toContain('can make: p256');
  expect(await desk.json('token', 'reconcile', token, '--pin-file', desk.path('pin'))).toEqual({ token, finished: 0, abandoned: 0 });
});

test('a wrong PIN, an unknown token and a missing PIN leave by their exit codes, with sentence and hint, and without the PIN', async () => {
  const { desk, token, enroll } = await deskWithToken();
  const wrong = desk.put('wrong-pin', '987123\n');
  const runs = [
    await desk.run('enroll', 'ada@ridgeway.example', '--store', `token:${token}`, '--pin-file', wrong, '--json'),
    await desk.run('enroll', 'ada@ridgeway.example', '--store', 'token:ffffffff', '--pin-file', wrong, '--json'),
    await desk.run('enroll', 'ada@ridgeway.example', '--store', `token:${token}`, '--json'),
    await desk.run('enroll', 'ada@ridgeway.example', 'grace@ridgeway.example', '--store', `token:${token}`, '--pin-file', wrong, '--json'),
    await desk.run(...enroll('--algorithm', 'p521'), '--json'),
  ];
  expect(runs.map((run) => [run.exit, errorOf(run).code])).toEqual([
    [5, 'token.pin-incorrect'],
    [5, 'token.absent'],
    [2, 'input.invalid'],
    [2, 'input.invalid'],
    [2, 'input.invalid'],
  ]);
  expect(errorOf(runs[0] as Run).message).toContain('few tries are left');
  for (const run of runs) {
    expect(errorOf(run).hint).toMatch(/\w/);
    expect(run.stdout + run.stderr).not.toContain('987123');
  }
  expect(await certificatesOf(desk)).toEqual([]);
  expect(objectsOn(token)).toEqual([]);
});

test('a key on a token leaves neither as .p12 nor as PKCS #8', async () => {
  const { desk, enroll } = await deskWithToken();
  await desk.json(...enroll());
  const signing = (await certificatesOf(desk)).find(({ keyStore }) => keyStore === 'token')?.id ?? '';
  for (const format of ['p12-modern', 'p12-compatible', 'pkcs8']) {
    const run = await desk.run('certificate', 'export', signing, '--format', format, '--out', desk.path('key'), '--json');
    expect([run.exit, errorOf(run).code]).toEqual([5, 'token.key-stays']);
    expect(() => readFileSync(desk.path('key'))).toThrow('ENOENT');
  }
});

test('the key that opens mail is put on the token by one line, and a signing key is refused by its exit code', async () => {
  const { desk, token, enroll, pinFile } = await deskWithToken();
  await desk.json(...enroll());
  const of = async (wanted: string) => (await certificatesOf(desk)).find(({ purpose }) => purpose === wanted)?.id ?? '';
  const put = async (certificate: string) => desk.run('token', 'import', token, certificate, '--pin-file', pinFile, '--json');
  const refused = await put(await of('sign'));
  expect([refused.exit, errorOf(refused).code]).toEqual([2, 'input.invalid']);
  const done = await put(await of('encrypt'));
  expect([done.exit, JSON.parse(done.stdout)]).toMatchObject([0, { token, certificate: await of('encrypt') }]);
  expect(objectsOn(token)).toMatchObject([{ privateKeys: 1 }, { privateKeys: 1 }]);
});

test('renewing renews what is in the vault and says what stays on the card; a card that is due is asked for', async () => {
  const clock = { now: new Date('2026-03-02T09:00:00Z') };
  const { desk, enroll } = await deskWithToken({ tokenModules: [softHsmModule], clock: { now: () => clock.now } });
  await desk.json(...enroll());
  const old = await certificatesOf(desk);
  const onCard = old.find(({ keyStore }) => keyStore === 'token');
  const opening = old.find(({ keyStore }) => keyStore === 'vault');
  const { stdout } = await desk.run('certificate', 'renew', 'ada@ridgeway.example');
  expect(stdout).toMatch(/^Renewed: [-0-9a-f]+\n/);
  expect(stdout).toContain(`Kept, so that old mail opens: ${opening?.id}`);
  expect(stdout).toContain(`Good and left on their card: ${onCard?.id}`);
  expect(await certificatesOf(desk)).toHaveLength(3);

  clock.now = new Date(Date.parse(onCard?.notAfter ?? '') - 86_400_000);
  const refused = await desk.run('certificate', 'renew', 'ada@ridgeway.example', '--json');
  expect([refused.exit, errorOf(refused).code]).toEqual([5, 'token.enroll-again']);
  expect(errorOf(refused).hint).toContain('Put the card in a reader');
  expect(await certificatesOf(desk)).toHaveLength(3);
});

test('the certificate of a key on a token is revoked like any other', async () => {
  const { desk, enroll, token } = await deskWithToken();
  await desk.json(...enroll());
  const signing = (await certificatesOf(desk)).find(({ keyStore }) => keyStore === 'token')?.id ?? '';
  await desk.json('certificate', 'revoke', signing, '--reason', 'keyCompromise');
  expect(await desk.json('token', 'show', token)).toMatchObject({ certificates: [{ status: 'revoked' }] });
  await desk.json(...enroll());
  expect(onToken(token, (session) => session.find([]).length)).toBe(6);
});

test('a key is made on the token with a request that openssl verifies, or with its certificate where a profile is named', async () => {
  const { desk, token, pinFile } = await deskWithToken();
  const generate = async (...more: readonly string[]) =>
    desk.run('token', 'generate', token, 'ada@ridgeway.example', '--pin-file', pinFile, ...more, '--json');
  for (const wrong of [[], ['--profile', 'smime-mailbox-strict', '--out', desk.path('ada.csr')]]) {
    const refused = await generate(...wrong);
    expect([refused.exit, errorOf(refused).code]).toEqual([2, 'input.invalid']);
  }
  expect(objectsOn(token)).toEqual([]);
  const out = desk.path('ada.csr');
  const made = await generate('--out', out, '--algorithm', 'p384', '--subject', 'CN=Dr Ada');
  expect([made.exit, JSON.parse(made.stdout)]).toMatchObject([
    0,
    { token, subject: 'CN=Dr Ada', emails: ['ada@ridgeway.example'], file: out },
  ]);
  const read = spawnSync('openssl', ['req', '-in', out, '-noout', '-verify', '-text'], { encoding: 'utf8' });
  expect([read.status, read.stdout]).toEqual([0, expect.stringMatching(/NIST CURVE: P-384/)]);
  const issued = await generate('--profile', 'smime-mailbox-strict');
  expect([issued.exit, JSON.parse(issued.stdout)]).toMatchObject([0, { state: 'done', token }]);
  expect(
    objectsOn(token)
      .map(({ certificates }) => certificates.length)
      .toSorted((one, other) => one - other),
  ).toEqual([0, 1]);
});
