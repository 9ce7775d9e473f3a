import { mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { createThunderbird } from '../../main/adapters/mail-clients/thunderbird/thunderbird.ts';
import { readArmor } from '../../main/domain/openpgp/armor.ts';
import { readPackets } from '../../main/domain/openpgp/packet.ts';
import { privateDirectory } from '../domain/pfx/engines.ts';
import { openKeyring } from '../gnupg/keyring.ts';
import { newPractice, secret } from '../services/support/practice.ts';
import { certutil, copyOf, newProfile, snapshot, testPlaces } from './support/profile.ts';

const address = 'ada@ridgeway.example';

/** A practice with one person who has an OpenPGP key, and a profile that sends as her. */
async function settingOf() {
  const directory = privateDirectory();
  mkdirSync(join(directory, 'temporary'), { mode: 0o700 });
  const thunderbird = createThunderbird({ places: testPlaces(directory) });
  const practice = await newPractice({ mailClients: [thunderbird] });
  const { person } = await practice.client.people.add({ name: 'Ada Lovelace', emails: [address] });
  const { id: key, fingerprint } = await practice.client.openpgp.generate({ person });
  const profile = newProfile(directory, address);
  const target = { person, client: 'thunderbird', target: profile, technology: 'openpgp' } as const;
  const codes = async (where = profile, more: object = {}) =>
    (await practice.client.mail.check({ ...target, target: where, ...more })).findings.map(({ code }) => code);
  return { ...practice, workspace: practice.directory, directory, thunderbird, profile, target, person, key, fingerprint, codes };
}

type Setting = Awaited<ReturnType<typeof settingOf>>;

async function refuses({ client, target }: Setting, expected: object, profile = target.target): Promise<void> {
  const before = snapshot(profile);
  await expect(client.mail.export({ ...target, target: profile })).rejects.toMatchObject(expected);
  expect(snapshot(profile)).toEqual(before);
}

it('is refused while Thunderbird has the profile open, for a profile of somebody else, and for what cannot be read, and touches nothing', async () => {
  const setting = await settingOf();
  const { client, profile, directory, target } = setting;
  symlinkSync(`127.0.0.1:+${process.pid}`, join(profile, 'lock'));
  await refuses(setting, { code: 'client.open' });
  await expect(client.mail.check(target)).rejects.toMatchObject({ code: 'client.open' });
  unlinkSync(join(profile, 'lock'));
  await refuses(setting, { code: 'client.no-identity' }, newProfile(directory, 'bo@ridgeway.example', 'other'));
  for (const file of ['pubring.gpg', 'secring.gpg', 'openpgp.sqlite']) {
    const copy = copyOf(profile, file);
    writeFileSync(join(copy, file), 'this is no key and no database');
    await refuses(setting, { code: 'client.unreadable', details: { file } }, copy);
  }
  const { person } = await client.people.add({ name: 'Bo', emails: ['bo@ridgeway.example'] });
  const withRecipient = client.mail.export({ ...target, recipients: [person] });
  await expect(withRecipient).rejects.toMatchObject({ code: 'client.no-openpgp', details: { address: 'bo@ridgeway.example' } });
  await expect(client.mail.check({ ...target, client: 'outlook' })).rejects.toMatchObject({ code: 'unsupported' });
});

it('is refused for a key whose primary key is on a card, that does not open mail, or that does not name the address', async () => {
  const setting = await settingOf();
  const { thunderbird, profile, workspace, key } = setting;
  const keyring = openKeyring();
  onTestFinished(() => keyring.close());
  keyring.gpg(['--quick-generate-key', `Ada <${address}>`, 'ed25519', 'sign', '1y'], { password: '' });
  const certificate = Uint8Array.from(keyring.gpg(['--export', address]).stdout);
  const fingerprint =
    keyring
      .records('--list-keys')
      .find(([type]) => type === 'fpr')?.[9]
      ?.toLowerCase() ?? '';
  const plan = async (mailbox: string) =>
    thunderbird.openPgp?.plan({
      profile: { ...(await thunderbird.find(profile)), identities: [{ key: 'id1', address: mailbox }] },
      setup: {
        mailboxes: [mailbox],
        keys: [{ id: key, fingerprint, certificate, addresses: [address], status: 'valid', isCurrent: true }],
        recipients: [],
        encrypt: 'ask',
      },
      now: new Date(),
      unlocks: async () => 'everything',
    });
  await expect(plan(address)).rejects.toMatchObject({ code: 'client.unfit-openpgp', details: { fingerprint } });
  await expect(plan('bo@ridgeway.example')).rejects.toMatchObject({
    code: 'client.no-openpgp',
    details: { address: 'bo@ridgeway.example' },
  });
  const database = new DatabaseSync(join(workspace, 'keyward.db'));
  database.exec(`update "key" set store = 'token' where id = (select primaryKeyId from openPgp where id = '${key}')`);
  database.close();
  await refuses(setting, { code: 'token.key-stays' });
});

it('goes into a profile with a primary password by that alone, and is taken for good only as long as it opens by it', async () => {
  const setting = await settingOf();
  const { client, profile, directory, target, codes, person, key } = setting;
  const primary = join(directory, 'primary');
  writeFileSync(primary, 'primary pässword\n', { mode: 0o600 });
  certutil(profile, '-N', '-f', primary);
  await refuses(setting, { code: 'client.locked' });
  const profilePassword = () => secret('primary pässword');
  await client.mail.export({ ...target, profilePassword: profilePassword() });
  expect(await codes(profile, { profilePassword: profilePassword() })).toEqual([]);
  await expect(codes(profile, { profilePassword: secret('another') })).rejects.toMatchObject({ code: 'client.locked' });
  const again = readFileSync(join(profile, 'encrypted-openpgp-passphrase.txt'));
  await client.mail.export({ ...target, profilePassword: profilePassword() });
  expect(readFileSync(join(profile, 'encrypted-openpgp-passphrase.txt'))).toEqual(again);
  const { entries } = await client.audit.list({ actions: ['mail.export'] });
  expect(entries[0]).toMatchObject({
    outcome: 'success',
    subject: { client: 'thunderbird', technology: 'openpgp', person, openPgp: [key] },
  });
  expect([entries[0]?.subject['keys']].flat()).toHaveLength(2);
});

it('keeps what else the profile says of keys: one that is revoked there, and one whose mail the person refuses, are found', async () => {
  const { client, profile, target, codes, key } = await settingOf();
  const { person } = await client.people.add({ name: 'Bo', emails: ['Bo@Ridgeway.example'] });
  const { fingerprint } = await client.openpgp.generate({ person });
  const recipients = [person];
  await client.mail.export({ ...target, recipients });
  expect(await codes(profile, { recipients })).toEqual([]);

  const refused = copyOf(profile, 'refused');
  const database = new DatabaseSync(join(refused, 'openpgp.sqlite'));
  database.exec(`update acceptance_decision set decision = 'rejected' where fpr = '${fingerprint}'`);
  database.close();
  expect(await codes(refused, { recipients })).toEqual(['openpgp-recipient-missing']);
  await expect(client.mail.export({ ...target, target: refused, recipients })).rejects.toMatchObject({
    code: 'client.not-ready',
    details: { findings: ['openpgp-recipient-missing'] },
  });

  const [revocation] = readArmor((await client.openpgp.exportRevocation({ key })).bytes);
  const ring = readFileSync(join(profile, 'pubring.gpg'));
  const [, second] = readPackets(ring);
  writeFileSync(
    join(profile, 'pubring.gpg'),
    Buffer.concat([ring.subarray(0, second?.offset), revocation?.octets ?? Buffer.of(), ring.subarray(second?.offset)]),
  );
  expect(await codes()).toEqual(['openpgp-revoked']);
  await expect(client.mail.export(target)).rejects.toMatchObject({ code: 'client.not-ready', details: { findings: ['openpgp-revoked'] } });
});
