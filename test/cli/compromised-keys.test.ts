import { execFileSync } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysWithCommonPrime, keysWithSameModulus } from '../domain/key/broken-rsa.ts';
import { deskWithPractice, type Desk } from './support/command-line.ts';
import { makeOpensslCa } from './support/openssl-ca.ts';

const run = (desk: Desk, line: string) => execFileSync('openssl', line.split(' '), { cwd: desk.directory, stdio: 'pipe' });

/** A request for a key, as openssl makes it. */
function requestFor(desk: Desk, key: string, mailbox = 'eve@lab.example'): string {
  run(desk, `req -new -key ${key} -subj /CN=Eve/emailAddress=${mailbox} -out ${key}.csr`);
  return desk.path(`${key}.csr`);
}

function put(desk: Desk, name: string, key: KeyObject): string {
  desk.put(name, key.export({ format: 'pem', type: 'pkcs8' }));
  return name;
}

/** The fingerprint as openssl computes it. */
function fingerprintOf(desk: Desk, key: string): string {
  run(desk, `pkey -in ${key} -pubout -outform DER -out ${key}.spki`);
  return run(desk, `dgst -sha256 -r ${key}.spki`).toString().slice(0, 64);
}

/** The digits that Debian's openssl-vulnkey computes: the end of the SHA-1 of what `openssl rsa -modulus` prints. */
function debianDigitsOf(desk: Desk, key: string): string {
  desk.put(`${key}.modulus`, run(desk, `rsa -in ${key} -noout -modulus`));
  return run(desk, `dgst -sha1 -r ${key}.modulus`).toString().slice(20, 40);
}

async function refusal(desk: Desk, ...args: readonly string[]) {
  const { exit, stdout } = await desk.run(...args, '--json');
  return { exit, ...(JSON.parse(stdout) as { error: { code: string; hint: string; details: object } }) };
}

describe('a list of compromised keys', () => {
  it.each([
    ['its fingerprint', 'EC -pkeyopt ec_paramgen_curve:P-256', fingerprintOf],
    ['the digits of Debian’s list', 'RSA -pkeyopt rsa_keygen_bits:2048', debianDigitsOf],
  ])('keeps a key from being certified by %s, and enters itself in the log', async (_, algorithm, nameOf) => {
    const desk = await deskWithPractice();
    run(desk, `genpkey -algorithm ${algorithm} -out lost`);
    run(desk, `genpkey -algorithm ${algorithm} -out good`);
    const list = desk.put('lost.txt', `# a laptop\n${nameOf(desk, 'lost')}\n`);
    expect(await desk.json('key', 'compromised', 'add', list)).toMatchObject({ added: 1, known: 0 });
    const refused = await refusal(desk, 'authority', 'sign-request', requestFor(desk, 'lost'));
    expect(refused).toMatchObject({ exit: 2, error: { code: 'input.compromised-key', hint: expect.stringContaining('new key') } });
    await desk.json('authority', 'sign-request', requestFor(desk, 'good'));
    const { lists } = await desk.json<{ lists: object[] }>('key', 'compromised', 'list');
    expect(lists).toMatchObject([{ name: 'lost.txt', keys: 1 }]);
    const { entries } = await desk.json<{ entries: { action: string; outcome: string; subject: object }[] }>('audit', 'list');
    const added = entries.find(({ action }) => action === 'key.add-compromised');
    expect(added).toMatchObject({ outcome: 'success', subject: { keys: 1 } });
  });

  it('keeps an authority with such a key out', async () => {
    const desk = await deskWithPractice();
    const ca = makeOpensslCa(desk.directory);
    ca.run('x509', '-in', 'cacert.pem', '-noout', '-pubkey', '-out', 'ca.pub');
    ca.run('pkey', '-pubin', '-in', 'ca.pub', '-outform', 'DER', '-out', 'ca.spki');
    const fingerprint = ca.run('dgst', '-sha256', '-r', join(ca.directory, 'ca.spki')).slice(0, 64);
    await desk.json('key', 'compromised', 'add', desk.put('lost.txt', fingerprint));
    const refused = await refusal(desk, 'authority', 'import', ca.directory, '--password-file', ca.passwordFile);
    expect(refused).toMatchObject({ exit: 2, error: { code: 'input.compromised-key' } });
    expect((await desk.json<{ authorities: object[] }>('authority', 'list')).authorities).toHaveLength(2);
  });

  it('is refused with the line that is wrong, and again when it says nothing new', async () => {
    const desk = await deskWithPractice();
    const wrong = await refusal(desk, 'key', 'compromised', 'add', desk.put('list', `${'0'.repeat(64)}\nhello\n`));
    expect(wrong).toMatchObject({ exit: 2, error: { code: 'input.invalid', details: { field: 'file', line: 2 } } });
    expect(await desk.json('key', 'compromised', 'list')).toEqual({ lists: [] });
    const list = desk.put('list', '0'.repeat(64));
    await desk.json('key', 'compromised', 'add', list);
    expect(await refusal(desk, 'key', 'compromised', 'add', list)).toMatchObject({ exit: 3, error: { code: 'conflict' } });
    const more = desk.put('list', `${'0'.repeat(64)}\n${'1'.repeat(64)}`);
    expect(await desk.json('key', 'compromised', 'add', more)).toMatchObject({ added: 1, known: 1 });
  });
});

describe('RSA keys that give each other away', () => {
  it('are refused where one has the modulus of a key here under another exponent', async () => {
    const desk = await deskWithPractice();
    const [usual, other] = keysWithSameModulus();
    await desk.json('authority', 'sign-request', requestFor(desk, put(desk, 'usual', usual)));
    const refused = await refusal(desk, 'authority', 'sign-request', requestFor(desk, put(desk, 'other', other)));
    expect(refused).toMatchObject({ exit: 2, error: { code: 'input.weak-key', details: { weakness: 'shared-modulus' } } });
  });

  it('are found in the inventory by a common prime, and by a list that came later; a sound one is not', async () => {
    const desk = await deskWithPractice();
    const [one, two] = keysWithCommonPrime();
    run(desk, 'genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out good');
    const names = [put(desk, 'one', one), put(desk, 'two', two), 'good'];
    const certificates: string[] = [];
    for (const name of names) {
      const request = requestFor(desk, name, `${name}@lab.example`);
      certificates.push((await desk.json<{ certificate: string }>('authority', 'sign-request', request)).certificate);
    }
    const check = async () => {
      const { exit, stdout } = await desk.run('key', 'check-inventory', '--json');
      const { checked, findings } = JSON.parse(stdout) as { checked: number; findings: { code: string; certificate: string }[] };
      return {
        exit,
        checked,
        found: findings.map(({ code, certificate }) => `${code} ${names[certificates.indexOf(certificate)]}`).toSorted(),
      };
    };
    const shared = ['common-prime one', 'common-prime two'];
    expect(await check()).toEqual({ exit: 1, checked: 5, found: shared });
    await desk.json('key', 'compromised', 'add', desk.put('lost.txt', fingerprintOf(desk, 'good')));
    expect(await check()).toEqual({ exit: 1, checked: 5, found: [...shared, 'compromised good'] });
  });

  it('are not there in a practice that was just made', async () => {
    const desk = await deskWithPractice();
    expect(await desk.json('key', 'check-inventory')).toEqual({ checked: 2, findings: [] });
  });
});
