import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { generateKey } from 'openpgp';
import { describe, expect, it } from 'vitest';
import { vectorBytes, vectorDer } from '../domain/reading/vectors.ts';
import { newDesk, type Run } from './support/command-line.ts';

const codeOf = ({ stdout }: Run): string => (JSON.parse(stdout) as { error: { code: string } }).error.code;

describe('keyward key check', () => {
  const key = vectorDer('rfc9216/carlos-s-signing-private-key-material.key');
  const rsa = vectorDer('rfc9216/alice-s-signing-private-key-material.key');

  it('answers 0 for a key that fits, 2 with the offset for half a key, and the same by lines', async () => {
    const desk = newDesk();
    expect(await desk.json('key', 'check', desk.put('key', key))).toEqual({ algorithm: 'ed25519', consistent: true, faults: [] });
    const half = await desk.run('key', 'check', desk.put('half', rsa.subarray(0, 200)), '--json');
    expect([half.exit, codeOf(half)]).toEqual([2, 'input.malformed-der']);
    expect(half.stdout).toContain('"offset":1');
    const line = { id: 7, command: 'key check', file: { base64: Buffer.from(key).toString('base64') } };
    const lines = await desk.runWith(`${JSON.stringify(line)}\n`, '--jsonl');
    expect(JSON.parse(lines.stdout)).toEqual({ id: 7, exit: 0, result: { algorithm: 'ed25519', consistent: true, faults: [] } });
  });

  it('answers 1 for a key in which one bit is wrong, and never shows the key', async () => {
    const desk = newDesk();
    const changed = Uint8Array.from(rsa);
    changed[800] = (changed[800] ?? 0) ^ 1;
    const run = await desk.run('key', 'check', desk.put('key', changed), '--json');
    expect(run.exit).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ algorithm: 'rsa-2048', consistent: false });
    expect(run.stdout.length).toBeLessThan(200);
  });
});

describe('keyward key check of an encrypted key', () => {
  it('asks for its password and takes it from a file', async () => {
    const desk = newDesk();
    const password = desk.put('password', 'open sesame');
    const plain = desk.put('plain', vectorBytes('rfc9216/alice-s-signing-private-key-material.key'));
    const key = desk.path('key');
    execFileSync('openssl', ['pkcs8', '-topk8', '-in', plain, '-v2', 'aes256', '-passout', `file:${password}`, '-out', key]);
    expect(await desk.json('key', 'check', key, '--password-file', password)).toMatchObject({ algorithm: 'rsa-2048', consistent: true });
    const without = await desk.run('key', 'check', key, '--json');
    expect([without.exit, codeOf(without)]).toEqual([2, 'input.wrong-password']);
  });
});

describe('keyward openpgp inspect', () => {
  it('answers 0 for a key and 2 for what is none', async () => {
    const desk = newDesk();
    const { publicKey } = await generateKey({ userIDs: [{ email: 'ada@clinic.example' }], format: 'object' });
    const reading = await desk.json('openpgp', 'inspect', desk.put('key', publicKey.armor()));
    expect(reading).toMatchObject({ isVerified: false, certificates: [{ fingerprint: publicKey.getFingerprint() }] });
    expect(await desk.json('inspect', desk.path('key'))).toEqual(reading);
    const none = await desk.run('openpgp', 'inspect', desk.put('none', 'nothing'), '--json');
    expect([none.exit, codeOf(none)]).toEqual([2, 'input.malformed-openpgp']);
  });
});

describe('keyward pkcs12 list', () => {
  const file = vectorDer('rfc9216/pkcs-12-object-for-alice.p12.pem');

  it('takes the password from a file, on the command line and by lines', async () => {
    const desk = newDesk();
    const listing = await desk.json('pkcs12', 'list', desk.put('alice.p12', file), '--password-file', desk.put('password', 'alice\n'));
    expect(listing).toMatchObject({ keys: [{ algorithm: 'rsaEncryption' }, {}], mac: { digest: 'sha1' } });
    const request = { id: 1, command: 'pkcs12 list', file: desk.path('alice.p12') };
    const requests = [desk.path('password'), { base64: 'YWxpY2U=' }, { base64: 'Ym9i' }].map((source) => ({
      ...request,
      'password-file': source,
    }));
    const { stdout } = await desk.runWith(requests.map((each) => JSON.stringify(each)).join('\n'), '--jsonl');
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { exit: number; result?: unknown; error?: { code: string } });
    expect(answers.map(({ exit, error }) => [exit, error?.code])).toEqual([
      [0, undefined],
      [0, undefined],
      [2, 'input.wrong-password'],
    ]);
    expect(answers[0]?.result).toEqual(listing);
  });

  it('refuses a wrong password and none, which it never repeats', async () => {
    const desk = newDesk();
    const path = desk.put('alice.p12', file);
    for (const password of [['--password-file', desk.put('wrong', 'mallory-was-here')], ['--password-file', desk.put('empty', '')], []]) {
      const run = await desk.run('pkcs12', 'list', path, ...password, '--json');
      expect([run.exit, codeOf(run)]).toEqual([2, 'input.wrong-password']);
      expect(run.stdout + run.stderr).not.toContain('mallory');
    }
  });
});

describe('keyward mail verify and cms verify', () => {
  const root = vectorBytes('pkits/certs/TrustAnchorRootCertificate.crt');
  const mail = (name: string): Uint8Array => vectorBytes(`pkits/smime/${name}.eml`);

  it('answer 0 for a mail that holds, 1 for one that does not, and the same by lines', async () => {
    const desk = newDesk();
    const args = ['--trust', desk.put('root', root), '--time', '2026-01-01T00:00:00Z', '--json'];
    const good = await desk.run('mail', 'verify', desk.put('good', mail('SignedValidSignaturesTest1')), ...args);
    expect(good.exit).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({ valid: true, layers: [{ kind: 'multipart-signed', signed: true, status: 'valid' }] });
    const bad = await desk.run('mail', 'verify', desk.put('bad', mail('SignedInvalidEESignatureTest3')), ...args);
    expect(bad.exit).toBe(1);
    expect(JSON.parse(bad.stdout)).toMatchObject({ valid: false, layers: [{ findings: [{ code: 'path.signature' }] }] });
    const line = { id: 1, command: 'mail verify', file: desk.path('good'), trust: [desk.path('root')], time: '2026-01-01T00:00:00Z' };
    const lines = await desk.runWith(`${JSON.stringify(line)}\n`, '--jsonl');
    expect(JSON.parse(lines.stdout)).toEqual({ id: 1, exit: 0, result: JSON.parse(good.stdout) as unknown });
  });

  it('do not answer before they know whom to trust', async () => {
    const desk = newDesk();
    const path = desk.put('good', mail('SignedValidSignaturesTest1'));
    const nobody = await desk.run('mail', 'verify', path, '--json');
    expect([nobody.exit, codeOf(nobody)]).toEqual([2, 'input.invalid']);
    expect((await desk.run('mail', 'verify', path, '--no-chain', '--json')).exit).toBe(0);
    const noCms = await desk.run('cms', 'verify', path, '--no-chain', '--json');
    expect([noCms.exit, codeOf(noCms)]).toEqual([2, 'input.malformed-der']);
  });
});

describe('keyward cms encrypt, decrypt and sign', () => {
  const person = (name: string): Uint8Array => vectorBytes(`rfc9216/alice-s-${name}`);

  it('write what they read again, with a .p12 file or a bare key, and refuse another key in one word', async () => {
    const desk = newDesk();
    const text = desk.put('text', 'Dear Alice');
    const sealed = desk.path('sealed');
    await desk.json('cms', 'encrypt', text, '--to', desk.put('to', person('encryption-end-entity-certificate.crt')), '--out', sealed);
    const p12 = desk.put('p12', vectorDer('rfc9216/pkcs-12-object-for-alice.p12.pem'));
    const [password, out] = [desk.put('password', 'alice'), desk.path('plain')];
    const opened = await desk.json('cms', 'decrypt', sealed, '--key', p12, '--password-file', password, '--out', out);
    expect(opened).toEqual({ size: 10, contentType: '1.2.840.113549.1.7.1', encryption: 'aes256-CBC', recipient: 'transport' });
    expect(readFileSync(out, 'utf8')).toBe('Dear Alice');
    const other = await desk.run(
      'cms',
      'decrypt',
      sealed,
      '--key',
      desk.put('key', person('signing-private-key-material.key')),
      '--out',
      out,
      '--json',
    );
    expect([other.exit, codeOf(other)]).toEqual([2, 'input.not-decryptable']);
  });

  it('sign what cms verify takes, and nothing without the key of the certificate', async () => {
    const desk = newDesk();
    const [text, out] = [desk.put('text', 'Dear Bob'), desk.path('signed')];
    const certificate = desk.put('certificate', person('signature-verification-end-entity-certificate.crt'));
    const key = desk.put('key', person('signing-private-key-material.key'));
    await desk.json('cms', 'sign', text, '--key', key, '--certificate', certificate, '--detached', '--out', out);
    const trust = desk.put('root', vectorBytes('rfc9216/rsa-certification-authority-root-certificate.crt'));
    const verdict = await desk.json('cms', 'verify', out, '--content', text, '--trust', trust);
    expect(verdict).toMatchObject({ valid: true, layers: [{ signer: { emails: ['alice@smime.example'] } }] });
    const wrong = desk.put('wrong', person('decryption-private-key-material.key'));
    const refused = await desk.run('cms', 'sign', text, '--key', wrong, '--certificate', certificate, '--out', out, '--json');
    expect([refused.exit, codeOf(refused)]).toEqual([2, 'input.invalid']);
  });
});

describe('a mail that is nothing but CMS', () => {
  it('is opened and verified as the file it holds', async () => {
    const desk = newDesk();
    const person = (name: string): Uint8Array => vectorBytes(`rfc9216/carlos-s-${name}`);
    const [text, sealed, out] = [desk.put('text', 'Dear Carlos'), desk.path('sealed'), desk.path('plain')];
    await desk.json('cms', 'encrypt', text, '--to', desk.put('to', person('encryption-end-entity-certificate.crt')), '--out', sealed);
    const headers =
      'From: x@y.example\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\n';
    const mail = desk.put('mail.eml', `${headers}${readFileSync(sealed).toString('base64')}\r\n`);
    const key = desk.put('key', person('decryption-private-key-material.key'));
    expect(await desk.json('cms', 'decrypt', mail, '--key', key, '--out', out)).toMatchObject({ recipient: 'agreement', size: 11 });
    expect(readFileSync(out, 'utf8')).toBe('Dear Carlos');
    const verdict = await desk.run('cms', 'verify', mail, '--no-chain', '--json');
    expect([verdict.exit, JSON.parse(verdict.stdout)]).toMatchObject([1, { layers: [{ kind: 'enveloped-data', status: 'encrypted' }] }]);
  });
});

describe('keyward crl check', () => {
  it('answers 0 for a list that counts, 1 for one that does not', async () => {
    const desk = newDesk();
    const [crl, issuer] = [
      desk.put('crl', vectorBytes('pkits/crls/GoodCACRL.crl')),
      desk.put('ca', vectorBytes('pkits/certs/GoodCACert.crt')),
    ];
    const args = ['crl', 'check', '--crl', crl, '--issuer', issuer];
    expect(await desk.json(...args, '--time', '2026-01-01T00:00:00Z')).toMatchObject({ valid: true, findings: [] });
    const late = await desk.run(...args, '--time', '2031-01-01T00:00:00Z', '--json');
    expect(late.exit).toBe(1);
    expect(JSON.parse(late.stdout)).toMatchObject({ valid: false, findings: [{ code: 'path.expired' }] });
  });
});
