import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDeviceKeychain } from '../../native/keychain/index.ts';
import type { OutputOf } from '../../main/contract/call.ts';
import type { Client } from '../../main/contract/client.ts';
import type { Contract } from '../../main/contract/contract.ts';
import { systemKeychain } from '../../main/adapters/device-keychains/system.ts';
import { createKeyAccess } from '../../main/services/key-access.ts';
import { openDevice } from '../../main/services/device-opening.ts';
import { sha256Hex } from '../../main/compose/primitives.ts';
import { nodeRandom } from '../../main/adapters/random/node-random.ts';
import { addOperator, withRawDatabase } from './support/operators.ts';
import { privateKeychain } from './support/private-keychain.ts';
import { addPeople, cheapVault, enroll, newPractice, temporaryDirectory } from './support/practice.ts';

const day = 86_400_000;
type Ran = OutputOf<Contract['device']['run']>;

const keychain = await privateKeychain();
beforeEach(() => keychain.unlocked());

/** A practice with one person enrolled, whose clock is moved, on a computer with a keychain. */
async function practiceOnDesktop() {
  let now = Date.now();
  const practice = await newPractice({ clock: { now: () => new Date(now) } });
  await enroll(practice, await addPeople(practice, 1));
  await practice.client.authorities.publish({});
  const nobody = practice.clientOf('nobody');
  return { ...practice, nobody, pass: (days: number) => void (now += days * day), at: () => new Date(now) };
}

const codeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );

/** What OpenSSL says of the issuing authority's list. */
function readByOpenssl({ files }: Ran, at: Date): { readonly verdict: string; readonly number: number } {
  const directory = temporaryDirectory();
  for (const { name, bytes } of files) writeFileSync(join(directory, name), bytes);
  const list = files.find(({ name }) => name.endsWith('.crl') && !name.includes('root'))?.name ?? '';
  const certificate = list.replace('.crl', '.crt');
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  openssl('x509', '-inform', 'DER', '-in', certificate, '-out', 'issuer.pem');
  const text = openssl('crl', '-inform', 'DER', '-in', list, '-noout', '-crlnumber', '-nextupdate');
  expect(Date.parse(/nextUpdate=(.*)/.exec(text)?.[1] ?? '')).toBeGreaterThan(at.getTime());
  const verify = `openssl crl -inform DER -in ${list} -CAfile issuer.pem -noout 2>&1`;
  const verdict = execFileSync('sh', ['-c', verify], { cwd: directory, encoding: 'utf8' }).trim();
  return { verdict, number: Number(/crlNumber=(0x[0-9A-F]+)/i.exec(text)?.[1]) };
}

async function issuing({ authorities }: Client): Promise<string> {
  const found = (await authorities.list({})).authorities.find(({ parentId }) => parentId !== null);
  return found?.id ?? '';
}

describe('a computer that goes on alone', () => {
  it('hands out the next list when its time has come, with nobody signed in, and OpenSSL accepts each', async () => {
    const { client, nobody, pass, at } = await practiceOnDesktop();
    expect(await client.device.enable({})).toMatchObject({ state: 'ready' });
    await client.session.lock({});
    let last = readByOpenssl(await nobody.device.run({}), at()).number;
    for (let week = 0; week < 4; week++) {
      pass(7);
      const ran = await nobody.device.run({});
      expect([ran.renewed.length, ran.owed]).toEqual([1, []]);
      const { verdict, number } = readByOpenssl(ran, at());
      expect(verdict).toBe('verify OK');
      expect(number).toBeGreaterThan(last);
      last = number;
      expect((await nobody.device.run({})).renewed).toEqual([]);
    }
    pass(7);
    const over = await nobody.device.run({});
    expect([over.renewed, over.owed.length]).toEqual([[], 1]);
  });

  it('goes on with what was revoked in its lists, and never with lists from before', async () => {
    const { client, nobody, pass } = await practiceOnDesktop();
    await client.device.enable({});
    const { certificates } = await client.certificates.list({ limit: 10 });
    const [revoked] = certificates.filter(({ isAuthority }) => !isAuthority);
    await client.certificates.revoke({ certificates: [revoked?.id ?? ''], reason: 'keyCompromise' });
    await client.session.lock({});
    pass(7);
    const { files } = await nobody.device.run({});
    const list = files.find(({ name }) => name.endsWith('.crl') && !name.includes('root'));
    const text = execFileSync('openssl', ['crl', '-inform', 'DER', '-noout', '-text'], { input: list?.bytes, encoding: 'utf8' });
    expect(text.replaceAll(':', '').toLowerCase()).toContain(revoked?.serialNumber.toLowerCase());
  });

  it('answers OCSP with nobody signed in, and certifies no responder', async () => {
    const { client, nobody, pass } = await practiceOnDesktop();
    const authority = await issuing(client);
    await client.ocsp.address({ authority, url: 'http://ocsp.ridgeway.example' });
    await client.device.enable({});
    await client.session.lock({});
    expect((await nobody.device.run({})).answering).toEqual([authority]);
    pass(30);
    expect((await nobody.device.presign({ authority })).files.length).toBeGreaterThan(0);
    pass(60);
    expect(await codeOf(nobody.device.presign({ authority }))).toBe('session.not-permitted');
  });

  it('opens the part for unattended work and no issuing key, with the whole database', async () => {
    const practice = await practiceOnDesktop();
    await practice.client.device.enable({});
    await withRawDatabase(practice, async (database) => {
      const parts = { read: () => database.read, vault: cheapVault(), keychain: systemKeychain, random: nodeRandom, sha256Hex };
      const device = await openDevice(parts);
      const access = createKeyAccess(parts);
      for (const { keyId } of await database.read.authorities.list())
        expect(await codeOf(access.withPrivateKey(device, keyId, 'authority', () => 0))).toBe('session.not-permitted');
      const [ahead] = JSON.parse((await database.read.settings.get('lists-ahead')) ?? '[]') as { id: string }[];
      expect(await access.withPrivateKey(device, ahead?.id ?? '', 'unattended', (octets) => octets.length)).toBeGreaterThan(100);
    });
  });

  it('goes on after a role was taken away, and no more once it is disabled, whatever was kept of its key', async () => {
    const practice = await practiceOnDesktop();
    const { client, nobody, pass } = practice;
    await client.device.enable({});
    await addOperator(practice, 'Ben', 'security-officer');
    await client.operators.setRole({ operator: 'Ben', role: 'auditor' });
    pass(7);
    expect((await nobody.device.run({})).renewed).toHaveLength(1);
    expect(await client.device.disable({})).toEqual({ isKeychainCleared: true });
    expect(await codeOf(nobody.device.run({}))).toBe('device.not-enabled');
    expect(await client.device.status({})).toEqual({ state: 'off', device: null, lists: [] });
    expect(await client.device.enable({})).toMatchObject({ state: 'ready' });
    const { entries } = await client.audit.list({ actions: ['device.enable', 'device.disable', 'device.run'] });
    expect(entries.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'device.enable success',
      'device.run refused',
      'device.disable success',
      'device.run success',
      'device.enable success',
    ]);
  });

  it('is enabled by an administrator only, and not twice', async () => {
    const practice = await practiceOnDesktop();
    const { client: ben } = await addOperator(practice, 'Ben', 'security-officer');
    expect(await codeOf(ben.device.enable({}))).toBe('session.not-permitted');
    await practice.client.device.enable({});
    expect(await codeOf(practice.client.device.enable({}))).toBe('conflict');
  });
});

describe('the keychain of a computer that goes on alone', () => {
  it('refuses everything while it is locked, keeps nothing anywhere else, and goes on when it is unlocked', async () => {
    const { client, nobody } = await practiceOnDesktop();
    await client.device.enable({});
    await keychain.locked();
    expect((await client.device.status({})).state).toBe('unusable');
    expect(await codeOf(nobody.device.run({}))).toBe('device.keychain-unusable');
    await keychain.unlocked();
    expect((await client.device.status({})).state).toBe('ready');
  });

  it('lets nothing be enabled while it is locked or absent, and leaves nothing behind', async () => {
    const { client } = await practiceOnDesktop();
    await client.device.enable({});
    await client.device.disable({});
    await keychain.locked();
    expect(await codeOf(client.device.enable({}))).toBe('device.keychain-unusable');
    await keychain.absent();
    expect(await codeOf(client.device.enable({}))).toBe('device.keychain-unusable');
    expect((await client.device.status({})).state).toBe('off');
  });

  it('is a hard error when it was emptied: no new key is made until the computer was disabled', async () => {
    const practice = await practiceOnDesktop();
    const { client, nobody } = practice;
    await client.device.enable({});
    const id = await deviceIdIn(practice);
    await openDeviceKeychain('Keyward').delete(id);
    expect((await client.device.status({})).state).toBe('emptied');
    expect(await codeOf(nobody.device.run({}))).toBe('device.keychain-emptied');
    expect(await codeOf(client.device.enable({}))).toBe('device.keychain-emptied');
    expect(await client.device.disable({})).toEqual({ isKeychainCleared: false });
    expect((await client.device.enable({})).state).toBe('ready');
  });

  it('opens nothing when what it holds was replaced', async () => {
    const practice = await practiceOnDesktop();
    const { client, nobody } = practice;
    await client.device.enable({});
    await openDeviceKeychain('Keyward').set(await deviceIdIn(practice), Buffer.alloc(32, 7));
    expect((await client.device.status({})).state).toBe('replaced');
    expect(await codeOf(nobody.device.run({}))).toBe('device.keychain-replaced');
    expect(await codeOf(client.device.enable({}))).toBe('device.keychain-replaced');
  });
});

/** Its id, from the log. */
async function deviceIdIn({ client }: { readonly client: Client }): Promise<string> {
  const { entries } = await client.audit.list({ actions: ['device.enable'], outcomes: ['success'] });
  return String(entries[0]?.subject['device']);
}
