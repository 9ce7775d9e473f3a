import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysWithSameModulus } from '../domain/key/broken-rsa.ts';
import { deskWithPractice, type Desk } from './support/command-line.ts';
import { makeOutsideAuthority, type OutsideAuthority } from './support/outside-authority.ts';

interface Item {
  readonly file: string;
  readonly verdict: string;
  readonly certificate: { readonly sha256: string; readonly emails: readonly string[]; readonly isOurs: boolean } | null;
  readonly hasKey: boolean;
  readonly isOld: boolean;
  readonly person: { readonly name: string } | null;
  readonly findings: readonly string[];
  readonly error: { readonly code: string; readonly hint: string } | null;
}

interface Imported {
  readonly imported: boolean;
  readonly items: readonly Item[];
  readonly certificates: readonly string[];
  readonly keys: readonly string[];
}

async function deskWithPeople(): Promise<{ desk: Desk; outside: OutsideAuthority }> {
  const desk = await deskWithPractice();
  await desk.json(
    'people',
    'import',
    desk.put('staff.csv', 'name,email\nAda Lovelace,ada@ridgeway.example\nBob Ray,bob@ridgeway.example\n'),
  );
  desk.put('password', 'geheim\n');
  return { desk, outside: makeOutsideAuthority(desk.directory) };
}

/** A key and a certificate of the outside authority for a mailbox; the names of their files, PEM. */
function issue(
  outside: OutsideAuthority,
  mailbox: string,
  { usage = 'digitalSignature,keyEncipherment', key = 'rsa:2048', more = '-days 365' } = {},
) {
  const name = `${mailbox.split('@')[0]}-${Math.random().toString(36).slice(2, 8)}`;
  const extensions = `-addext subjectAltName=email:${mailbox} -addext keyUsage=critical,${usage} -addext extendedKeyUsage=emailProtection`;
  outside.run(`req -newkey ${key} -nodes -keyout ${name}.key -out ${name}.csr -subj /CN=${name} ${extensions}`);
  return { key: outside.path(`${name}.key`), certificate: outside.sign(outside.path(`${name}.csr`), more), name };
}

/** As people are given one: .p12 with the chain. */
function pfxOf(outside: OutsideAuthority, { key, certificate, name }: ReturnType<typeof issue>, more = ''): string {
  writeFileSync(
    outside.path('chain.pem'),
    [outside.path('ca.pem'), outside.path('root.pem')].map((file) => readFileSync(file, 'utf8')).join(''),
  );
  writeFileSync(outside.path('pass'), 'geheim');
  outside.run(`pkcs12 -export -inkey ${key} -in ${certificate} -certfile chain.pem -passout file:pass -out ${name}.p12${more}`);
  return outside.path(`${name}.p12`);
}

const openssl = (desk: Desk, line: string) =>
  execFileSync('openssl', line.split(' '), { cwd: desk.directory, encoding: 'utf8', stdio: 'pipe' });

const importing = async (desk: Desk, ...args: readonly string[]) =>
  desk.json<Imported>('certificate', 'import', ...args, '--password-file', desk.path('password'));

async function refusal(desk: Desk, ...args: readonly string[]) {
  const { exit, stdout } = await desk.run(...args, '--json');
  return { exit, ...(JSON.parse(stdout) as { error: { code: string; hint: string } }) };
}

describe('a certificate and its key from elsewhere', () => {
  it.each([
    ['a .p12 of today', ''],
    ['a .p12 of old', ' -legacy'],
  ])('come in out of %s, are shown as issued elsewhere, open what openssl encrypts to them, and leave again', async (_, more) => {
    const { desk, outside } = await deskWithPeople();
    const made = issue(outside, 'Ada@ridgeway.example');
    const file = pfxOf(outside, made, more);
    const preview = await importing(desk, file);
    expect(preview).toMatchObject({ imported: false });
    expect(preview.items.map(({ verdict }) => verdict).toSorted()).toEqual(['chain', 'chain', 'take']);
    expect((await desk.json<{ certificates: object[] }>('certificate', 'list')).certificates).toHaveLength(2);
    const { certificates, keys, items } = await importing(desk, file, '--yes');
    expect(items.find(({ verdict }) => verdict === 'take')).toMatchObject({ person: { name: 'Ada Lovelace' }, hasKey: true, findings: [] });
    expect([certificates.length, keys.length]).toEqual([1, 1]);
    const [id = ''] = certificates;
    expect(await desk.json('certificate', 'show', id)).toMatchObject({
      profile: 'outside',
      keyStore: 'vault',
      keyState: 'active',
      purpose: 'dual',
      personName: 'Ada Lovelace',
      issuerName: 'Public-Mail',
      isOurs: false,
      validation: { valid: true },
    });
    desk.put('letter', 'Content-Type: text/plain\n\nto Ada\n');
    openssl(desk, `cms -encrypt -aes256 -in letter -from a@b.example -out sealed.eml ${made.certificate}`);
    await desk.json('mail', 'open', desk.path('sealed.eml'), '--reason', 'She is ill', '--out', desk.path('opened.eml'));
    expect(readFileSync(desk.path('opened.eml'), 'utf8')).toContain('to Ada');
    const out = ['--format', 'p12-modern', '--password-file', desk.path('password'), '--out', desk.path('again.p12')];
    await desk.json('certificate', 'export', id, ...out);
    openssl(desk, 'pkcs12 -in again.p12 -passin file:password -nodes -out again.pem');
    expect(readFileSync(desk.path('again.pem'), 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    expect(openssl(desk, 'pkey -in again.pem -pubout')).toBe(openssl(desk, `x509 -in ${made.certificate} -noout -pubkey`));
  });

  it('are neither revoked nor renewed here, and say who can', async () => {
    const { desk, outside } = await deskWithPeople();
    const { certificates } = await importing(desk, pfxOf(outside, issue(outside, 'ada@ridgeway.example')), '--yes');
    const elsewhere = { exit: 2, error: { code: 'input.issued-elsewhere', hint: expect.stringContaining('authority') } };
    expect(await refusal(desk, 'certificate', 'revoke', certificates[0] ?? '', '--reason', 'superseded', '--yes')).toMatchObject(elsewhere);
    expect(await refusal(desk, 'certificate', 'renew', 'ada@ridgeway.example')).toMatchObject(elsewhere);
  });

  it('come in from a folder of PEM, DER, encrypted PKCS #8 and PKCS #7 at once, each key with its certificate, in one entry of the log', async () => {
    const { desk, outside } = await deskWithPeople();
    const folder = join(desk.directory, 'brought');
    mkdirSync(join(folder, 'below'), { recursive: true });
    const [sign, encrypt, bob] = [
      issue(outside, 'ada@ridgeway.example', { usage: 'digitalSignature' }),
      issue(outside, 'ada@ridgeway.example', { usage: 'keyEncipherment' }),
      issue(outside, 'bob@ridgeway.example', { key: 'ec -pkeyopt ec_paramgen_curve:P-256', usage: 'keyAgreement' }),
    ];
    outside.run(`x509 -in ${sign.certificate} -outform DER -out ${join(folder, 'sign.bin')}`);
    outside.run(`pkcs8 -topk8 -in ${sign.key} -passout pass:geheim -out ${join(folder, 'sign.key')}`);
    outside.run(`rsa -in ${encrypt.key} -aes256 -passout pass:geheim -traditional -out ${join(folder, 'old.pem')}`);
    outside.run(
      `crl2pkcs7 -nocrl -certfile ${encrypt.certificate} -certfile ${bob.certificate} -certfile ca.pem -out ${join(folder, 'all.p7b')}`,
    );
    outside.run(`ec -in ${bob.key} -outform DER -out ${join(folder, 'below', 'bob')}`);
    const { items, certificates, keys } = await importing(desk, folder, '--yes');
    const taken = items.filter(({ verdict }) => verdict === 'take');
    expect(taken.map(({ hasKey, person }) => `${person?.name} ${hasKey}`).toSorted()).toEqual([
      'Ada Lovelace true',
      'Ada Lovelace true',
      'Bob Ray true',
    ]);
    const { entries } = await desk.json<{ entries: { action: string; outcome: string; subject: Record<string, readonly string[]> }[] }>(
      'audit',
      'list',
    );
    const [entry, ...more] = entries.filter(({ action }) => action === 'certificate.import');
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ outcome: 'success', subject: { certificates, keys } });
    expect(entry?.subject['people']).toHaveLength(2);
    expect(JSON.stringify(entries)).not.toContain('geheim');
  });

  it('that open mail are in the escrow as well, and those that only sign are not', async () => {
    const { desk, outside } = await deskWithPeople();
    for (const usage of ['digitalSignature', 'keyEncipherment'])
      await importing(desk, pfxOf(outside, issue(outside, 'ada@ridgeway.example', { usage })), '--yes');
    const files = ['--new-passphrase-file', desk.put('his', 'six words that Ben made up\n'), '--recovery-code-file', desk.path('his-code')];
    await desk.json('operator', 'add', 'Ben', '--role', 'security-officer', ...files);
    const { people } = await desk.json<{ people: { id: string; name: string }[] }>('people', 'list', '--as', 'admin');
    const ada = people.find(({ name }) => name === 'Ada Lovelace')?.id ?? '';
    const order = [ada, '--reason', 'Old letters', '--for', 'Dr. Lee', '--as', 'admin'];
    const { request } = await desk.json<{ request: string }>('escrow', 'recover', ...order);
    await desk.json('escrow', 'approve', request, '--as', 'Ben', '--passphrase-file', desk.path('his'));
    const out = ['--password-file', desk.path('password'), '--out', desk.path('keys.p12'), '--as', 'admin'];
    await desk.json('escrow', 'deliver', request, ...out);
    openssl(desk, 'pkcs12 -in keys.p12 -passin file:password -nodes -out keys.pem');
    expect(readFileSync(desk.path('keys.pem'), 'utf8').match(/BEGIN PRIVATE KEY/g)).toHaveLength(1);
    expect(openssl(desk, 'x509 -in keys.pem -noout -ext keyUsage')).toContain('Key Encipherment');
  });

  it('that have ended come in for old mail: the key opens it, and the newer one stays in use', async () => {
    const { desk, outside } = await deskWithPeople();
    const old = issue(outside, 'ada@ridgeway.example', { usage: 'keyEncipherment', more: '-days -1' });
    const now = await importing(desk, pfxOf(outside, issue(outside, 'ada@ridgeway.example', { usage: 'keyEncipherment' })), '--yes');
    const { items, certificates } = await importing(desk, pfxOf(outside, old), '--yes');
    expect(items.find(({ verdict }) => verdict === 'take')).toMatchObject({ isOld: true, findings: ['path.expired'] });
    const show = (id = '') => desk.json<object>('certificate', 'show', id);
    expect(await show(certificates[0])).toMatchObject({ isCurrent: false, keyState: 'deactivated', status: 'expired' });
    expect(await show(now.certificates[0])).toMatchObject({ isCurrent: true, keyState: 'active' });
    desk.put('letter', 'Content-Type: text/plain\n\nlong ago\n');
    openssl(desk, `cms -encrypt -aes256 -in letter -from a@b.example -out sealed.eml ${old.certificate}`);
    await desk.json('mail', 'open', desk.path('sealed.eml'), '--reason', 'A question', '--out', desk.path('opened.eml'));
    expect(readFileSync(desk.path('opened.eml'), 'utf8')).toContain('long ago');
  });

  it('that nobody is known to have issued come in, and are never said to hold', async () => {
    const { desk, outside } = await deskWithPeople();
    const extensions = '-addext subjectAltName=email:bob@ridgeway.example -addext keyUsage=digitalSignature,keyEncipherment';
    openssl(
      desk,
      `req -x509 -newkey rsa:2048 -nodes -keyout self.key -out self.pem -subj /CN=Bob -addext basicConstraints=CA:FALSE ${extensions}`,
    );
    const orphan = issue(outside, 'ada@ridgeway.example');
    const { certificates, items } = await importing(
      desk,
      desk.path('self.pem'),
      desk.path('self.key'),
      orphan.certificate,
      orphan.key,
      '--yes',
    );
    expect(items.map(({ verdict, findings }) => [verdict, findings])).toEqual([
      ['take', ['path.unknown-issuer']],
      ['take', ['path.unknown-issuer']],
    ]);
    for (const id of certificates) {
      const shown = await desk.json<{ validation: { valid: boolean; findings: { code: string }[] }; chain: object[] }>(
        'certificate',
        'show',
        id,
      );
      expect(shown.validation).toMatchObject({ valid: false, findings: [{ code: 'path.unknown-issuer' }] });
      expect(shown.chain).toHaveLength(1);
      const out = ['--format', 'p12-modern', '--password-file', desk.path('password'), '--out', desk.path('one.p12')];
      await desk.json('certificate', 'export', id, ...out);
      openssl(desk, 'pkcs12 -in one.p12 -passin file:password -nodes -out one.pem');
      expect(readFileSync(desk.path('one.pem'), 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
    }
  });
});

describe('whose a certificate from elsewhere is', () => {
  it('is asked where nobody here has its mailboxes, and taken from who says so', async () => {
    const { desk, outside } = await deskWithPeople();
    const file = pfxOf(outside, issue(outside, 'ada@old-practice.example'));
    const { items } = await importing(desk, file);
    const item = items.find(({ verdict }) => verdict === 'whose');
    expect(item).toMatchObject({ person: null, certificate: { emails: ['ada@old-practice.example'] } });
    expect(await refusal(desk, 'certificate', 'import', file, '--password-file', desk.path('password'), '--yes')).toMatchObject({
      exit: 2,
      error: { code: 'input.nothing-to-take', hint: expect.stringContaining('preview') },
    });
    const { certificates } = await importing(
      desk,
      file,
      '--yes',
      '--owner',
      `${item?.certificate?.sha256.slice(0, 10)}=ada@ridgeway.example`,
    );
    expect(await desk.json('certificate', 'show', certificates[0] ?? '')).toMatchObject({ personName: 'Ada Lovelace' });
  });

  it('cannot be said to be anybody else where its mailboxes are somebody’s', async () => {
    const { desk, outside } = await deskWithPeople();
    const file = pfxOf(outside, issue(outside, 'ada@ridgeway.example'));
    const sha256 = (await importing(desk, file)).items.find(({ verdict }) => verdict === 'take')?.certificate?.sha256 ?? '';
    const { items } = await importing(desk, file, '--owner', `${sha256}=bob@ridgeway.example`);
    expect(items.find(({ certificate }) => certificate?.sha256 === sha256)).toMatchObject({
      verdict: 'refused',
      error: { code: 'conflict' },
    });
  });
});

describe('of what is brought', () => {
  it('what is here already is named, and the private key of a certificate whose key was elsewhere comes to it', async () => {
    const { desk, outside } = await deskWithPeople();
    const made = issue(outside, 'ada@ridgeway.example');
    const chain = [outside.path('ca.pem'), outside.path('root.pem')];
    const first = await importing(desk, made.certificate, ...chain, '--yes');
    expect(await desk.json('certificate', 'show', first.certificates[0] ?? '')).toMatchObject({ keyStore: 'elsewhere' });
    const second = await importing(desk, made.key, '--yes');
    expect(second).toMatchObject({ items: [{ verdict: 'key' }], certificates: first.certificates, keys: [expect.any(String)] });
    expect(await desk.json('certificate', 'show', first.certificates[0] ?? '')).toMatchObject({ keyStore: 'vault' });
    const third = await importing(desk, pfxOf(outside, made));
    expect(new Set(third.items.map(({ verdict }) => verdict))).toEqual(new Set(['known']));
    const { findings } = JSON.parse((await desk.run('key', 'check-inventory', '--json')).stdout) as { findings: object[] };
    expect(findings).toEqual([]);
  });

  it.each<[string, string, (desk: Desk, outside: OutsideAuthority) => Promise<readonly string[]> | readonly string[]]>([
    [
      'a key that is too small',
      'input.unsupported-algorithm',
      (_, outside) => [pfxOf(outside, issue(outside, 'ada@ridgeway.example', { key: 'rsa:1024' }))],
    ],
    [
      'a key whose parts do not belong together',
      'input.broken-key',
      (desk, outside) => {
        const made = issue(outside, 'ada@ridgeway.example', { key: 'ec -pkeyopt ec_paramgen_curve:P-256' });
        const der = openssl(desk, `pkcs8 -topk8 -nocrypt -in ${made.key}`);
        const octets = Buffer.from(der.replaceAll(/-----.*-----|\n/g, ''), 'base64');
        octets[40] = (octets[40] ?? 0) ^ 1;
        return [desk.put('broken.key', octets)];
      },
    ],
    [
      'a certificate that was changed after it was signed',
      'path.signature',
      (_, outside) => {
        const { certificate } = issue(outside, 'ada@ridgeway.example');
        outside.run(`x509 -in ${certificate} -outform DER -out forged.der`);
        const der = readFileSync(outside.path('forged.der'));
        der.write('bob', der.lastIndexOf(Buffer.from('ada@ridgeway.example')));
        writeFileSync(outside.path('forged.der'), der);
        return [outside.path('forged.der'), outside.path('ca.pem')];
      },
    ],
    [
      'a key on a list of keys in other hands',
      'input.compromised-key',
      async (desk, outside) => {
        const made = issue(outside, 'ada@ridgeway.example');
        outside.run(`pkey -in ${made.key} -pubout -outform DER -out lost.spki`);
        await desk.json('key', 'compromised', 'add', desk.put('lost.txt', outside.run('dgst -sha256 -r lost.spki').slice(0, 64)));
        return [pfxOf(outside, made)];
      },
    ],
    [
      'two keys with one modulus',
      'input.weak-key',
      (_, outside) =>
        keysWithSameModulus().flatMap((key, at) => {
          writeFileSync(outside.path(`same${at}.key`), key.export({ format: 'pem', type: 'pkcs8' }));
          outside.run(`req -new -key same${at}.key -out same${at}.csr -subj /CN=Same -addext subjectAltName=email:ada@ridgeway.example`);
          return [outside.path(`same${at}.key`), outside.sign(outside.path(`same${at}.csr`))];
        }),
    ],
    [
      'a file under another password',
      'input.wrong-password',
      (desk, outside) => {
        const { key } = issue(outside, 'ada@ridgeway.example');
        openssl(desk, `pkcs8 -topk8 -in ${key} -passout pass:anders -out locked.key`);
        return [desk.path('locked.key')];
      },
    ],
    [
      'a file that holds neither',
      'unsupported',
      (desk) => {
        openssl(desk, 'req -newkey rsa:2048 -nodes -keyout r.key -out r.csr -subj /CN=r');
        return [desk.path('r.csr')];
      },
    ],
  ])('%s is refused as %s, by itself, and nothing is changed', async (_, code, give) => {
    const { desk, outside } = await deskWithPeople();
    const files = await give(desk, outside);
    const { items } = await importing(desk, ...files);
    expect(items.filter(({ verdict }) => verdict === 'take' || verdict === 'key')).toEqual([]);
    expect(items.find(({ verdict }) => verdict === 'refused')).toMatchObject({ error: { code, hint: expect.any(String) } });
    expect(await refusal(desk, 'certificate', 'import', ...files, '--password-file', desk.path('password'), '--yes')).toMatchObject({
      exit: 2,
      error: { code: 'input.nothing-to-take' },
    });
    expect((await desk.json<{ certificates: object[] }>('certificate', 'list')).certificates).toHaveLength(2);
  });

  it('the key of an authority, and a key without a certificate, stay outside and are told where they go', async () => {
    const { desk, outside } = await deskWithPeople();
    writeFileSync(
      outside.path('lone.key'),
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }),
    );
    const { items } = await importing(desk, outside.path('ca.pem'), outside.path('ca.key'), outside.path('lone.key'));
    expect(items.map(({ verdict }) => verdict)).toEqual(['authority', 'alone']);
  });
});

it.each<[string, (desk: Desk, home: string, p12: string) => void]>([
  [
    'certutil and pk12util',
    (desk, home, p12) => {
      const [database, password] = [`sql:${home}`, desk.path('password')];
      writeFileSync(join(home, 'empty'), '\n');
      const run = (program: string, ...args: readonly string[]) =>
        execFileSync(program, [...args, '-d', database], { cwd: desk.directory, stdio: 'pipe' });
      run('certutil', '-N', '--empty-password');
      run('pk12util', '-i', p12, '-w', password, '-k', join(home, 'empty'));
      run('pk12util', '-o', desk.path('made.p12'), '-n', 'theirs', '-w', password, '-k', join(home, 'empty'));
    },
  ],
  [
    'gpgsm',
    (desk, home, p12) => {
      const env = { ...process.env, GNUPGHOME: home };
      const run = (...args: readonly string[]) => {
        const quiet = ['--batch', '--disable-dirmngr', '--pinentry-mode', 'loopback', '--passphrase-fd', '0'];
        execFileSync('gpgsm', [...quiet, ...args], { cwd: desk.directory, stdio: 'pipe', env, input: 'geheim\n' });
      };
      try {
        run('--import', p12);
        run('--output', desk.path('made.p12'), '--export-secret-key-p12', 'ada@ridgeway.example');
      } finally {
        execFileSync('gpgconf', ['--kill', 'all'], { env });
      }
    },
  ],
])('what %s write of a key comes in', async (_, make) => {
  const { desk, outside } = await deskWithPeople();
  const p12 = pfxOf(outside, issue(outside, 'ada@ridgeway.example'), ' -legacy -name theirs');
  make(desk, mkdtempSync(join(tmpdir(), 'kw-')), p12);
  const { items, keys } = await importing(desk, desk.path('made.p12'), '--yes');
  expect(items.find(({ verdict }) => verdict === 'take')).toMatchObject({ hasKey: true, person: { name: 'Ada Lovelace' } });
  expect(keys).toHaveLength(1);
});
