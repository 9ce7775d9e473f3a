import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { CoreOptions } from '../../main/compose.ts';
import { createClient, type Client } from '../../main/contract/client.ts';
import { addPeople, enroll, newPractice, secret, temporaryDirectory } from './support/practice.ts';
import { faultyModule } from './support/faulty-module.ts';
import { stoppedReaderService } from './support/reader-service.ts';
import { pin, softHsmModule } from './support/soft-hsm-module.ts';
import { impatient, newSoftHsm, objectsOn, soPin, type SoftHsm } from './support/soft-hsm.ts';

const parts = { tokenModules: [softHsmModule], tokenDeadlines: impatient, readerService: stoppedReaderService };

async function practiceWithCard(partsFor: (hsm: SoftHsm) => Partial<CoreOptions> = () => parts) {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Authority');
  const practice = await newPractice(partsFor(hsm));
  const { client } = practice;
  const root = (await client.authorities.list({})).authorities[0]?.id ?? '';
  const create = async (more: Partial<Parameters<Client['authorities']['create']>[0]> = {}) =>
    client.authorities.create({
      name: 'Card CA',
      under: root,
      algorithm: 'p256',
      use: true,
      onToken: { token, pin: secret(pin) },
      ...more,
    });
  const cardAuthority = async () => (await client.authorities.list({})).authorities.find(({ keyToken }) => keyToken !== null);
  const reopen = async (authority: string, own = pin) => client.authorities.openKey({ authority, pin: secret(own) });
  return { ...practice, hsm, token, root, create, cardAuthority, reopen };
}

type Practice = Awaited<ReturnType<typeof practiceWithCard>>;

const broken = (hsm: SoftHsm) => ({ ...parts, tokenModules: [faultyModule(hsm.directory, 'on demand')] });

/** openssl on files in a directory; answers what it wrote, and its exit status first. */
function openssl(files: Readonly<Record<string, Uint8Array>>, ...args: readonly string[]): string {
  const directory = temporaryDirectory();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: directory, encoding: 'utf8' });
  return `${status} ${stderr}${stdout}`;
}

/** Its certificates, apart: the root, and those between. */
async function chainOf({ client }: Practice, authority: string) {
  const blocks = Buffer.from((await client.authorities.export({ authority })).bytes)
    .toString()
    .split(/(?<=-----END CERTIFICATE-----\n)/);
  return { root: Buffer.from(blocks.at(-1) ?? ''), between: Buffer.from(blocks.slice(0, -1).join('')) };
}

async function requireValid(practice: Practice, authority: string, certificate: string): Promise<void> {
  const { root, between } = await chainOf(practice, authority);
  const leaf = (await practice.client.certificates.export({ certificate, format: 'pem' })).bytes;
  const verify = ['verify', '-x509_strict', '-CAfile', 'root', '-untrusted', 'between', 'leaf'];
  expect(openssl({ root, between, leaf }, ...verify)).toBe('0 leaf: OK\n');
}

async function readList(practice: Practice, authority: string): Promise<string> {
  const { between } = await chainOf(practice, authority);
  const list = (await practice.client.authorities.crl({ authority })).file.bytes;
  return openssl({ between, list }, 'crl', '-inform', 'DER', '-in', 'list', '-CAfile', 'between', '-noout', '-text');
}

/** The one that looks, and one for each key that is open. */
const driverProcesses = (): number =>
  Number(spawnSync('pgrep', ['-c', '-P', String(process.pid), '-f', 'libsofthsm2'], { encoding: 'utf8' }).stdout);

const logged = async ({ client }: Practice, action: string) =>
  (await client.audit.list({ limit: 100 })).entries
    .filter((entry) => entry.action === action)
    .map(({ outcome, error, subject }) => ({ outcome, error, token: subject['token'] }));

describe('an authority whose key is made on a token', () => {
  it.each(['p256', 'p384', 'rsa-4096'] as const)(
    'issues with a %s key that never leaves it, and openssl verifies certificate, list and OCSP response',
    { timeout: 60_000 },
    async (algorithm) => {
      const practice = await practiceWithCard();
      const { client, token, create } = practice;
      const { authority } = await create({ algorithm });
      expect(await practice.cardAuthority()).toMatchObject({
        id: authority,
        keyStore: 'token',
        keyToken: { serialNumber: token, isOpen: true },
        issuesToPeople: true,
        latestList: { number: 1 },
      });
      expect(objectsOn(token)).toMatchObject([{ privateKeys: 1, publicKeys: 1, certificates: [expect.any(Buffer)] }]);
      const [person = ''] = await addPeople(practice, 1);
      expect(await enroll(practice, [person])).toMatchObject({ state: 'done', done: 1, failed: 0 });
      const [certificate] = (await client.people.show({ person })).certificates;
      await requireValid(practice, authority, certificate?.id ?? '');
      const revoked = await client.certificates.revoke({ certificates: [certificate?.id ?? ''], reason: 'superseded' });
      expect(revoked.lists).toMatchObject([{ authority, number: 2 }]);
      const list = await readList(practice, authority);
      expect(list).toMatch(/^0 verify OK/);
      expect(list).toContain((certificate?.serialNumber ?? '?').toUpperCase());
      await client.ocsp.address({ authority, url: 'http://pki.ridgeway.example/ocsp' });
      const [response] = (await client.ocsp.presign({ authority, days: 7, limit: 1 })).files;
      const { root, between } = await chainOf(practice, authority);
      const read = ['ocsp', '-respin', 'response', '-CAfile', 'root', '-verify_other', 'between', '-resp_text'];
      expect(openssl({ root, between, response: response?.bytes ?? new Uint8Array() }, ...read)).toMatch(/^0 Response verify OK/);
      expect(await logged(practice, 'authority.key-begin')).toEqual([{ outcome: 'success', error: null, token }]);
      expect(await logged(practice, 'authority.create')).toEqual([{ outcome: 'success', error: null, token }]);
    },
  );

  it('is closed when its session ends: what it would sign is refused or owed, and one PIN opens it again', async () => {
    const practice = await practiceWithCard();
    const { client, token, create, reopen } = practice;
    const { authority } = await create();
    const [person = '', other = ''] = await addPeople(practice, 2);
    await enroll(practice, [person]);
    await vi.waitFor(() => expect(driverProcesses()).toBe(2), { timeout: 5_000 });
    await client.session.lock({});
    await vi.waitFor(() => expect(driverProcesses()).toBe(1), { timeout: 5_000 });
    await client.session.signIn({ passphrase: secret() });
    expect(await practice.cardAuthority()).toMatchObject({ keyToken: { serialNumber: token, isOpen: false } });
    await expect(client.enrollment.start({ people: [other] })).rejects.toMatchObject({ code: 'token.key-not-open' });
    await expect(client.authorities.crl({ authority })).rejects.toMatchObject({ code: 'token.key-not-open' });
    const [certificate] = (await client.people.show({ person })).certificates;
    const revoked = await client.certificates.revoke({ certificates: [certificate?.id ?? ''], reason: 'superseded' });
    expect(revoked.lists).toEqual([]);
    expect(await practice.cardAuthority()).toMatchObject({ isListOwed: true });
    expect((await client.authorities.crlDue({})).owed).toEqual([authority]);
    expect(await reopen(authority)).toEqual({ authority, name: 'Card CA', token });
    expect((await client.authorities.crlDue({})).lists).toMatchObject([{ authority, number: 2 }]);
    expect(await practice.cardAuthority()).toMatchObject({ isListOwed: false, keyToken: { isOpen: true } });
    expect(await enroll(practice, [other])).toMatchObject({ state: 'done' });
    expect(await logged(practice, 'authority.open-key')).toEqual([{ outcome: 'success', error: null, token }]);
    await client.authorities.closeKey({ authority });
    await expect(client.authorities.crl({ authority })).rejects.toMatchObject({ code: 'token.key-not-open' });
    await expect(client.authorities.closeKey({ authority })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('refuses a wrong PIN with what is left, tries it once, and a locked or absent token without a try', async () => {
    const practice = await practiceWithCard(broken);
    const { client, hsm, create, reopen } = practice;
    const { authority } = await create();
    await client.authorities.closeKey({ authority });
    hsm.countTries();
    await expect(reopen(authority, '000000')).rejects.toMatchObject({ code: 'token.pin-incorrect', details: { pin: 'count-low' } });
    expect(hsm.triesLeft()).toBe(2);
    await expect(reopen(authority, '000000')).rejects.toMatchObject({ code: 'token.pin-incorrect', details: { pin: 'final-try' } });
    await expect(reopen(authority)).rejects.toMatchObject({ code: 'token.pin-final-try' });
    expect(hsm.triesLeft()).toBe(1);
    await expect(client.authorities.openKey({ authority, pin: secret('000000'), finalTry: true })).rejects.toMatchObject({
      code: 'token.pin-locked',
    });
    await expect(reopen(authority)).rejects.toMatchObject({ code: 'token.pin-locked' });
    hsm.pullOut();
    mkdirSync(join(hsm.directory, 'tokens'));
    await expect(reopen(authority)).rejects.toMatchObject({ code: 'token.absent' });
    const entries = await logged(practice, 'authority.open-key');
    expect(entries.map(({ outcome, error }) => `${outcome} ${error}`)).toEqual([
      'refused token.absent',
      'refused token.pin-locked',
      'refused token.pin-locked',
      'refused token.pin-final-try',
      'refused token.pin-incorrect',
      'refused token.pin-incorrect',
    ]);
    expect(JSON.stringify(await client.audit.list({ limit: 100 }))).not.toContain('000000');
  });

  it('stops a job where it was when its card is pulled, closes, and goes on once it is open again', { timeout: 60_000 }, async () => {
    const practice = await practiceWithCard((hsm) => ({ ...broken(hsm), peopleInUnit: 2 }));
    const { client, hsm, create, reopen } = practice;
    const { authority } = await create();
    const people = await addPeople(practice, 8);
    await enroll(practice, people.slice(0, 1));
    hsm.fail('C_Sign', 'before', '0x32');
    const stopped = await enroll(practice, people);
    expect(stopped).toMatchObject({ state: 'stopped', stoppedBy: { code: 'token.removed' } });
    expect(await practice.cardAuthority()).toMatchObject({ keyToken: { isOpen: false } });
    await expect(client.enrollment.resume({ job: stopped.id })).rejects.toMatchObject({ code: 'token.key-not-open' });
    hsm.fail();
    await reopen(authority);
    await client.enrollment.resume({ job: stopped.id });
    await vi.waitFor(async () => expect((await client.enrollment.job({ job: stopped.id, limit: 1 })).state).toBe('done'), {
      timeout: 20_000,
    });
    for (const person of people) expect((await client.people.show({ person })).certificates).toHaveLength(2);
  });

  it('closes when its card goes, as the log says, and not while the driver of the card is what fails', { timeout: 60_000 }, async () => {
    const practice = await practiceWithCard();
    const { hsm, door, token, create } = practice;
    await create();
    const window = createClient((name, input) => door.call(name, input, { connection: 'window', host: 'window' }));
    await window.session.signIn({ passphrase: secret() });
    await window.tokens.list({});
    expect(await practice.cardAuthority()).toMatchObject({ keyToken: { isOpen: true } });
    hsm.pullOut();
    await new Promise((done) => setTimeout(done, 3_500));
    expect(await practice.cardAuthority()).toMatchObject({ keyToken: { isOpen: true } });
    mkdirSync(join(hsm.directory, 'tokens'));
    await vi.waitFor(async () => expect(await practice.cardAuthority()).toMatchObject({ keyToken: { isOpen: false } }), {
      timeout: 20_000,
    });
    await vi.waitFor(async () =>
      expect(await logged(practice, 'authority.close-key')).toEqual([{ outcome: 'success', error: null, token }]),
    );
    await vi.waitFor(() => expect(driverProcesses()).toBe(1), { timeout: 5_000 });
  });

  it('leaves nothing on the token and no authority where making it fails', async () => {
    const practice = await practiceWithCard(broken);
    const { client, hsm, token, create } = practice;
    hsm.fail('C_CreateObject', 'before', '0x32');
    await expect(create()).rejects.toMatchObject({ code: 'token.removed' });
    hsm.fail();
    expect(await practice.cardAuthority()).toBeUndefined();
    expect(objectsOn(token)).toEqual([]);
    hsm.fail('C_GenerateKeyPair', 'after', 'crash');
    await expect(create()).rejects.toMatchObject({ code: 'token.module-crashed' });
    hsm.fail();
    await client.tokens.reconcile({ token, pin: secret(pin) });
    expect(objectsOn(token)).toEqual([]);
    await create();
    expect(objectsOn(token)).toHaveLength(1);
  });

  it('is refused on a token that makes no such key, with a wrong PIN, and under a name that is taken, before anything is made', async () => {
    const { create, token } = await practiceWithCard();
    await expect(create({ algorithm: 'p521' })).rejects.toMatchObject({ code: 'token.mechanism-unsupported' });
    await expect(create({ onToken: { token, pin: secret('987123') } })).rejects.toMatchObject({ code: 'token.pin-incorrect' });
    await expect(create({ name: 'Ridgeway Family Practice Root' })).rejects.toMatchObject({ code: 'input.name-taken' });
    await expect(create({ onToken: { token: 'ffffffff', pin: secret(pin) } })).rejects.toMatchObject({ code: 'token.absent' });
    expect(objectsOn(token)).toEqual([]);
  });

  it('keeps its token from being wiped, and its key from being taken out; a lost one is named', async () => {
    const practice = await practiceWithCard();
    const { client, token, create } = practice;
    const { authority } = await create();
    expect((await client.tokens.list({})).tokens).toMatchObject([{ serialNumber: token, authorities: ['Card CA'] }]);
    await expect(client.tokens.wipe({ token, unlockCode: secret(soPin) })).rejects.toMatchObject({ code: 'token.in-use' });
    await expect(client.offline.exportKey({ authority })).rejects.toMatchObject({ code: 'token.key-stays' });
    expect(await client.tokens.previewLoss({ token })).toMatchObject({ authorities: ['Card CA'], revoking: [] });
    await client.tokens.reportLost({ token });
    await client.authorities.closeKey({ authority });
    await expect(practice.reopen(authority)).rejects.toMatchObject({ code: 'token.lost' });
  });
});
