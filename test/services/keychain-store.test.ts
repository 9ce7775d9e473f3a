import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openDeviceKeychain } from '../../native/keychain/index.ts';
import type { Client } from '../../main/contract/client.ts';
import { openedWholly, withRawDatabase } from './support/operators.ts';
import { privateKeychain } from './support/private-keychain.ts';
import { addPeople, enroll, file, newPractice, secret, temporaryDirectory, type OpenPractice } from './support/practice.ts';

const keychain = await privateKeychain();
const ring = openDeviceKeychain('Keyward');
beforeEach(() => keychain.unlocked());

const inKeychain = { store: 'keychain' } as const;

/** One person, enrolled under the keychain. */
async function practiceOnDesktop() {
  const practice = await newPractice();
  const [person = '', other = ''] = await addPeople(practice, 2);
  expect(await enroll(practice, [person], inKeychain)).toMatchObject({ done: 1, failed: 0 });
  return { ...practice, person, other };
}

const ownOf = async (client: Client, person: string) =>
  (await client.people.show({ person })).certificates.filter(({ isCurrent }) => isCurrent);

const handedOver = async (client: Client, person: string) =>
  client.certificates.exportPrivateKey({
    certificates: (await ownOf(client, person)).map(({ id }) => id),
    format: 'p12-modern',
    password: secret('a password for the file'),
  });

/** What OpenSSL finds in the file: how many private keys. */
function keysIn(bytes: Uint8Array): number {
  const directory = temporaryDirectory();
  for (const [name, content] of [
    ['keys.p12', bytes],
    ['password', 'a password for the file'],
  ] as const)
    writeFileSync(join(directory, name), content);
  const pem = execFileSync('openssl', ['pkcs12', '-in', 'keys.p12', '-passin', 'file:password', '-nodes', '-nocerts'], {
    cwd: directory,
    encoding: 'utf8',
    stdio: 'pipe',
  });
  return pem.split('BEGIN PRIVATE KEY').length - 1;
}

/** Under what each key of somebody is sealed: parts of the vault by name, `keychain` for what is none of them. */
async function sealedUnder(practice: OpenPractice, keyIds: readonly string[]) {
  return withRawDatabase(practice, async (database) => {
    const { read } = database;
    const found: string[] = [];
    for (const keyId of keyIds)
      for (const { sealingKeyId } of (await read.vault.sealedKey(keyId))?.wraps ?? [])
        found.push((await read.vault.sealingKey(sealingKeyId))?.compartment ?? 'keychain');
    return {
      found,
      record: JSON.parse((await read.settings.get('keychain-key')) ?? '{}') as { id: string },
      opens: await openedWholly(database, 'admin'),
    };
  });
}

test('a key is sealed under the keychain in the place of the people’s part, for the escrow where it opens mail, and OpenSSL reads it handed over', async () => {
  const practice = await practiceOnDesktop();
  const { client, person } = practice;
  expect(keysIn((await handedOver(client, person)).file.bytes)).toBe(2);
  const own = await ownOf(client, person);
  expect(await client.certificates.show({ certificate: own[0]?.id ?? '' })).toMatchObject({ isInKeychain: true, keyStore: 'vault' });
  const { found, record } = await sealedUnder(
    practice,
    own.map(({ keyId }) => keyId),
  );
  expect(found.toSorted()).toEqual(['escrow', 'keychain', 'keychain']);
  expect((await ring.get(record.id))?.length).toBe(32);
});

test('everybody enrolled under it shares one key in the keychain; others are sealed as ever', async () => {
  const practice = await practiceOnDesktop();
  const { client, other } = practice;
  await enroll(practice, [other]);
  expect(await client.certificates.show({ certificate: (await ownOf(client, other))[0]?.id ?? '' })).toMatchObject({ isInKeychain: false });
  await enroll(
    practice,
    [await client.people.add({ name: 'Third', emails: ['third@ridgeway.example'] }).then((added) => added.person)],
    inKeychain,
  );
  const { record } = await sealedUnder(practice, []);
  expect(record.id).toMatch(/^[0-9a-f-]{36}$/);
});

test('a renewal stays under the keychain, and is refused where that cannot be used: nothing goes elsewhere without a word', async () => {
  const practice = await practiceOnDesktop();
  const { client, person } = practice;
  await client.certificates.renew({ person });
  const [first] = await ownOf(client, person);
  expect(await client.certificates.show({ certificate: first?.id ?? '' })).toMatchObject({ isInKeychain: true });
  await keychain.locked();
  await expect(client.certificates.renew({ person })).rejects.toMatchObject({ code: 'device.keychain-unusable' });
});

test.each(['locked', 'absent'] as const)('with the keychain %s nothing is opened, and nobody is enrolled under it', async (state) => {
  const practice = await practiceOnDesktop();
  const { client, person, other } = practice;
  await keychain[state]();
  const unusable = { code: 'device.keychain-unusable' };
  await expect(handedOver(client, person)).rejects.toMatchObject(unusable);
  await expect(client.enrollment.start({ people: [other], ...inKeychain })).rejects.toMatchObject(unusable);
  expect(await ownOf(client, other)).toEqual([]);
  await keychain.unlocked();
  expect(keysIn((await handedOver(client, person)).file.bytes)).toBe(2);
});

test('without a keychain a first enrolment under it is refused, and leaves nothing behind', async () => {
  const practice = await newPractice();
  const [person = ''] = await addPeople(practice, 1);
  await keychain.absent();
  await expect(practice.client.enrollment.start({ people: [person], ...inKeychain })).rejects.toMatchObject({
    code: 'device.keychain-unusable',
  });
  expect((await practice.client.enrollment.jobs({})).jobs).toEqual([]);
  expect((await sealedUnder(practice, [])).record).toEqual({});
});

/** The id of the wrapping key of a practice, as its keychain has it. */
async function wrappingKeyOf({ directory }: OpenPractice): Promise<string> {
  const { DatabaseSync } = await import('node:sqlite');
  const raw = new DatabaseSync(join(directory, 'keyward.db'), { readOnly: true });
  const [row] = raw.prepare(`select value from setting where name = 'keychain-key'`).all();
  raw.close();
  return (JSON.parse(String(row?.['value'])) as { id: string }).id;
}

test('an emptied keychain is a hard error, and no new key is made in its place', async () => {
  const practice = await practiceOnDesktop();
  const { client, person, other } = practice;
  const id = await wrappingKeyOf(practice);
  await ring.delete(id);
  const missing = { code: 'device.wrapping-key-missing' };
  await expect(handedOver(client, person)).rejects.toMatchObject(missing);
  await expect(client.enrollment.start({ people: [other], ...inKeychain })).rejects.toMatchObject(missing);
  await expect(client.certificates.renew({ person })).rejects.toMatchObject(missing);
  expect(await ring.get(id)).toBeUndefined();
  expect(await wrappingKeyOf(practice)).toBe(id);
});

test('another key in its place opens nothing and seals nothing', async () => {
  const practice = await practiceOnDesktop();
  const { client, person, other } = practice;
  const id = await wrappingKeyOf(practice);
  await ring.set(id, Buffer.alloc(32, 7));
  const replaced = { code: 'device.wrapping-key-replaced' };
  await expect(handedOver(client, person)).rejects.toMatchObject(replaced);
  await expect(client.enrollment.start({ people: [other], ...inKeychain })).rejects.toMatchObject(replaced);
  expect(Buffer.from((await ring.get(id)) ?? [])).toEqual(Buffer.alloc(32, 7));
});

test('a key that was made elsewhere is taken in under the keychain, and the log says so', async () => {
  const practice = await practiceOnDesktop();
  const { client, person } = practice;
  const { file: p12 } = await handedOver(client, person);
  const own = await ownOf(client, person);
  const second = await newPractice();
  await second.client.people.add({ name: 'Person 0', emails: ['p0@ridgeway.example'] });
  const brought = () => ({ files: [file('keys.p12', p12.bytes)], passwords: [secret('a password for the file')], ...inKeychain });
  const { keys } = await second.client.certificates.import(brought());
  expect(keys).toHaveLength(2);
  const { entries } = await second.client.audit.list({ limit: 1 });
  expect(entries[0]).toMatchObject({ action: 'certificate.import', subject: { store: 'keychain' } });
  const { found } = await sealedUnder(second, keys);
  expect(found.toSorted()).toEqual(['escrow', 'keychain', 'keychain']);
  expect(own).toHaveLength(2);
});
