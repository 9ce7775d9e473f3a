import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodePem } from '../../main/domain/encoding/pem.ts';
import { deskWithPractice, staff, type Desk } from './support/command-line.ts';

const root = 'Ridgeway Family Practice Root';
const issuing = 'Ridgeway Family Practice Issuing 1';
const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

interface Authority {
  readonly id: string;
  readonly name: string;
  readonly certificateId: string;
  readonly keyStore: string;
  readonly isListOwed: boolean;
  readonly latestList: { readonly number: number } | null;
}

const authorityOf = async (desk: Desk, name: string): Promise<Authority> => {
  const { authorities } = await desk.json<{ authorities: readonly Authority[] }>('authority', 'list');
  const found = authorities.find((one) => one.name === name);
  if (found === undefined) throw new Error('no such authority');
  return found;
};

/** A practice whose root key is in two files and nowhere else; its password is in `password`. */
async function deskWithOfflineRoot(): Promise<Desk> {
  const desk = await deskWithPractice();
  await desk.json('authority', 'publish', '--out', desk.path('before'));
  desk.put('password', 'horse battery staple correct\n');
  const out = ['--out', desk.path('stick-1.pem'), '--out', desk.path('stick-2.pem')];
  await desk.json('authority', 'take-offline', root, ...out, '--password-file', desk.path('password'));
  return desk;
}

const bringBack = (desk: Desk, file = 'stick-2.pem') =>
  desk.run('authority', 'bring-back', root, '--key-file', desk.path(file), '--password-file', desk.path('password'), '--json');

/** A list openssl signs with the root's key from the stick, where that is kept. */
function listByOpenssl(desk: Desk, list: { number: number; revoked: readonly string[]; days?: number; point?: string }): string {
  const { number, revoked, days = 30, point } = list;
  openssl('pkcs8', '-in', desk.path('stick-1.pem'), '-passin', `file:${desk.path('password')}`, '-out', desk.path('plain.pem'));
  const lines = revoked.map((serial) => `R\t350101000000Z\t260101120000Z,cACompromise\t${serial.toUpperCase()}\tunknown\t/CN=x\n`);
  desk.put('index.txt', lines.join(''));
  desk.put('crlnumber', `${number.toString(16).padStart(4, '0')}\n`);
  desk.put('root.der', readFileSync(join(desk.path('before'), rootFile(desk))));
  desk.put('root.pem', encodePem('CERTIFICATE', readFileSync(desk.path('root.der'))));
  const options = ['[ca]', 'default_ca=d', '[d]', `database=${desk.path('index.txt')}`, `crlnumber=${desk.path('crlnumber')}`];
  const rest = ['default_md=sha256', 'crl_extensions=e', '[e]', 'authorityKeyIdentifier=keyid'];
  if (point !== undefined) rest.push('issuingDistributionPoint=critical,@p', '[p]', point);
  desk.put('ca.cnf', [...options, ...rest].join('\n'));
  const key = ['-keyfile', desk.path('plain.pem'), '-cert', desk.path('root.pem')];
  openssl('ca', '-config', desk.path('ca.cnf'), '-gencrl', ...key, '-crldays', String(days), '-out', desk.path('carried.crl'));
  return desk.path('carried.crl');
}

const rootFile = (desk: Desk): string => readdirSync(desk.path('before')).find((name) => /root-[0-9a-f]{8}\.crt$/.test(name)) ?? '';

describe('a root that is offline', () => {
  it('is in files that openssl opens with the password, and its key no longer in the workspace', async () => {
    const desk = await deskWithOfflineRoot();
    expect(await authorityOf(desk, root)).toMatchObject({ keyStore: 'offline', isListOwed: false });
    for (const file of ['stick-1.pem', 'stick-2.pem'])
      expect(openssl('pkey', '-in', desk.path(file), '-passin', `file:${desk.path('password')}`, '-noout', '-text')).toMatch(/Private-Key/);
    expect(() => openssl('pkey', '-in', desk.path('stick-1.pem'), '-passin', 'pass:guess', '-noout')).toThrow('Could not');
  });

  it('is not asked for in daily work: people are enrolled, certificates revoked, lists published, the root’s newest among them', async () => {
    const desk = await deskWithOfflineRoot();
    await desk.json('enroll', '--csv', desk.put('staff.csv', staff));
    const { certificates } = await desk.json<{ certificates: readonly { id: string }[] }>('certificate', 'list', '--search', 'ada');
    await desk.json('certificate', 'revoke', certificates[0]?.id ?? '', '--reason', 'keyCompromise');
    expect(await desk.json('authority', 'publish', '--out', desk.path('out'))).toMatchObject({ owed: [] });
    expect(await desk.json('authority', 'crl', '--due')).toMatchObject({ owed: [] });
    const list = rootFile(desk).replace('.crt', '.crl');
    expect(readFileSync(join(desk.path('out'), list)).equals(readFileSync(join(desk.path('before'), list)))).toBe(true);
  });

  it.each([
    ['authority', 'create', 'Clinic', '--under', root],
    ['authority', 'rollover', root],
    ['authority', 'rollover', issuing],
  ])('refuses to sign: %s %s, with a code and what to do, and nothing changes', async (...words) => {
    const desk = await deskWithOfflineRoot();
    const run = await desk.run(...words, '--json');
    expect([run.exit, JSON.parse(run.stdout)]).toMatchObject([
      2,
      { error: { code: 'input.key-offline', message: expect.stringContaining(root), hint: expect.stringContaining('bring-back') } },
    ]);
    expect((await desk.json<{ authorities: unknown[] }>('authority', 'list')).authorities).toHaveLength(2);
  });

  it('signs again when its file is brought, and not for a wrong file or password', async () => {
    const desk = await deskWithOfflineRoot();
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', desk.path('other.pem'));
    expect(JSON.parse((await bringBack(desk, 'other.pem')).stdout)).toMatchObject({ error: { code: 'input.invalid' } });
    writeFileSync(desk.path('guess'), 'guess\n');
    const guessed = ['--key-file', desk.path('stick-1.pem'), '--password-file', desk.path('guess'), '--json'];
    expect((await desk.run('authority', 'bring-back', root, ...guessed)).stdout).toContain('input.wrong-password');
    expect((await bringBack(desk)).exit).toBe(0);
    await desk.json('authority', 'create', 'Clinic', '--under', root, '--algorithm', 'p256');
    expect(JSON.parse((await bringBack(desk)).stdout)).toMatchObject({ error: { code: 'conflict' } });
  });

  it('owes a list once one below it is revoked, until that list is carried in', async () => {
    const desk = await deskWithOfflineRoot();
    const { certificateId } = await authorityOf(desk, issuing);
    expect((await desk.run('certificate', 'revoke', certificateId, '--reason', 'cACompromise')).stdout).toMatch(
      /^Revoked: .*\nNo list says so yet: /,
    );
    const { id } = await authorityOf(desk, root);
    expect(await desk.json('authority', 'publish', '--out', desk.path('out'))).toMatchObject({ owed: [id] });
    const { serialNumber } = await desk.json<{ serialNumber: string }>('certificate', 'show', certificateId);
    const added = await desk.json('authority', 'add-list', root, listByOpenssl(desk, { number: 9, revoked: [serialNumber] }));
    expect(added).toMatchObject({ number: 9, revoked: [] });
    expect(await desk.json('authority', 'publish', '--out', desk.path('later'))).toMatchObject({ owed: [] });
    const published = openssl(
      'crl',
      '-inform',
      'DER',
      '-in',
      join(desk.path('later'), rootFile(desk).replace('.crt', '.crl')),
      '-noout',
      '-text',
    );
    expect(published).toContain(serialNumber.toUpperCase());
  });
});

describe('a list that is carried in', () => {
  it('revokes here what it names', async () => {
    const desk = await deskWithOfflineRoot();
    const { certificateId } = await authorityOf(desk, issuing);
    const { serialNumber } = await desk.json<{ serialNumber: string }>('certificate', 'show', certificateId);
    const added = await desk.json('authority', 'add-list', root, listByOpenssl(desk, { number: 9, revoked: [serialNumber, 'ABCD'] }));
    expect(added).toMatchObject({ number: 9, revoked: [certificateId] });
    expect(await desk.json('certificate', 'show', certificateId)).toMatchObject({ status: 'revoked' });
  });

  it('may say that it is for the address certificates here name', async () => {
    const desk = await deskWithOfflineRoot();
    const point = `fullname=URI:http://pki.ridgeway.example/${rootFile(desk).replace('.crt', '.crl')}`;
    expect(await desk.json('authority', 'add-list', root, listByOpenssl(desk, { number: 9, revoked: [], point }))).toMatchObject({
      number: 9,
    });
  });

  it.each([
    [
      'for another address',
      async (desk: Desk) => listByOpenssl(desk, { number: 9, revoked: [], point: 'fullname=URI:http://pki.ridgeway.example/other.crl' }),
    ],
    [
      'about authorities only',
      async (desk: Desk) => {
        const point = `fullname=URI:http://pki.ridgeway.example/${rootFile(desk).replace('.crt', '.crl')}\nonlyCA=TRUE`;
        return listByOpenssl(desk, { number: 9, revoked: [], point });
      },
    ],
    ['older than the newest', async (desk: Desk) => listByOpenssl(desk, { number: 1, revoked: [] })],
    [
      'by another key',
      async (desk: Desk) => {
        const list = listByOpenssl(desk, { number: 9, revoked: [] });
        const octets = readFileSync(list, 'utf8');
        const body = Buffer.from(octets.replace(/-----[^-]+-----|\s/g, ''), 'base64');
        body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1;
        writeFileSync(list, encodePem('X509 CRL', body));
        return list;
      },
    ],
    [
      'of another authority',
      async (desk: Desk) => {
        await desk.json('authority', 'crl', (await authorityOf(desk, issuing)).id, '--out', desk.path('carried.crl'));
        return desk.path('carried.crl');
      },
    ],
    [
      'without what is revoked here',
      async (desk: Desk) => {
        await desk.json('certificate', 'revoke', (await authorityOf(desk, issuing)).certificateId, '--reason', 'superseded');
        return listByOpenssl(desk, { number: 9, revoked: [] });
      },
    ],
  ])('is refused when it is %s, and nothing is taken in', async (_, list) => {
    const desk = await deskWithOfflineRoot();
    const path = await list(desk);
    const before = (await authorityOf(desk, root)).latestList;
    const run = await desk.run('authority', 'add-list', root, path, '--json');
    expect([run.exit, JSON.parse(run.stdout)]).toMatchObject([
      2,
      { error: { code: 'input.wrong-list', hint: expect.stringMatching(/\w/) } },
    ]);
    expect((await authorityOf(desk, root)).latestList).toEqual(before);
  });
});

describe('taking a key offline', () => {
  it('shows the password that it makes once, and nothing of it is in the workspace', async () => {
    const desk = await deskWithPractice();
    const run = await desk.run('authority', 'take-offline', root, '--out', desk.path('stick.pem'), '--json');
    const [, password = ''] = /password \(shown once[^)]*\): (\S+)/.exec(run.stderr) ?? [];
    expect([run.exit, password.length > 12, run.stdout.includes(password)]).toEqual([0, true, false]);
    expect(openssl('pkey', '-in', desk.path('stick.pem'), '-passin', `pass:${password}`, '-noout', '-text')).toMatch(/Private-Key/);
  });

  it('is refused for the authority that issues to people, and where nothing can be written; the key stays', async () => {
    const desk = await deskWithPractice();
    const issues = await desk.run('authority', 'take-offline', issuing, '--out', desk.path('stick.pem'), '--json');
    expect([issues.exit, JSON.parse(issues.stdout)]).toMatchObject([3, { error: { code: 'conflict' } }]);
    const nowhere = await desk.run('authority', 'take-offline', root, '--out', join(desk.path('passphrase'), 'stick.pem'), '--json');
    expect(nowhere.exit).not.toBe(0);
    expect((await authorityOf(desk, root)).keyStore).toBe('vault');
  });
});
