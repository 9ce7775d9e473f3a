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
