import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../main/contract/client.ts';
import { deliverableKitIds, mailKitIds, type MailKitId } from '../../main/domain/mail-client/kit/kits.ts';
import { privateDirectory, run } from '../domain/pfx/engines.ts';
import { enroll, newPractice } from '../services/support/practice.ts';
import { appleProfile, gmailSmimeInfo, graphUserPfx } from './support/published-shapes.ts';
import { chooseSender } from './support/correspondent.ts';

const address = 'ada@ridgeway.example';

/** A practice with two people: keys of RSA, and on a curve. */
async function practice() {
  const made = await newPractice();
  const add = async (name: string, algorithm: string) => {
    const { person } = await made.client.people.add({ name, emails: [`${name}@ridgeway.example`] });
    await enroll(made, [person], { algorithm });
    return person;
  };
  return { ...made, ada: await add('ada', 'rsa-2048'), bo: await add('bo', 'p256') };
}

/** A kit in a folder of its own, and openssl with its password in a file. */
async function unpack(client: Client, person: string, kit: MailKitId) {
  const directory = privateDirectory();
  const { files, password } = await client.mail.kit({ person, client: kit });
  for (const { name, bytes } of files) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), bytes, { mode: 0o600 });
  }
  const secret = Buffer.from(password?.reveal() ?? []).toString();
  writeFileSync(join(directory, '.password'), secret, { mode: 0o600 });
  const read = (name: string) => readFileSync(join(directory, name));
  const text = (name: string) => read(name).toString('utf8');
  const names = files.map(({ name }) => name).toSorted();
  /** The private keys and certificates openssl finds in a PFX, and how it is locked. */
  const pfx = (name: string) => {
    const { succeeded, output } = run('openssl', ['pkcs12', '-in', name, '-passin', 'file:.password', '-nodes', '-info', '-legacy'], {
      cwd: directory,
    });
    expect(succeeded, output).toBe(true);
    const count = (what: string) => output.split(`-----BEGIN ${what}-----`).length - 1;
    return { keys: count('PRIVATE KEY'), certificates: count('CERTIFICATE'), isModern: output.includes('AES-256-CBC') };
  };
  const certificate = (name: string) => run('openssl', ['x509', '-inform', 'DER', '-in', name, '-noout', '-subject'], { cwd: directory });
  return { directory, names, read, text, pfx, certificate, secret, octets: Buffer.concat(files.map(({ bytes }) => bytes)) };
}

/** What plistlib reads, as JSON; octets as base64. */
function readPlist(path: string): { readonly PayloadContent: readonly Record<string, string>[]; readonly PayloadType: string } {
  const program =
    'import base64,json,plistlib,sys\n' +
    'print(json.dumps(plistlib.load(open(sys.argv[1],"rb")),default=lambda b: base64.b64encode(b).decode()))';
  const { stdout, status } = spawnSync('python3', ['-c', program, path], { encoding: 'utf8' });
  expect(status).toBe(0);
  return JSON.parse(stdout) as ReturnType<typeof readPlist>;
}

/** The same with its octets told apart from its text. */
function readWholePlist(path: string): unknown {
  const program =
    'import base64,json,plistlib,sys\n' +
    'print(json.dumps(plistlib.load(open(sys.argv[1],"rb")),default=lambda b: {"data": base64.b64encode(b).decode()}))';
  return JSON.parse(spawnSync('python3', ['-c', program, path], { encoding: 'utf8' }).stdout);
}

describe('what a mail program elsewhere takes', () => {
  it('says who made it, on Apple devices: by the practice’s own mailbox, where it has one, as openssl verifies under its root alone', async () => {
    const made = await practice();
    const sender = await chooseSender(made);
    const { directory, read } = await unpack(made.client, made.ada, 'apple');
    for (const { id: authority, parentId } of (await made.client.authorities.list({})).authorities)
      writeFileSync(
        join(directory, parentId === null ? 'root.pem' : 'issuing.pem'),
        (await made.client.authorities.export({ authority, format: 'pem' })).bytes,
      );
    const verify = (anchor: string, file: string) =>
      run('openssl', ['cms', '-verify', '-inform', 'DER', '-in', file, '-CAfile', anchor, '-signer', 'signer.pem', '-out', 'opened'], {
        cwd: directory,
      });
    const name = `${address}.mobileconfig`;
    expect(verify('root.pem', name)).toMatchObject({ succeeded: true });
    expect(run('openssl', ['x509', '-in', 'signer.pem', '-noout', '-email'], { cwd: directory }).output).toContain('keys@ridgeway.example');
    expect(readPlist(join(directory, 'opened'))).toMatchObject({ PayloadType: 'Configuration' });
    const altered = Buffer.from(read(name));
    const at = altered.indexOf('<string>Configuration');
    altered[at + 8] = 'X'.charCodeAt(0);
    writeFileSync(join(directory, 'altered'), altered);
    expect(verify('root.pem', 'altered')).toMatchObject({ succeeded: false });
    run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'o.key', '-subj', '/CN=Other', '-out', 'other.pem'], {
      cwd: directory,
    });
    expect(verify('other.pem', name)).toMatchObject({ succeeded: false });
    await made.client.people.leave({ person: sender });
    const { read: unsigned } = await unpack(made.client, made.ada, 'apple');
    expect(unsigned(name).toString()).toMatch(/^<\?xml/);
  });

  it('is made for every program there is, readable by openssl under the password alone, which is in none of the files', async () => {
    const made = await practice();
    const all = new Map(await Promise.all(mailKitIds.map(async (kit) => [kit, await unpack(made.client, made.ada, kit)] as const)));
    const withKeys = [...all].filter(([kit]) => deliverableKitIds.includes(kit)).map(([, kit]) => kit);
    for (const { secret, octets, names } of withKeys) {
      expect(names.length).toBeGreaterThan(0);
      expect(secret).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){5}$/);
      expect(octets.includes(secret)).toBe(false);
    }
    const get = (kit: MailKitId) => {
      const found = all.get(kit);
      if (found === undefined) throw new Error(kit);
      return found;
    };
    expect(get('exchange-online').secret).toBe('');

    const [modern, older] = [get('outlook'), get('outlook-older')];
    expect(modern.pfx(`${address}.pfx`)).toEqual({ keys: 2, certificates: 4, isModern: true });
    expect(older.pfx(`${address}.pfx`)).toEqual({ keys: 2, certificates: 4, isModern: false });
    expect(modern.names).toEqual([`${address}.pfx`, 'install.ps1', 'issuing-1.cer', 'outlook-policy.reg', 'root-1.cer']);
    for (const name of ['issuing-1.cer', 'root-1.cer']) expect(modern.certificate(name)).toMatchObject({ succeeded: true });
    expect(modern.text('install.ps1')).toMatch(/Import-PfxCertificate .*Cert:\\CurrentUser\\My/);
    expect(modern.text('install.ps1').match(/'[0-9A-F]{40}'/g)).toHaveLength(2);
    expect(modern.text('outlook-policy.reg')).toMatch(/^Windows Registry Editor Version 5\.00\r\n/);

    const store = get('exchange-online').read('authorities.sst');
    const length = store.readUInt32LE(16);
    expect([store.readUInt32LE(0), store.toString('latin1', 4, 8), store.readUInt32LE(8), store.readUInt32LE(12)]).toEqual([
      0,
      'CERT',
      32,
      1,
    ]);
    expect(store.subarray(20, 22)).toEqual(Buffer.from([0x30, 0x82]));
    expect(store.readUInt32LE(20 + length)).toBe(32);
    expect(store.subarray(-12)).toEqual(Buffer.alloc(12));
    expect(get('exchange-online').octets.includes('PRIVATE')).toBe(false);

    const intune = get('intune');
    for (const [use, purpose] of [
      ['sign', 'smimeSigning'],
      ['encrypt', 'smimeEncryption'],
    ]) {
      expect(JSON.parse(intune.text(`${address}-${use}.json`))).toMatchObject({
        '@odata.type': '#microsoft.graph.userPFXCertificate',
        intendedPurpose: purpose,
        userPrincipalName: address,
        thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/),
        encryptedPfxBlob: intune.read(`${address}-${use}.pfx`).toString('base64'),
      });
      expect(intune.pfx(`${address}-${use}.pfx`)).toMatchObject({ keys: 1, isModern: true });
    }

    const apple = get('apple');
    const profile = readPlist(join(apple.directory, `${address}.mobileconfig`));
    expect(profile.PayloadContent.map(({ PayloadType }) => PayloadType)).toEqual([
      'com.apple.security.root',
      'com.apple.security.pkcs1',
      'com.apple.security.pkcs12',
      'com.apple.security.pkcs12',
    ]);
    expect(profile.PayloadContent.every((payload) => !Object.hasOwn(payload, 'Password'))).toBe(true);
    writeFileSync(join(apple.directory, 'keys.p12'), Buffer.from(profile.PayloadContent[2]?.['PayloadContent'] ?? '', 'base64'));
    expect(apple.pfx('keys.p12')).toMatchObject({ keys: 1 });

    const gmail = get('gmail');
    const body = JSON.parse(gmail.text(`${address}-sign.smimeInfo.json`)) as Record<string, string>;
    expect(Object.keys(body)).toEqual(['pkcs12']);
    writeFileSync(join(gmail.directory, 'keys.p12'), Buffer.from(body['pkcs12'] ?? '', 'base64'));
    expect(gmail.pfx('keys.p12')).toMatchObject({ keys: 1, isModern: false });

    expect(get('android').pfx(`${address}-encrypt.p12`)).toMatchObject({ keys: 1, isModern: false });
    expect(get('direct').names).toEqual([
      'anchors/issuing-1.der',
      'anchors/root-1.der',
      `certificates/${address}-encrypt.der`,
      `certificates/${address}-sign.der`,
      `private/${address}-encrypt.p12`,
      `private/${address}-sign.p12`,
    ]);
    expect(get('direct').certificate(`certificates/${address}-sign.der`)).toMatchObject({ succeeded: true });
    expect(get('gateway').pfx(`${address}.p12`)).toMatchObject({ keys: 2, isModern: true });
    expect(get('files').pfx(`${address}.p12`)).toMatchObject({ keys: 2, isModern: true });

    const entries = (await made.client.audit.list({ actions: ['mail.kit'] })).entries;
    expect(entries).toHaveLength(mailKitIds.length);
    expect(new Set(entries.map(({ subject }) => subject['client']))).toEqual(new Set(mailKitIds));

    for (const kit of ['outlook-older', 'gmail', 'android'] as const)
      await expect(made.client.mail.kit({ person: made.bo, client: kit })).rejects.toMatchObject({
        code: 'client.unfit',
        details: { algorithm: 'p256' },
      });
    expect((await unpack(made.client, made.bo, 'outlook')).pfx('bo@ridgeway.example.pfx')).toMatchObject({ keys: 2 });
    const { person: nobody } = await made.client.people.add({ name: 'Cy', emails: ['cy@ridgeway.example'] });
    await expect(made.client.mail.kit({ person: nobody, client: 'outlook' })).rejects.toMatchObject({ code: 'client.no-certificate' });
  });

  it('keeps to the shapes that Apple, Microsoft and Google publish, and to no more than those', async () => {
    const made = await practice();
    const apple = await unpack(made.client, made.ada, 'apple');
    const profile = readWholePlist(join(apple.directory, `${address}.mobileconfig`));
    expect(appleProfile.safeParse(profile)).toMatchObject({ success: true });
    const [first, ...others] = appleProfile.parse(profile).PayloadContent;
    const named = new Set([first, ...others].map((payload) => payload?.PayloadIdentifier));
    expect(named.size).toBe(others.length + 1);
    for (const wrong of [
      { ...first, PayloadUUID: 'x' },
      { ...first, Password: 'in the open' },
      { ...first, PayloadContent: 'text' },
    ])
      expect(appleProfile.safeParse({ ...(profile as object), PayloadContent: [wrong] }).success).toBe(false);

    const [intune, gmail] = [await unpack(made.client, made.ada, 'intune'), await unpack(made.client, made.ada, 'gmail')];
    for (const use of ['sign', 'encrypt']) {
      expect(graphUserPfx.safeParse(JSON.parse(intune.text(`${address}-${use}.json`)))).toMatchObject({ success: true });
      expect(gmailSmimeInfo.safeParse(JSON.parse(gmail.text(`${address}-${use}.smimeInfo.json`)))).toMatchObject({ success: true });
    }
  });

  it('is asked about before anything is made: which programs a person reads mail in with these keys, and what to issue for the others', async () => {
    const made = await practice();
    const { programs } = await made.client.mail.programs({ person: made.ada });
    expect(programs.filter(({ obstacle }) => obstacle !== null)).toEqual([]);
    expect(programs.map(({ client }) => client)).toEqual(expect.arrayContaining(['outlook', 'apple', 'thunderbird', 'gnupg']));
    const curves = (await made.client.mail.programs({ person: made.bo })).programs;
    const refused = curves.filter(({ obstacle }) => obstacle !== null);
    expect(refused.map(({ client }) => client).toSorted()).toEqual(
      expect.arrayContaining(['claws', 'evolution', 'gmail', 'gnupg', 'kmail', 'neomutt', 'outlook-older']),
    );
    for (const { obstacle } of refused) expect(obstacle).toMatchObject({ code: 'client.unfit', hint: expect.stringContaining('rsa-3072') });
    for (const { client, how } of refused.filter((one) => one.how === 'files'))
      await expect(made.client.mail.kit({ person: made.bo, client: client as MailKitId }), how).rejects.toMatchObject({
        code: 'client.unfit',
      });
    expect(curves.find(({ client }) => client === 'thunderbird')).toMatchObject({ how: 'here', obstacle: null });
    const { person: nobody } = await made.client.people.add({ name: 'Cy', emails: ['cy@ridgeway.example'] });
    const none = (await made.client.mail.programs({ person: nobody })).programs;
    expect(new Set(none.map(({ obstacle }) => obstacle?.code))).toEqual(new Set(['client.no-certificate']));
    await expect(made.client.mail.programs({ person: 'who' })).rejects.toMatchObject({ code: 'not-found' });
  });
});
