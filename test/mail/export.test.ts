import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createThunderbird, type ThunderbirdParts } from '../../main/adapters/mail-clients/thunderbird/thunderbird.ts';
import { replaceFile } from '../../main/adapters/mail-clients/change/client-files.ts';
import { runTool } from '../../main/adapters/mail-clients/change/run-tool.ts';
import { AppError } from '../../main/domain/errors.ts';
import type { MailClient } from '../../main/ports/mail-client.ts';
import { privateDirectory } from '../domain/pfx/engines.ts';
import { enroll, newPractice, secret } from '../services/support/practice.ts';
import { accountOf, certutil, copyOf, editPreferences, listed, newProfile, snapshot, testPlaces } from './support/profile.ts';

const address = 'ada@ridgeway.example';

/** A practice with one person who has certificates, and a profile that sends as her. */
async function practiceWithProfile(more: Partial<ThunderbirdParts> = {}, wrap = (client: MailClient): MailClient => client) {
  const directory = privateDirectory();
  mkdirSync(join(directory, 'temporary'), { mode: 0o700 });
  const mailClients = [wrap(createThunderbird({ places: testPlaces(directory), ...more }))];
  const practice = await newPractice({ mailClients });
  const { person } = await practice.client.people.add({ name: 'Ada Lovelace', emails: [address] });
  await enroll(practice, [person]);
  const profile = newProfile(directory, 'Ada@Ridgeway.example');
  const target = { person, client: 'thunderbird', target: profile } as const;
  return { ...practice, directory, workspace: practice.directory, person, profile, target, temporary: join(directory, 'temporary') };
}

type Setting = Awaited<ReturnType<typeof practiceWithProfile>>;

async function codesOf({ client, target }: Setting, profile: string = target.target): Promise<string[]> {
  const { isReady, findings } = await client.mail.check({ ...target, target: profile });
  expect(isReady).toBe(findings.length === 0);
  return [...new Set(findings.map(({ code }) => code))];
}

const keysIn = (profile: string): number => certutil(profile, '-K').said.match(/^<\s*\d+>/gm)?.length ?? 0;

/** Of certificates whose private key is there. */
const ownNicknames = (profile: string) => [...listed(profile)].filter(([, trust]) => trust === 'u,u,u').map(([name]) => name);

describe('setting up Thunderbird', () => {
  it('makes a profile NSS accepts for signing and receiving, with trust for mail alone, and leaves nothing else behind', async () => {
    const { client, target, profile, temporary } = await practiceWithProfile();
    expect(await client.mail.export(target)).toMatchObject({ checked: true, addresses: ['Ada@Ridgeway.example'] });
    const nicknames = ownNicknames(profile);
    const verdicts = ['S', 'R'].map((usage) => nicknames.map((name) => certutil(profile, '-V', '-u', usage, '-n', name).isGood));
    expect(verdicts).toEqual([expect.arrayContaining([true]), expect.arrayContaining([true])]);
    expect([...listed(profile).values()].toSorted()).toEqual([',,', ',C,', 'u,u,u', 'u,u,u']);
    expect(readdirSync(profile).toSorted()).toEqual(['cert9.db', 'key4.db', 'pkcs11.txt', 'prefs.js']);
    expect(statSync(join(profile, 'prefs.js')).mode & 0o777).toBe(0o644);
    expect(statSync(join(profile, 'key4.db')).mode & 0o777).toBe(0o600);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('names each certificate as NSS itself finds it by issuer and serial number', async () => {
    const { client, target, profile, person } = await practiceWithProfile();
    await client.mail.export(target);
    const { certificates } = await client.people.show({ person });
    for (const [preference, purpose] of [
      ['signing', 'sign'],
      ['encryption', 'encrypt'],
    ] as const) {
      const key = new RegExp(`${preference}_cert_dbkey", "([^"]+)"`).exec(readFileSync(join(profile, 'prefs.js'), 'utf8'))?.[1] ?? '';
      const octets = Buffer.from(key, 'base64');
      const [serialLength, issuerLength] = [octets.readUInt32BE(8), octets.readUInt32BE(12)];
      expect(octets.subarray(0, 8)).toEqual(Buffer.alloc(8));
      expect(octets.length).toBe(16 + serialLength + issuerLength);
      const serial = certificates.find((certificate) => certificate.purpose === purpose)?.serialNumber ?? '';
      expect(
        octets
          .subarray(16, 16 + serialLength)
          .toString('hex')
          .replace(/^00/, ''),
      ).toBe(serial);
    }
  });

  it('says before what it would write, and writes nothing by saying it or by looking', async () => {
    const setting = await practiceWithProfile();
    const { client, target, profile } = setting;
    const before = snapshot(profile);
    const plan = await client.mail.plan(target);
    expect(plan.writes.map(({ file }) => file)).toEqual(['key4.db', 'cert9.db', 'cert9.db', 'prefs.js']);
    expect(plan.identities).toMatchObject([{ key: 'id1', address: 'Ada@Ridgeway.example' }]);
    expect(await codesOf(setting)).toEqual(['nothing-chosen', 'not-signing', 'other-technology']);
    expect(snapshot(profile)).toEqual(before);
    await client.mail.export(target);
    expect(plan.certificates.map(({ name }) => name).sort()).toEqual([...ownNicknames(profile)].sort());
    expect(new Set(plan.certificates.map(({ id }) => id))).toEqual(new Set([plan.identities[0]?.sign, plan.identities[0]?.encrypt]));
    const after = snapshot(profile);
    expect(await codesOf(setting)).toEqual([]);
    expect(snapshot(profile)).toEqual(after);
  });

  it('is entered in the log with the keys that left, and shown on the person until something is renewed', async () => {
    const setting = await practiceWithProfile();
    const { client, target, person } = setting;
    await client.mail.export(target);
    const { certificates, mailSetups } = await client.people.show({ person });
    const [entry] = (await client.audit.list({ actions: ['mail.export'] })).entries;
    expect(entry).toMatchObject({ outcome: 'success', subject: { client: 'thunderbird', person } });
    expect(new Set([entry?.subject['keys']].flat())).toEqual(new Set(certificates.map(({ keyId }) => keyId)));
    expect(JSON.stringify(entry?.subject)).not.toContain('/');
    expect(mailSetups).toMatchObject([{ client: 'thunderbird', profile: 'profile', isCurrent: true }]);
    await client.certificates.renew({ person });
    expect((await client.people.show({ person })).mailSetups).toMatchObject([{ isCurrent: false }]);
    expect(await codesOf(setting)).toContain('superseded');
  });

  it('brings the older decryption key along after a renewal, so that old mail opens', async () => {
    const setting = await practiceWithProfile();
    const { client, target, person, profile, directory } = setting;
    await client.mail.export(target);
    await client.certificates.renew({ person });
    await client.mail.export(target);
    expect(await codesOf(setting)).toEqual([]);
    expect((await client.people.show({ person })).mailSetups).toHaveLength(1);
    expect(keysIn(profile)).toBe(4);
    const fresh = newProfile(directory, address, 'fresh');
    await client.mail.export({ ...target, target: fresh });
    expect(keysIn(fresh)).toBe(3);
  });

  it('proved, lets the signing key leave the vault and no other; unproved, nothing leaves', async () => {
    const setting = await practiceWithProfile();
    const { client, target, person, directory } = setting;
    const keys = async () => {
      const { certificates } = await client.people.show({ person });
      return certificates.map(({ purpose, keyState }) => `${purpose} ${keyState}`).sort();
    };
    const before = await keys();
    await expect(client.mail.prove(target)).rejects.toMatchObject({ code: 'client.not-proved' });
    expect(await keys()).toEqual(before);
    await client.mail.export(target);
    await client.policies.set({ keepSigningKeys: true });
    expect(await client.mail.prove(target)).toMatchObject({ released: [] });
    expect(await keys()).toEqual(before);
    await client.policies.set({ keepSigningKeys: false });
    const { released } = await client.mail.prove(target);
    expect(released).toHaveLength(1);
    expect(await keys()).toEqual(['encrypt active', 'sign destroyed']);
    expect(await codesOf(setting)).toEqual([]);
    expect(await client.mail.prove(target)).toMatchObject({ released: [] });
    const fresh = { ...target, target: newProfile(directory, address, 'fresh') };
    await expect(client.mail.export(fresh)).rejects.toMatchObject({ code: 'client.key-left' });
    await expect(client.mail.kit({ person, client: 'outlook' })).rejects.toMatchObject({ code: 'client.key-left' });
    const { certificates } = await client.people.show({ person });
    const leave = (wanted: string) => {
      const ids = certificates.filter(({ purpose }) => purpose === wanted).map(({ id }) => id);
      return client.certificates.exportPrivateKey({ certificates: ids, format: 'p12-modern' });
    };
    await expect(leave('sign')).rejects.toMatchObject({ code: 'not-found' });
    await expect(leave('encrypt')).resolves.toMatchObject({ file: {} });
    const proofs = (await client.audit.list({ actions: ['mail.prove'] })).entries;
    expect(proofs.map(({ outcome, subject }) => [outcome, subject['released'] ?? null])).toEqual([
      ['success', []],
      ['success', released],
      ['success', []],
      ['refused', null],
    ]);
    await client.certificates.renew({ person });
    expect(await client.mail.export(fresh)).toMatchObject({ checked: true });
  });

  it('keeps to what user.js says anew at every start, by changing it there', async () => {
    const setting = await practiceWithProfile();
    const { client, target, profile } = setting;
    writeFileSync(join(profile, 'user.js'), '// mine\nuser_pref("mail.identity.id1.sign_mail", false);\nuser_pref("a", 1);\n');
    await client.mail.export({ ...target, encrypt: 'always' });
    expect(readFileSync(join(profile, 'user.js'), 'utf8')).toBe(
      '// mine\nuser_pref("mail.identity.id1.sign_mail", true);\nuser_pref("a", 1);\n',
    );
    expect(readFileSync(join(profile, 'prefs.js'), 'utf8')).toContain('user_pref("mail.identity.id1.encryptionpolicy", 2);');
    expect(await codesOf(setting)).toEqual([]);
  });

  it('opens a profile with a password of its own only with that password, and never keeps it', async () => {
    const { client, target, profile, temporary } = await practiceWithProfile();
    const passwordFile = join(temporary, '..', 'primary');
    writeFileSync(passwordFile, 'primary password\n', { mode: 0o600 });
    certutil(profile, '-N', '-f', passwordFile);
    const before = snapshot(profile);
    await expect(client.mail.export(target)).rejects.toMatchObject({ code: 'client.locked' });
    await expect(client.mail.export({ ...target, profilePassword: secret('another') })).rejects.toMatchObject({ code: 'client.locked' });
    expect(snapshot(profile)).toEqual(before);
    await client.mail.export({ ...target, profilePassword: secret('primary password') });
    expect(await client.mail.check({ ...target, profilePassword: secret('primary password') })).toMatchObject({ isReady: true });
    expect(certutil(profile, '-K', '-f', passwordFile).said.match(/^<\s*\d+>/gm)).toHaveLength(2);
  });
});

describe('what is refused, with nothing changed', () => {
  it('a profile that Thunderbird has open here or on another computer, but not one whose lock was left behind', async () => {
    const setting = await practiceWithProfile();
    const { client, target, profile } = setting;
    for (const lock of [`127.0.0.1:+${process.pid}`, '192.0.2.1:+1']) {
      symlinkSync(lock, join(profile, 'lock'));
      const before = snapshot(profile);
      await expect(client.mail.export(target)).rejects.toMatchObject({ code: 'client.open' });
      expect(snapshot(profile)).toEqual(before);
      unlinkSync(join(profile, 'lock'));
    }
    symlinkSync('127.0.0.1:+4194305', join(profile, 'lock'));
    await client.mail.export(target);
    expect(await codesOf(setting)).toEqual([]);
  });

  it('a profile that sends as somebody else, one that is not there, and one whose settings are no settings', async () => {
    const { client, target, profile, directory } = await practiceWithProfile();
    const other = newProfile(directory, 'bo@ridgeway.example', 'other');
    await expect(client.mail.export({ ...target, target: other })).rejects.toMatchObject({
      code: 'client.no-identity',
      details: { addresses: ['bo@ridgeway.example'] },
    });
    await expect(client.mail.export({ ...target, target: join(directory, 'nowhere') })).rejects.toMatchObject({ code: 'not-found' });
    await expect(client.mail.export({ ...target, target: 'profile' })).rejects.toMatchObject({ code: 'not-found' });
    writeFileSync(join(profile, 'prefs.js'), `${accountOf(address)}eval("1");\n`);
    const before = snapshot(profile);
    await expect(client.mail.export(target)).rejects.toMatchObject({ code: 'client.unreadable' });
    expect(snapshot(profile)).toEqual(before);
  });

  it('somebody whose certificates are revoked, or who has none', async () => {
    const { client, target, person, profile, directory } = await practiceWithProfile();
    const before = snapshot(profile);
    const { certificates } = await client.people.show({ person });
    await client.certificates.revoke({ certificates: certificates.map(({ id }) => id), reason: 'keyCompromise' });
    await expect(client.mail.export(target)).rejects.toMatchObject({ code: 'client.no-certificate' });
    expect(snapshot(profile)).toEqual(before);
    const { person: bo } = await client.people.add({ name: 'Bo', emails: ['bo@ridgeway.example'] });
    const other = newProfile(directory, 'bo@ridgeway.example', 'other');
    await expect(client.mail.export({ ...target, person: bo, target: other })).rejects.toMatchObject({ code: 'client.no-certificate' });
  });

  it('somebody whose key lives on a card: there is nothing to take along', async () => {
    const { client, target, profile, workspace } = await practiceWithProfile();
    const database = new DatabaseSync(join(workspace, 'keyward.db'));
    database.exec("update key set store = 'token' where usage = 'sign' and personId is not null");
    database.close();
    const before = snapshot(profile);
    await expect(client.mail.export(target)).rejects.toMatchObject({ code: 'unsupported' });
    expect(snapshot(profile)).toEqual(before);
  });

  it('a profile that is not named where several could be meant; the one that is the default otherwise', async () => {
    const { client, person, directory } = await practiceWithProfile();
    const root = join(directory, '.thunderbird');
    mkdirSync(root);
    const profiles = ['one', 'two'].map((name) => newProfile(root, address, name));
    const list = (chosen: string) =>
      writeFileSync(
        join(root, 'profiles.ini'),
        `[Profile0]\nName=one\nIsRelative=1\nPath=one\n[Profile1]\nName=two\nIsRelative=1\nPath=two\n${chosen}`,
      );
    list('');
    const request = { person, client: 'thunderbird' } as const;
    await expect(client.mail.plan(request)).rejects.toMatchObject({ code: 'client.no-profile', details: { profiles } });
    list('[InstallABC]\nDefault=two\n');
    expect((await client.mail.plan(request)).profile).toMatchObject({ path: profiles[1], name: 'two', isDefault: true });
    expect(await client.mail.clients({})).toMatchObject({
      clients: [
        { id: 'thunderbird', isInstalled: true, profiles: [{ name: 'one' }, { name: 'two', identities: [{ key: 'id1', address }] }] },
      ],
    });
  });
});

describe('a profile that would not sign and encrypt', () => {
  it('is found out, whatever was taken away', async () => {
    const setting = await practiceWithProfile();
    const { client, target, profile } = setting;
    await client.mail.export(target);
    const root = [...listed(profile)].find(([, trust]) => trust === ',C,')?.[0] ?? '';
    const nicknames = ownNicknames(profile);
    const spoil: Readonly<Record<string, (copy: string) => void>> = {
      'no-name': (copy) => editPreferences(copy, /(signing_cert_name", )"[^"]+"/, '$1""'),
      'nothing-chosen': (copy) => editPreferences(copy, /user_pref\("[^"]*encryption_cert_dbkey"[^\n]*\n/, ''),
      'other-certificate': (copy) => editPreferences(copy, /(encryption_cert_dbkey", "AAAAAAAAAAAAAA.)./, '$1Z'),
      'not-accepted': (copy) => expect(certutil(copy, '-M', '-n', root, '-t', ',,').isGood).toBe(true),
      'wrong-address': (copy) => editPreferences(copy, /(useremail", )"[^"]+"/, '$1"bo@ridgeway.example"'),
      'certificate-missing': (copy) => nicknames.forEach((name) => certutil(copy, '-F', '-n', name)),
      'not-signing': (copy) => editPreferences(copy, /(sign_mail", )true/, '$1false'),
      'other-technology': (copy) => editPreferences(copy, /(e2etechpref", )1/, '$12'),
      'key-missing': (copy) => unlinkSync(join(copy, 'key4.db')),
    };
    expect(await codesOf(setting, copyOf(profile, 'whole'))).toEqual([]);
    for (const [code, act] of Object.entries(spoil)) {
      const copy = copyOf(profile, code);
      act(copy);
      expect(await codesOf(setting, copy), code).toContain(code);
    }
  });

  it('is of no use to anybody else: their check finds no account of theirs', async () => {
    const setting = await practiceWithProfile();
    await setting.client.mail.export(setting.target);
    const { person } = await setting.client.people.add({ name: 'Bo', emails: ['bo@ridgeway.example'] });
    expect(await codesOf({ ...setting, target: { ...setting.target, person } })).toEqual(['no-identity']);
  });

  it('is found out when a certificate in it is revoked', async () => {
    const setting = await practiceWithProfile();
    const { client, target, person } = setting;
    await client.mail.export(target);
    const { certificates } = await client.people.show({ person });
    await client.certificates.revoke({ certificates: certificates.map(({ id }) => id), reason: 'keyCompromise' });
    expect(await codesOf(setting)).toEqual(['revoked']);
    expect((await client.people.show({ person })).mailSetups).toMatchObject([{ isCurrent: false }]);
  });
});

describe('whatever fails on the way, the profile is as it was, octet by octet', () => {
  /** Counts acts of a kind, and lets the one whose turn it is fail. */
  function failing() {
    const state = { turn: Infinity, count: 0 };
    const mayFail = () => {
      if (state.count++ === state.turn) throw new AppError('store.full', 'The disk is full.');
    };
    return { state, mayFail };
  }

  it.each(['absent', 'present'] as const)('with databases %s before', async (databases) => {
    const { state, mayFail } = failing();
    const setting = await practiceWithProfile({
      run: async (run) => {
        if (databases === 'absent') mayFail();
        return runTool(run);
      },
      replace: (path, file) => {
        mayFail();
        replaceFile(path, file);
      },
    });
    const { client, target, profile, directory, temporary } = setting;
    if (databases === 'present') {
      certutil(profile, '-N', '--empty-password');
      writeFileSync(join(profile, 'user.js'), 'user_pref("mail.identity.id1.e2etechpref", 2);\n', { mode: 0o640 });
      chmodSync(join(profile, 'user.js'), 0o640);
    }
    const whole = copyOf(profile, 'whole');
    await client.mail.export({ ...target, target: whole });
    const acts = state.count;
    expect(acts).toBeGreaterThan(databases === 'absent' ? 15 : 3);
    const before = snapshot(profile);
    for (state.turn = 0; state.turn < acts; state.turn++) {
      state.count = 0;
      await expect(client.mail.export(target), `act ${state.turn} of ${acts}`).rejects.toMatchObject({ code: 'store.full' });
      expect(snapshot(profile), `act ${state.turn} of ${acts}`).toEqual(before);
      expect(readdirSync(temporary)).toEqual([]);
    }
    expect(existsSync(join(directory, 'profile/.keyward-undo'))).toBe(false);
    state.turn = Infinity;
    await client.mail.export(target);
    expect(await codesOf(setting)).toEqual([]);
  });

  it('when it cannot be recorded that it was done', async () => {
    const workspace = { directory: '' };
    const setting = await practiceWithProfile({}, (client) => ({
      ...client,
      apply: async (...request) => {
        const change = await client.apply(...request);
        const database = new DatabaseSync(join(workspace.directory, 'keyward.db'));
        database.exec('delete from mailSetup');
        database.close();
        return change;
      },
    }));
    workspace.directory = setting.workspace;
    const before = snapshot(setting.profile);
    await expect(setting.client.mail.export(setting.target)).rejects.toMatchObject({ code: 'stale' });
    expect(snapshot(setting.profile)).toEqual(before);
  });

  it('when what was written does not read back as it should', async () => {
    const lost = { isLosing: false };
    const setting = await practiceWithProfile({
      replace: (path, file) =>
        replaceFile(
          path,
          lost.isLosing && path.endsWith('prefs.js') && file ? { ...file, content: Buffer.from(accountOf(address)) } : file,
        ),
    });
    const { client, target, profile } = setting;
    const before = snapshot(profile);
    lost.isLosing = true;
    await expect(client.mail.export(target)).rejects.toMatchObject({
      code: 'client.not-ready',
      details: { findings: ['nothing-chosen', 'not-signing', 'other-technology'] },
    });
    expect(snapshot(profile)).toEqual(before);
    const [entry] = (await client.audit.list({ actions: ['mail.export'] })).entries;
    expect(entry).toMatchObject({ outcome: 'refused', error: 'client.not-ready' });
  });
});
