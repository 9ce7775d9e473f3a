import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deskWithPractice, type Desk } from './support/command-line.ts';
import { makeOutsideAuthority, type OutsideAuthority } from './support/outside-authority.ts';

interface Accepted {
  readonly certificate: string;
  readonly missing: readonly string[];
  readonly findings: readonly object[];
}

const openssl = (desk: Desk, line: string) =>
  execFileSync('openssl', line.split(' '), { cwd: desk.directory, encoding: 'utf8', stdio: 'pipe' });

async function deskWithAda(): Promise<{ desk: Desk; outside: OutsideAuthority }> {
  const desk = await deskWithPractice();
  await desk.json('people', 'import', desk.put('staff.csv', 'name,email\nAda Lovelace,ada@ridgeway.example\n'));
  return { desk, outside: makeOutsideAuthority(desk.directory) };
}

const request = async (desk: Desk, ...more: readonly string[]) => {
  await desk.json('certificate', 'request', 'ada@ridgeway.example', '--algorithm', 'rsa-2048', '--out', desk.path('ada.csr'), ...more);
  return desk.path('ada.csr');
};

/** The answer in one file, as authorities send it. */
const answers: readonly (readonly [string, (outside: OutsideAuthority, leaf: string) => readonly string[]])[] = [
  [
    'PEM with its chain',
    (outside, leaf) => {
      const chain = [leaf, outside.path('ca.pem'), outside.path('root.pem')].map((file) => readFileSync(file, 'utf8')).join('');
      return [writeBeside(outside, 'chain.pem', chain)];
    },
  ],
  [
    'DER, the chain in files of its own',
    (outside, leaf) => [toDer(outside, leaf), '--chain', outside.path('ca.pem'), '--chain', outside.path('root.pem')],
  ],
  ['PKCS #7, DER', (outside, leaf) => [toPkcs7(outside, leaf, 'DER')]],
  ['PKCS #7, PEM', (outside, leaf) => [toPkcs7(outside, leaf, 'PEM')]],
];

function writeBeside(outside: OutsideAuthority, name: string, text: string): string {
  execFileSync('tee', [outside.path(name)], { input: text, stdio: ['pipe', 'ignore', 'inherit'] });
  return outside.path(name);
}

function toDer(outside: OutsideAuthority, leaf: string): string {
  outside.run(`x509 -in ${leaf} -outform DER -out leaf.der`);
  return outside.path('leaf.der');
}

function toPkcs7(outside: OutsideAuthority, leaf: string, form: 'DER' | 'PEM'): string {
  outside.run(`crl2pkcs7 -nocrl -certfile ca.pem -certfile ${leaf} -certfile root.pem -outform ${form} -out answer.p7b`);
  return outside.path('answer.p7b');
}

describe('a certificate from an authority outside', () => {
  it('is asked for with a request that openssl verifies, for their name and mailboxes, and waits', async () => {
    const { desk } = await deskWithAda();
    const file = await request(desk);
    const text = openssl(desk, `req -in ${file} -noout -verify -text`);
    expect(text).toMatch(/Subject: O = Ridgeway Family Practice, CN = Ada Lovelace/);
    expect(text).toContain('email:ada@ridgeway.example');
    expect(text).toMatch(/Digital Signature, Key Encipherment/);
    expect(text).toContain('E-mail Protection');
    const { requests } = await desk.json<{ requests: object[] }>('certificate', 'requests');
    expect(requests).toMatchObject([{ emails: ['ada@ridgeway.example'], purpose: 'dual' }]);
    await request(desk, '--format', 'der', '--purpose', 'sign');
    expect(openssl(desk, 'req -in ada.csr -inform DER -noout -text')).toMatch(/Key Usage: critical\n *Digital Signature\n/);
  });

  it.each(answers)(
    'is taken in as %s, holds, and leaves as .p12 with its chain, which openssl opens and decrypts with',
    async (_, give) => {
      const { desk, outside } = await deskWithAda();
      const leaf = outside.sign(await request(desk));
      const accepted = await desk.json<Accepted>('certificate', 'accept', ...give(outside, leaf));
      expect(accepted).toMatchObject({ missing: [], findings: expect.any(Array) });
      expect(await desk.json('certificate', 'show', accepted.certificate)).toMatchObject({
        profile: 'outside',
        keyStore: 'vault',
        keyState: 'active',
        purpose: 'dual',
        personName: 'Ada Lovelace',
        issuerName: 'Public-Mail',
        validation: { valid: true },
      });
      expect(await desk.json('certificate', 'requests')).toEqual({ requests: [] });
      desk.put('password', 'geheim\n');
      const out = ['--format', 'p12-modern', '--password-file', desk.path('password'), '--out', desk.path('ada.p12')];
      await desk.json('certificate', 'export', accepted.certificate, ...out);
      openssl(desk, 'pkcs12 -in ada.p12 -passin file:password -nodes -out ada.all');
      expect(readFileSync(desk.path('ada.all'), 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
      desk.put('letter', 'to Ada');
      openssl(desk, `cms -encrypt -in letter -binary -out letter.cms ${leaf}`);
      expect(openssl(desk, `cms -decrypt -in letter.cms -recip ${leaf} -inkey ada.all`)).toContain('to Ada');
      const { authorities } = await desk.json<{ authorities: object[] }>('authority', 'list');
      expect(authorities).toHaveLength(2);
      await desk.json('authority', 'publish', '--out', desk.path('published'));
    },
  );

  it('is known again by the chain that came with the one before, and takes its place', async () => {
    const { desk, outside } = await deskWithAda();
    const first = outside.sign(await request(desk));
    const before = await desk.json<Accepted>('certificate', 'accept', toPkcs7(outside, first, 'PEM'));
    const second = outside.sign(await request(desk));
    const after = await desk.json<Accepted>('certificate', 'accept', second);
    const show = (id: string) => desk.json<{ isCurrent: boolean }>('certificate', 'show', id);
    expect([(await show(before.certificate)).isCurrent, (await show(after.certificate)).isCurrent]).toEqual([false, true]);
  });

  it('stays in use when the practice issues beside it, and is not renewed or revoked here', async () => {
    const { desk, outside } = await deskWithAda();
    const { certificate } = await desk.json<Accepted>('certificate', 'accept', toPkcs7(outside, outside.sign(await request(desk)), 'PEM'));
    await desk.json('enroll', 'ada@ridgeway.example', '--algorithm', 'p256');
    await desk.json('certificate', 'renew', 'ada@ridgeway.example', '--algorithm', 'p256');
    expect(await desk.json('certificate', 'show', certificate)).toMatchObject({ isCurrent: true, keyState: 'active' });
    const revoke = await refusal(desk, 'certificate', 'revoke', certificate, '--reason', 'keyCompromise', '--yes');
    expect(revoke).toMatchObject({ exit: 2, error: { code: 'input.issued-elsewhere', hint: expect.stringContaining('authority') } });
    expect(await desk.json('certificate', 'show', certificate)).toMatchObject({ status: 'valid' });
  });

  it('can be for a subject that is nobody’s, and leaves as .p12 too', async () => {
    const { desk, outside } = await deskWithAda();
    const subject = ['--subject', 'CN=Front Desk,O=Ridgeway\\, Inc.', '--email', 'desk@ridgeway.example', '--algorithm', 'p256'];
    await desk.json('certificate', 'request', ...subject, '--out', desk.path('desk.csr'));
    const leaf = outside.sign(desk.path('desk.csr'));
    expect(openssl(desk, `x509 -in ${leaf} -noout -subject -nameopt RFC2253`)).toContain('CN=Front Desk,O=Ridgeway\\, Inc.');
    const { certificate } = await desk.json<Accepted>('certificate', 'accept', toPkcs7(outside, leaf, 'PEM'));
    const out = ['--format', 'p12-modern', '--password-file', desk.put('password', 'geheim\n'), '--out', desk.path('desk.p12')];
    await desk.json('certificate', 'export', certificate, ...out);
    openssl(desk, 'pkcs12 -in desk.p12 -passin file:password -nodes -out desk.all');
    expect(openssl(desk, 'pkey -in desk.all -pubout')).toBe(openssl(desk, `x509 -in ${leaf} -noout -pubkey`));
  });

  it('can be had as a file once more while it waits, in either form', async () => {
    const { desk } = await deskWithAda();
    const written = readFileSync(await request(desk));
    const { requests } = await desk.json<{ requests: { request: string }[] }>('certificate', 'requests');
    const id = requests[0]?.request ?? '';
    await desk.json('certificate', 'request-file', id, '--out', desk.path('again.csr'));
    expect(readFileSync(desk.path('again.csr'))).toEqual(written);
    await desk.json('certificate', 'request-file', id, '--format', 'der', '--out', desk.path('again.der'));
    expect(openssl(desk, 'req -in again.der -inform DER')).toBe(written.toString('utf8'));
  });

  it('can be given up while it waits: the key is destroyed, an answer is none any more, and the log says so', async () => {
    const { desk, outside } = await deskWithAda();
    const leaf = outside.sign(await request(desk));
    const { requests } = await desk.json<{ requests: { request: string; key: string; person: string }[] }>('certificate', 'requests');
    const [waiting] = requests;
    await desk.json('certificate', 'withdraw-request', waiting?.request ?? '');
    expect(await desk.json('certificate', 'requests')).toEqual({ requests: [] });
    const late = await refusal(desk, 'certificate', 'accept', toPkcs7(outside, leaf, 'PEM'));
    expect(late).toMatchObject({ exit: 2, error: { code: 'input.no-request' } });
    const { entries } = await desk.json<{ entries: { action: string; outcome: string; subject: object }[] }>('audit', 'list');
    const entry = entries.find(({ action }) => action === 'certificate.request-withdraw');
    expect(entry).toMatchObject({ outcome: 'success', subject: { request: waiting?.request, key: waiting?.key, person: waiting?.person } });
  });

  it.each(['request-file', 'withdraw-request'])('%s refuses a request that has its answer, or that nobody made', async (command) => {
    const { desk, outside } = await deskWithAda();
    const file = await request(desk);
    const { requests } = await desk.json<{ requests: { request: string }[] }>('certificate', 'requests');
    await desk.json('certificate', 'accept', toPkcs7(outside, outside.sign(file), 'PEM'));
    const out = command === 'request-file' ? ['--out', desk.path('again.csr')] : [];
    const answered = await refusal(desk, 'certificate', command, requests[0]?.request ?? '', ...out);
    expect(answered).toMatchObject({ exit: 3, error: { code: 'conflict' } });
    const unknown = await refusal(desk, 'certificate', command, '00000000-0000-4000-8000-000000000000', ...out);
    expect(unknown).toMatchObject({ exit: 3, error: { code: 'not-found' } });
    expect(existsSync(desk.path('again.csr'))).toBe(false);
  });

  it('is entered in the log, with what was asked and what was taken in', async () => {
    const { desk, outside } = await deskWithAda();
    const { certificate } = await desk.json<Accepted>('certificate', 'accept', toPkcs7(outside, outside.sign(await request(desk)), 'PEM'));
    const { entries } = await desk.json<{ entries: { action: string; outcome: string; subject: object }[] }>('audit', 'list');
    const of = (action: string) => entries.find((entry) => entry.action === action);
    expect(of('certificate.request')).toMatchObject({
      outcome: 'success',
      subject: { person: expect.any(String), key: expect.any(String) },
    });
    expect(of('certificate.accept')).toMatchObject({ outcome: 'success', subject: { certificate, person: expect.any(String) } });
  });
});

async function refusal(desk: Desk, ...args: readonly string[]) {
  const { exit, stdout } = await desk.run(...args, '--json');
  return { exit, ...(JSON.parse(stdout) as { error: { code: string; hint: string; details: object } }) };
}

describe('an answer is refused, and the request stays open,', () => {
  const tamper = (outside: OutsideAuthority, leaf: string): string => {
    const der = readFileSync(toDer(outside, leaf));
    const at = der.lastIndexOf(Buffer.from('ada@ridgeway.example'));
    der.write('eva', at);
    execFileSync('tee', [outside.path('leaf.der')], { input: der, stdio: ['pipe', 'ignore', 'inherit'] });
    return outside.path('leaf.der');
  };

  it.each<[string, (desk: Desk, outside: OutsideAuthority, csr: string) => readonly string[], object]>([
    [
      'when it is for a key nobody asked for here',
      (desk, outside) => {
        openssl(desk, 'req -newkey rsa:2048 -nodes -keyout other.key -out other.csr -subj /CN=other');
        return [outside.sign(desk.path('other.csr')), '--chain', outside.path('ca.pem')];
      },
      { exit: 2, error: { code: 'input.no-request' } },
    ],
    [
      'when nobody is known who signed it',
      (_, outside, csr) => [outside.sign(csr)],
      { exit: 6, error: { code: 'path.unknown-issuer', details: { field: 'file' } } },
    ],
    [
      'when the chain is another one’s of the same name',
      (desk, outside, csr) => [outside.sign(csr), '--chain', makeOutsideAuthority(desk.directory, 'twin').path('ca.pem')],
      { exit: 6, error: { code: 'path.unknown-issuer' } },
    ],
    [
      'when something in it was changed after it was signed',
      (_, outside, csr) => [tamper(outside, outside.sign(csr)), '--chain', outside.path('ca.pem')],
      { exit: 6, error: { code: 'path.unknown-issuer' } },
    ],
    [
      'when it has ended',
      (_, outside, csr) => [outside.sign(csr, '-days -1'), '--chain', outside.path('ca.pem')],
      { exit: 6, error: { code: 'path.expired' } },
    ],
    [
      'when its signer may not sign',
      (_, outside, csr) => {
        outside.run('req -newkey rsa:2048 -nodes -keyout no.key -out no.csr -subj /CN=No-Authority');
        outside.run('x509 -req -in no.csr -CA ca.pem -CAkey ca.key -days 300 -out no.pem');
        outside.run(`x509 -req -in ${csr} -CA no.pem -CAkey no.key -days 200 -copy_extensions copy -out bad.pem`);
        return [outside.path('bad.pem'), '--chain', outside.path('no.pem'), '--chain', outside.path('ca.pem')];
      },
      { exit: 6, error: { code: 'path.not-authority' } },
    ],
    ['when it is a request', (_, __, csr) => [csr], { exit: 10, error: { code: 'unsupported' } }],
  ])('%s', async (_, give, expected) => {
    const { desk, outside } = await deskWithAda();
    const csr = await request(desk);
    expect(await refusal(desk, 'certificate', 'accept', ...give(desk, outside, csr))).toMatchObject(expected);
    expect((await desk.json<{ requests: object[] }>('certificate', 'requests')).requests).toHaveLength(1);
    const { certificates } = await desk.json<{ certificates: { isAuthority: boolean }[] }>('certificate', 'list');
    expect(certificates).toHaveLength(2);
  });

  it('when the request has its answer already', async () => {
    const { desk, outside } = await deskWithAda();
    const csr = await request(desk);
    await desk.json('certificate', 'accept', toPkcs7(outside, outside.sign(csr), 'PEM'));
    expect(await refusal(desk, 'certificate', 'accept', outside.sign(csr))).toMatchObject({ exit: 3, error: { code: 'conflict' } });
  });

  it('and a request is refused for nobody, for no mailbox, for a subject nobody can read, or a key that cannot', async () => {
    const { desk } = await deskWithAda();
    const out = ['--out', desk.path('x.csr')];
    const ask = (...args: readonly string[]) => refusal(desk, 'certificate', 'request', ...args, ...out);
    const wrong = (field: string) => ({ exit: 2, error: { code: 'input.invalid', details: { field } } });
    expect(await ask('--email', 'desk@ridgeway.example')).toMatchObject(wrong('subject'));
    expect(await ask('--subject', 'CN=Front Desk')).toMatchObject(wrong('email'));
    expect(await ask('--subject', 'Front Desk', '--email', 'desk@ridgeway.example')).toMatchObject(wrong('subject'));
    expect(await ask('ada@ridgeway.example', '--algorithm', 'ed25519')).toMatchObject({ error: { code: 'input.unsupported-algorithm' } });
    expect(await ask('nobody@ridgeway.example')).toMatchObject({ exit: 3, error: { code: 'not-found' } });
    expect(await desk.json('certificate', 'requests')).toEqual({ requests: [] });
    expect(() => readFileSync(desk.path('x.csr'))).toThrow('ENOENT');
  });
});
