import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readPrivateKey, decryptKey } from 'openpgp';
import { auditActions } from '../../main/domain/audit/action.ts';
import { listedKey, openKeyring, type Keyring } from '../gnupg/keyring.ts';
import { addPeople, newPractice, secret } from './support/practice.ts';

const day = 86_400_000;

async function practiceWithKey(choices: { readonly algorithm?: 'rsa3072'; readonly days?: number } = {}) {
  const clock = { at: Date.now() };
  const practice = await newPractice({ clock: { now: () => new Date(clock.at) } });
  const { person } = await practice.client.people.add({
    name: 'Ada Łovelace',
    emails: ['ada@ridgeway.example', 'cardiology@ridgeway.example'],
  });
  const { id, fingerprint } = await practice.client.openpgp.generate({ person, ...choices });
  return { ...practice, person, id, fingerprint, clock };
}

function newKeyring(): Keyring {
  const keyring = openKeyring();
  onTestFinished(() => keyring.close());
  return keyring;
}

const textOf = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString('utf8');

describe('making an OpenPGP key', () => {
  it('gives a key for all mailboxes of the person, good for two years, and shows it with the person', async () => {
    const { client, person, id, fingerprint, clock } = await practiceWithKey();
    const details = await client.openpgp.show({ key: id });
    expect(details).toMatchObject({
      id,
      version: 4,
      fingerprint,
      algorithm: 'curve25519',
      userIds: ['Ada Łovelace <ada@ridgeway.example>', 'Ada Łovelace <cardiology@ridgeway.example>'],
      status: 'valid',
      isCurrent: true,
      personId: person,
      personName: 'Ada Łovelace',
      createdAt: new Date(Math.floor(clock.at / 1000) * 1000).toISOString(),
      expiresAt: new Date(Math.floor(clock.at / 1000) * 1000 + 730 * day).toISOString(),
      subkeys: [{ usage: 'encrypt' }],
    });
    expect(details.keys.map(({ usage, algorithm, state }) => [usage, algorithm, state])).toEqual([
      ['sign', 'ed25519', 'active'],
      ['encrypt', 'x25519', 'active'],
    ]);
    const { openPgp } = await client.people.show({ person });
    const { certificates } = await client.openpgp.list({ person });
    expect(openPgp).toEqual(certificates);
    expect(certificates.map((certificate) => certificate.id)).toEqual([id]);
  });

  it('is found by its fingerprint as people type it, and not by one nobody has', async () => {
    const { client, id, fingerprint } = await practiceWithKey();
    for (const key of [fingerprint, `0x${fingerprint.toUpperCase()}`, fingerprint.replace(/(.{4})/g, '$1 '), fingerprint.slice(0, 8)])
      expect((await client.openpgp.show({ key })).id).toBe(id);
    await expect(client.openpgp.show({ key: '00000000' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is entered in the log with its person, its fingerprint and the ids of its secrets, never with an address', async () => {
    const { client, person, id, fingerprint } = await practiceWithKey();
    const keys = (await client.openpgp.show({ key: id })).keys.map((key) => key.id);
    const { entries } = await client.audit.list({ actions: ['openpgp.generate'] });
    expect(entries[0]).toMatchObject({ outcome: 'success', subject: { person, openPgp: id, fingerprint, keys, algorithm: 'curve25519' } });
    expect(JSON.stringify(entries[0]?.subject)).not.toContain('@');
  });

  it('refuses a second one while one is in use, and enters the refusal', async () => {
    const { client, person, id } = await practiceWithKey();
    await expect(client.openpgp.generate({ person })).rejects.toMatchObject({ code: 'conflict', details: { what: 'openpgp', id } });
    const { entries } = await client.audit.list({ actions: ['openpgp.generate'] });
    expect(entries[0]).toMatchObject({ outcome: 'refused', error: 'conflict', subject: { person } });
    expect((await client.openpgp.list({})).certificates).toHaveLength(1);
  });

  it('makes the next one once it has ended, and keeps the old one so that old mail opens', async () => {
    const { client, person, id, clock } = await practiceWithKey({ days: 1 });
    clock.at += 2 * day;
    const next = await client.openpgp.generate({ person });
    const { openPgp } = await client.people.show({ person });
    expect(openPgp.map((key) => [key.id, key.isCurrent, key.status])).toEqual([
      [next.id, true, 'valid'],
      [id, false, 'expired'],
    ]);
    expect((await client.openpgp.show({ key: id })).keys.map(({ state }) => state)).toEqual(['deactivated', 'deactivated']);
    expect((await client.openpgp.exportSecret({ key: id })).file.bytes.length).toBeGreaterThan(500);
  });

  it('refuses nobody, somebody who left, another algorithm, and times out of bounds', async () => {
    const { client, ...practice } = await newPractice();
    const [person = ''] = await addPeople({ client, ...practice }, 1);
    await expect(client.openpgp.generate({ person: '00000000-0000-7000-8000-000000000000' })).rejects.toMatchObject({ code: 'not-found' });
    for (const wrong of [{ algorithm: 'dsa' as 'rsa3072' }, { days: 0 }, { days: 1827 }, { days: 1.5 }])
      await expect(client.openpgp.generate({ person, ...wrong })).rejects.toMatchObject({ code: 'input.invalid' });
    await client.people.leave({ person });
    await expect(client.openpgp.generate({ person })).rejects.toMatchObject({ code: 'conflict' });
    expect((await client.openpgp.list({})).certificates).toEqual([]);
  });

  it('refuses when they leave while it is made', async () => {
    const { client, ...practice } = await newPractice();
    const [person = ''] = await addPeople({ client, ...practice }, 1);
    const making = client.openpgp.generate({ person, algorithm: 'rsa3072' });
    await practice.clientOf('first').people.leave({ person });
    await expect(making).rejects.toMatchObject({ code: 'stale' });
    expect((await client.openpgp.list({})).certificates).toEqual([]);
  });

  it('makes one key when it is asked for twice at once', async () => {
    const { client, ...practice } = await newPractice();
    const [person = ''] = await addPeople({ client, ...practice }, 1);
    const results = await Promise.allSettled([client.openpgp.generate({ person }), client.openpgp.generate({ person })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await client.openpgp.list({})).certificates).toHaveLength(1);
  });
});

describe('exporting an OpenPGP key', () => {
  it('gives the public half, which gpg knows by the fingerprint Keyward shows, and enters it', async () => {
    const { client, person, id, fingerprint } = await practiceWithKey();
    const file = await client.openpgp.export({ key: id });
    expect(file.name).toBe('ada@ridgeway.example-openpgp-public.asc');
    const keyring = newKeyring();
    keyring.take(file.bytes);
    expect(
      keyring
        .records('--list-keys')
        .find(([type]) => type === 'fpr')?.[9]
        ?.toLowerCase(),
    ).toBe(fingerprint);
    const { entries } = await client.audit.list({ actions: ['openpgp.export'] });
    expect(entries[0]).toMatchObject({ outcome: 'success', subject: { openPgp: id, person } });
  });

  it('gives the secret half under a password that is made and answered once, or under the one that is given', async () => {
    const { client, person, id } = await practiceWithKey({ algorithm: 'rsa3072' });
    const made = await client.openpgp.exportSecret({ key: id });
    const password = textOf(made.password?.reveal());
    expect(password).toMatch(/^([a-z2-9]{4}-){5}[a-z2-9]{4}$/);
    const given = await client.openpgp.exportSecret({ key: id, password: secret('given-by-hand') });
    expect(given.password).toBeNull();
    for (const [{ file }, right] of [
      [made, password],
      [given, 'given-by-hand'],
    ] as const) {
      const keyring = newKeyring();
      keyring.take(file.bytes);
      expect(keyring.gpg(['--detach-sign'], { input: 'a letter', password: 'wrong' }).succeeded).toBe(false);
      expect(keyring.gpg(['--detach-sign'], { input: 'a letter', password: right }).succeeded).toBe(true);
    }
    const keys = (await client.openpgp.show({ key: id })).keys.map((key) => key.id);
    const { entries } = await client.audit.list({ actions: ['openpgp.export-secret'] });
    expect(entries.map(({ subject }) => subject)).toEqual([
      { openPgp: id, person, keys },
      { openPgp: id, person, keys },
    ]);
  });

  it('refuses a password that programs read differently, and an empty one', async () => {
    const { client, id } = await practiceWithKey();
    await expect(client.openpgp.exportSecret({ key: id, password: secret('pässword') })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(client.openpgp.exportSecret({ key: id, password: secret('') })).rejects.toMatchObject({ code: 'input.empty' });
  });

  it('gives what ends the key, and enters it', async () => {
    const { client, person, id } = await practiceWithKey();
    const keyring = newKeyring();
    keyring.take((await client.openpgp.export({ key: id })).bytes);
    const file = await client.openpgp.exportRevocation({ key: id });
    expect(file.name).toBe('ada@ridgeway.example-openpgp-revocation.asc');
    keyring.take(file.bytes);
    expect(listedKey(keyring, 'pub').validity).toBe('r');
    const { entries } = await client.audit.list({ actions: ['openpgp.export-revocation'] });
    expect(entries[0]).toMatchObject({ outcome: 'success', subject: { openPgp: id, person } });
  });

  it('refuses a key nobody has, whatever is asked for', async () => {
    const { client } = await newPractice();
    const key = '00000000-0000-7000-8000-000000000000';
    for (const call of [client.openpgp.export, client.openpgp.exportSecret, client.openpgp.exportRevocation, client.openpgp.revoke])
      await expect(call({ key })).rejects.toMatchObject({ code: 'not-found' });
    const onCard = { key, card: '00000001', pin: secret('482915'), adminPin: secret('59204718') };
    await expect(client.openpgp.moveToCard(onCard)).rejects.toMatchObject({ code: 'not-found' });
    expect(auditActions.filter((action) => action.startsWith('openpgp.'))).toHaveLength(15);
  });

  it('refuses a key whose sealed parts were exchanged', async () => {
    const { client, id, directory, ...practice } = await practiceWithKey();
    const { person } = await client.people.add({ name: 'Second', emails: ['second@ridgeway.example'] });
    const { id: other } = await client.openpgp.generate({ person });
    const database = new DatabaseSync(join(directory, 'keyward.db'));
    database.exec(`update openPgp set subkeyId = (select subkeyId from openPgp where id = '${other}') where id = '${id}'`);
    database.close();
    await expect(practice.clientOf('first').openpgp.exportSecret({ key: id })).rejects.toMatchObject({ code: 'store.corrupt' });
  });
});

describe('where OpenPGP secrets are kept', () => {
  it('seals what signs for the people compartment alone; what opens mail, and what ends the key, for escrow too', async () => {
    const { id, directory } = await practiceWithKey();
    const database = new DatabaseSync(join(directory, 'keyward.db'), { readOnly: true });
    const row = database.prepare('select primaryKeyId, subkeyId, revocationId from openPgp where id = ?').get(id);
    const compartments = (name: string) => {
      const { wraps } = database.prepare('select wraps from sealedKey where keyId = ?').get(String(row?.[name])) ?? {};
      return (JSON.parse(String(wraps)) as { sealingKeyId: string }[])
        .map(({ sealingKeyId }) => database.prepare('select compartment from sealingKey where id = ?').get(sealingKeyId)?.['compartment'])
        .map(String)
        .toSorted();
    };
    expect(compartments('primaryKeyId')).toEqual(['people']);
    expect(compartments('subkeyId')).toEqual(['escrow', 'people']);
    expect(compartments('revocationId')).toEqual(['escrow', 'people']);
    database.close();
  });

  it('leaves no secret number, revocation signature or password in the octets of the workspace', async () => {
    const { client, id, directory } = await practiceWithKey();
    const { file, password } = await client.openpgp.exportSecret({ key: id });
    const revocation = textOf((await client.openpgp.exportRevocation({ key: id })).bytes);
    const passphrase = textOf(password?.reveal());
    const privateKey = await decryptKey({ privateKey: await readPrivateKey({ armoredKey: textOf(file.bytes) }), passphrase });
    const packets = [privateKey.keyPacket, ...privateKey.subkeys.map(({ keyPacket }) => keyPacket)];
    const numbers = packets.flatMap((packet) =>
      'privateParams' in packet ? Object.values<unknown>({ ...packet.privateParams }).filter((value) => value instanceof Uint8Array) : [],
    );
    expect(numbers).toHaveLength(2);
    const signature = Buffer.from(revocation.split('\n\n')[1]?.split('\n=')[0]?.replaceAll('\n', '') ?? '', 'base64').subarray(20);
    expect(signature.length).toBeGreaterThan(100);
    const needles = [...numbers.map((number) => Buffer.from(number)), Buffer.from(passphrase), signature];
    const files = readdirSync(directory).map((name) => readFileSync(join(directory, name)));
    expect(files.length).toBeGreaterThan(0);
    for (const needle of needles)
      for (const form of [needle, Buffer.from(needle.toString('hex')), Buffer.from(needle.toString('base64').replace(/=+$/, ''))])
        for (const content of files) expect(content.includes(form)).toBe(false);
  });
});

describe('revoking an OpenPGP key', () => {
  it('puts the end into its certificate, which gpg believes, and lets the person have another one', async () => {
    const { client, person, id, fingerprint } = await practiceWithKey();
    const keyring = newKeyring();
    keyring.take((await client.openpgp.export({ key: id })).bytes);
    const validity = () => keyring.records('--list-keys').find(([record]) => record === 'pub')?.[1];
    expect(validity()).not.toBe('r');
    const revoked = await client.openpgp.revoke({ key: id, note: 'Left on the bus.' });
    expect(revoked).toMatchObject({ id, fingerprint });
    keyring.take((await client.openpgp.export({ key: id })).bytes);
    expect(validity()).toBe('r');
    const details = await client.openpgp.show({ key: id });
    expect(details).toMatchObject({ status: 'revoked', isCurrent: false, revokedAt: expect.any(String) as string });
    expect(details.keys.map(({ state }) => state)).toEqual(['compromised', 'compromised']);
    const { entries } = await client.audit.list({ limit: 1, actions: ['openpgp.revoke'] });
    expect(entries[0]).toMatchObject({ outcome: 'success', reason: 'Left on the bus.', subject: { person, openPgp: id } });
    await expect(client.openpgp.revoke({ key: id })).rejects.toMatchObject({ code: 'conflict' });
    expect((await client.openpgp.generate({ person })).id).not.toBe(id);
  });
});
