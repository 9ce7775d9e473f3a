import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deskWithPractice, type Desk } from './support/command-line.ts';
import { makeOpensslCa, type OpensslCa } from './support/openssl-ca.ts';

interface Taken {
  readonly authority: string;
  readonly certificates: number;
  readonly revoked: number;
  readonly list: { readonly number: number };
}

/** Two people's certificates, the first revoked. */
async function deskWithOldCa(): Promise<{ desk: Desk; ca: OpensslCa }> {
  const desk = await deskWithPractice();
  await desk.json('people', 'import', desk.put('staff.csv', 'name,email\nAda Lovelace,ada@ridgeway.example\n'));
  const ca = makeOpensslCa(desk.directory);
  ca.revoke(ca.issue('old@ridgeway.example'), 'keyCompromise');
  ca.issue('ada@ridgeway.example');
  return { desk, ca };
}

const take = (desk: Desk, ca: OpensslCa) => desk.run('authority', 'import', ca.directory, '--password-file', ca.passwordFile, '--json');

describe('the folder of an openssl ca', () => {
  it('is taken in with what it issued and revoked, and goes on: number, list, revocation, all seen by openssl', async () => {
    const { desk, ca } = await deskWithOldCa();
    const run = await take(desk, ca);
    const taken = JSON.parse(run.stdout) as Taken;
    expect({ exit: run.exit, taken }).toMatchObject({ exit: 0, taken: { certificates: 2, revoked: 1, list: { number: 0x1f } } });
    const first = await ca.nextList(desk, taken.authority);
    expect(first).toContain('Serial Number: 1000');
    expect(first).toContain('Key Compromise');
    expect(first).toMatch(/X509v3 CRL Number:\s+32/);
    const { certificates } = await desk.json<{
      certificates: { id: string; serialNumber: string; keyStore: string; personId: string | null }[];
    }>('certificate', 'list', '--person', 'ada@ridgeway.example');
    expect(certificates).toMatchObject([{ serialNumber: '1001', keyStore: 'elsewhere' }]);
    await desk.json('certificate', 'revoke', certificates[0]?.id ?? '', '--reason', 'superseded', '--yes');
    const second = await ca.nextList(desk, taken.authority);
    expect(second).toContain('Serial Number: 1001');
    expect(second).toContain('Serial Number: 1000');
  });

  it('can vouch for a new authority here, whose certificates openssl accepts under the old root', async () => {
    const { desk, ca } = await deskWithOldCa();
    const { authority } = JSON.parse((await take(desk, ca)).stdout) as Taken;
    await desk.json('authority', 'create', 'Ridgeway Mail', '--under', authority, '--algorithm', 'p256', '--use');
    await desk.json('enroll', 'ada@ridgeway.example', '--algorithm', 'p256');
    const { certificates } = await desk.json<{ certificates: { id: string; profile: string }[] }>(
      'certificate',
      'list',
      '--search',
      'ada@',
    );
    const signing = certificates.find(({ profile }) => profile.endsWith('-sign'));
    await desk.json('certificate', 'export', signing?.id ?? '', '--format', 'chain', '--out', desk.path('chain.pem'));
    const files = ['-CAfile', 'cacert.pem', '-untrusted', desk.path('chain.pem'), desk.path('chain.pem')];
    expect(ca.run('verify', '-x509_strict', '-purpose', 'smimesign', ...files)).toContain('OK');
  });

  it('is taken in where its root signed itself with `ca -selfsign` and so stands in its own index', async () => {
    const desk = await deskWithPractice();
    const ca = makeOpensslCa(desk.directory);
    const signing = ['-batch', '-config', 'openssl.cnf', '-passin', 'file:password'];
    ca.run(
      'req',
      '-new',
      '-config',
      'openssl.cnf',
      '-key',
      'private/cakey.pem',
      '-passin',
      'file:password',
      '-subj',
      '/CN=Old',
      '-out',
      'ca.csr',
    );
    ca.run('ca', ...signing, '-selfsign', '-in', 'ca.csr', '-extensions', 'authority', '-days', '3000', '-notext', '-out', 'cacert.pem');
    ca.revoke(ca.issue('old@ridgeway.example'), 'superseded');
    expect(readFileSync(join(ca.directory, 'index.txt'), 'utf8').split('\n')).toHaveLength(3);
    const { exit, stdout } = await take(desk, ca);
    const taken = JSON.parse(stdout) as Taken;
    expect({ exit, taken }).toMatchObject({ exit: 0, taken: { certificates: 1, revoked: 1 } });
    expect(await ca.nextList(desk, taken.authority)).toMatch(/Serial Number: 1001[\s\S]*Superseded/);
  });

  it('is not taken in twice', async () => {
    const { desk, ca } = await deskWithOldCa();
    await take(desk, ca);
    expect(await refusal(desk, ca)).toMatchObject({ exit: 3, error: { code: 'conflict', details: { what: 'authority' } }, authorities: 3 });
  });
});

/** How it was refused, and how many authorities there are after it. */
async function refusal(desk: Desk, ca: OpensslCa) {
  const { exit, stdout } = await take(desk, ca);
  const { authorities } = await desk.json<{ authorities: object[] }>('authority', 'list');
  return { exit, error: (JSON.parse(stdout) as { error: object }).error, authorities: authorities.length };
}

describe('the folder of an openssl ca is refused, and nothing is changed,', () => {
  const change = (ca: OpensslCa, file: string, by: (text: string) => string) =>
    writeFileSync(join(ca.directory, file), by(readFileSync(join(ca.directory, file), 'utf8')));

  it.each<[string, (ca: OpensslCa) => void, object]>([
    [
      'a certificate of its index is not there',
      (ca) => rmSync(join(ca.directory, 'newcerts', '1001.pem')),
      { line: 2, reason: 'missing-certificate' },
    ],
    ['its index is cut off', (ca) => change(ca, 'index.txt', (text) => `${text.split('\n')[0]}\n`), { reason: 'not-in-index' }],
    [
      'its index gives another end',
      (ca) => change(ca, 'index.txt', (text) => text.replace(/V\t\d{12}Z/, 'V\t310101000000Z')),
      { line: 2, reason: 'end' },
    ],
    [
      'its index gives a reason nobody knows',
      (ca) => change(ca, 'index.txt', (text) => text.replace('keyCompromise', 'because')),
      { line: 1, reason: 'reason' },
    ],
  ])('when %s', async (_, spoil, details) => {
    const { desk, ca } = await deskWithOldCa();
    spoil(ca);
    expect(await refusal(desk, ca)).toMatchObject({ exit: 2, error: { code: 'input.invalid', details }, authorities: 2 });
  });

  it('when the password is wrong, or the key is another one’s', async () => {
    const { desk, ca } = await deskWithOldCa();
    writeFileSync(ca.passwordFile, 'guess\n');
    expect(await refusal(desk, ca)).toMatchObject({ exit: 2, error: { code: 'input.wrong-password' }, authorities: 2 });
    ca.run('genpkey', '-algorithm', 'RSA', '-out', 'private/cakey.pem');
    expect(await refusal(desk, ca)).toMatchObject({ exit: 2, error: { code: 'input.invalid', details: { field: 'key' } }, authorities: 2 });
  });

  it('when the certificate is a person’s, or a stranger signed what it is said to have issued', async () => {
    const { desk, ca } = await deskWithOldCa();
    const stranger = makeOpensslCa(join(desk.directory, 'stranger'));
    writeFileSync(join(ca.directory, 'newcerts', '1001.pem'), readFileSync(stranger.issue('ada@ridgeway.example')));
    expect(await refusal(desk, ca)).toMatchObject({ error: { details: { field: 'certificates', reason: 'signature' } }, authorities: 2 });
    const leaf = await desk.run('authority', 'import', join(ca.directory, 'leaf1.pem'), '--key', join(ca.directory, 'leaf1.key'), '--json');
    expect(JSON.parse(leaf.stdout)).toMatchObject({ error: { code: 'path.not-authority' } });
  });
});
