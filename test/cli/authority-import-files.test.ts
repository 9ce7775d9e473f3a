import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { quickPasswords } from '../gnupg/quick-passwords.ts';
import { untilGnupgReads } from '../gnupg/until-gnupg-reads.ts';
import { deskWithPractice, type Desk } from './support/command-line.ts';
import { deskWithOldCa, refusal, type Taken } from './support/old-ca.ts';
import { makeOpensslCa, type OpensslCa } from './support/openssl-ca.ts';
import { makeXcaDatabase } from './support/xca.ts';

const password = 'old ca password';

/** Its key without a password, for programs that want it so. */
function bareKey(ca: OpensslCa): string {
  ca.run('pkey', '-in', 'private/cakey.pem', '-passin', 'file:password', '-out', 'bare.key');
  return join(ca.directory, 'bare.key');
}

function pkcs12(ca: OpensslCa, ...more: readonly string[]): string {
  ca.run('pkcs12', '-export', '-in', 'cacert.pem', '-inkey', bareKey(ca), '-out', 'old.p12', '-passout', 'file:password', ...more);
  return join(ca.directory, 'old.p12');
}

/** It goes on here: the next list has the next number, keeps what was revoked, and gains what is revoked here. */
async function expectToGoOn(desk: Desk, ca: OpensslCa, { authority, list }: Taken): Promise<void> {
  const first = await ca.nextList(desk, authority);
  expect(first).toMatch(new RegExp(`X509v3 CRL Number:\\s+${list.number + 1}\\b`));
  expect(first).toMatch(/Serial Number: 1000[\s\S]*Key Compromise/);
  const { certificates } = await desk.json<{ certificates: { id: string; serialNumber: string }[] }>(
    'certificate',
    'list',
    '--person',
    'ada@ridgeway.example',
  );
  expect(certificates.map(({ serialNumber }) => serialNumber)).toEqual(['1001']);
  await desk.json('certificate', 'revoke', certificates[0]?.id ?? '', '--reason', 'superseded', '--yes');
  expect(await ca.nextList(desk, authority)).toMatch(/Serial Number: 1000[\s\S]*Serial Number: 1001/);
}

describe('an authority in a PKCS #12 file', () => {
  it.each([
    ['as openssl writes it', []],
    ['as openssl wrote it long ago', ['-legacy']],
    ['with nothing in it encrypted but its integrity protected', ['-keypbe', 'NONE', '-certpbe', 'NONE', '-macalg', 'sha1']],
  ])('%s is taken in with its last list and what it issued, and goes on', async (_, options) => {
    const { desk, ca, issued, crl } = await deskWithOldCa();
    const more = ['--issued', issued[0] ?? '', '--issued', issued[1] ?? '', '--crl', crl];
    const taken = await desk.json<Taken>('authority', 'import', pkcs12(ca, ...options), '--password-file', ca.passwordFile, ...more);
    expect(taken).toMatchObject({ certificates: 2, revoked: 1, list: { number: 0x20 } });
    await expectToGoOn(desk, ca, taken);
  });

  it('may bring the chain above it, which is left, and is known by its key', async () => {
    const { desk, ca } = await deskWithOldCa();
    const other = makeOpensslCa(join(desk.directory, 'other'));
    const file = pkcs12(ca, '-certfile', join(other.directory, 'cacert.pem'));
    const taken = await desk.json<Taken>('authority', 'import', file, '--password-file', ca.passwordFile);
    expect(await ca.nextList(desk, taken.authority)).toContain('X509v3 CRL Number');
  });

  it('is refused with another password, of a person, and with revocations of what is not there; and nothing is changed', async () => {
    const { desk, ca, issued, crl } = await deskWithOldCa();
    const file = pkcs12(ca);
    const wrong = await refusal(desk, file, '--password-file', desk.put('wrong', 'guess\n'));
    expect(wrong).toMatchObject({ exit: 2, error: { code: 'input.wrong-password' }, authorities: 2 });
    const lost = await refusal(desk, file, '--password-file', ca.passwordFile, '--issued', issued[1] ?? '', '--crl', crl);
    const place = { field: 'revocations', serialNumber: '1000', reason: 'missing-certificate' };
    expect(lost).toMatchObject({ exit: 2, error: { code: 'input.invalid', details: place }, authorities: 2 });
    const unknown = await refusal(desk, file, '--password-file', ca.passwordFile, '--issued', issued[1] ?? '');
    expect(unknown).toMatchObject({ error: { code: 'input.invalid', details: { field: 'index', reason: 'missing' } }, authorities: 2 });
    ca.run('pkcs12', '-export', '-in', issued[1] ?? '', '-inkey', 'leaf2.key', '-out', 'leaf.p12', '-passout', 'file:password');
    const leaf = await refusal(desk, join(ca.directory, 'leaf.p12'), '--password-file', ca.passwordFile);
    expect(leaf).toMatchObject({ error: { code: 'path.not-authority' }, authorities: 2 });
  });

  it('is refused with a list that somebody else signed', async () => {
    const { desk, ca, issued } = await deskWithOldCa();
    const other = makeOpensslCa(join(desk.directory, 'other'));
    const more = ['--issued', issued[0] ?? '', '--crl', other.list()];
    const answer = await refusal(desk, pkcs12(ca), '--password-file', ca.passwordFile, ...more);
    expect(answer).toMatchObject({ error: { code: 'input.invalid', details: { field: 'list', reason: 'signature' } }, authorities: 2 });
  });
});

describe('an authority that gpgsm has exported', () => {
  /** gpgsm with the authority's key and all its certificates; what it exports is written to a file. */
  function gpgsmWith(ca: OpensslCa, issued: readonly string[]) {
    const home = mkdtempSync(join(tmpdir(), 'kg-'));
    const env = { PATH: process.env['PATH'], GNUPGHOME: home, LC_ALL: 'C.UTF-8' };
    onTestFinished(() => {
      spawnSync('gpgconf', ['--kill', 'all'], { env });
      rmSync(home, { recursive: true, force: true });
    });
    chmodSync(home, 0o700);
    writeFileSync(join(home, 'gpg-agent.conf'), `allow-loopback-pinentry\n${quickPasswords}\n`);
    const passing = ['--batch', '--pinentry-mode', 'loopback', '--passphrase-fd', '0'];
    const run = (...args: readonly string[]) => execFileSync('gpgsm', args, { env, input: `${password}\n`, stdio: 'pipe' });
    untilGnupgReads(() => run(...passing, '--import', pkcs12(ca, '-legacy')));
    for (const file of issued) run('--import', file);
    const put = (name: string, bytes: Uint8Array) => (writeFileSync(join(ca.directory, name), bytes), join(ca.directory, name));
    return {
      secret: () => put('gpgsm.p12', run(...passing, '--export-secret-key-p12', 'Old Practice CA')),
      all: () => put('gpgsm.pem', run('--armor', '--export')),
    };
  }

  it('is taken in from its .p12 and its certificates, and goes on', async () => {
    const { desk, ca, issued, crl } = await deskWithOldCa();
    const gpgsm = gpgsmWith(ca, issued);
    const more = ['--issued', gpgsm.all(), '--crl', crl];
    const taken = await desk.json<Taken>('authority', 'import', gpgsm.secret(), '--password-file', ca.passwordFile, ...more);
    expect(taken).toMatchObject({ certificates: 2, revoked: 1, list: { number: 0x20 } });
    await expectToGoOn(desk, ca, taken);
  });

  it('is found among all that a plain export has by its key, and refused without one', async () => {
    const { desk, ca, issued } = await deskWithOldCa();
    const all = gpgsmWith(ca, issued).all();
    const without = await refusal(desk, all);
    expect(without).toMatchObject({
      exit: 2,
      error: { code: 'input.invalid', details: { field: 'key', reason: 'missing' } },
      authorities: 2,
    });
    const key = join(ca.directory, 'private', 'cakey.pem');
    const taken = await desk.json<Taken>('authority', 'import', all, '--key', key, '--password-file', ca.passwordFile);
    expect(await ca.nextList(desk, taken.authority)).toContain('X509v3 CRL Number');
  });
});

describe('an authority in the database of XCA', () => {
  async function deskWithXca() {
    const { desk, ca, issued, crl } = await deskWithOldCa();
    const xca = await makeXcaDatabase(ca.directory, ca.passwordFile, password);
    xca.take(bareKey(ca), join(ca.directory, 'cacert.pem'), ...issued, crl);
    return { desk, ca, xca };
  }

  it('is taken in with what it issued and revoked, and goes on', async () => {
    const { desk, ca, xca } = await deskWithXca();
    const taken = await desk.json<Taken>('authority', 'import', xca.database, '--password-file', ca.passwordFile);
    expect(taken).toMatchObject({ certificates: 2, revoked: 1, list: { number: 0x20 } });
    await expectToGoOn(desk, ca, taken);
  });

  it('is asked for by name where there are several, and those below it come after it', async () => {
    const { desk, ca, xca } = await deskWithXca();
    ca.run(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'sub.key',
      '-out',
      'sub.csr',
      '-subj',
      '/CN=Old Clinic',
      '-config',
      'openssl.cnf',
    );
    const extensions = ['-extfile', 'openssl.cnf', '-extensions', 'authority'];
    const signer = ['-CA', 'cacert.pem', '-CAkey', 'bare.key', '-set_serial', '0x2000', '-days', '900'];
    ca.run('x509', '-req', '-in', 'sub.csr', ...signer, ...extensions, '-out', 'sub.pem');
    xca.take(join(ca.directory, 'sub.key'), join(ca.directory, 'sub.pem'));
    const which = (name: string) => [xca.database, '--password-file', ca.passwordFile, '--choose', name];
    const names = ['Old Clinic', 'Old Practice CA'];
    const several = await refusal(desk, xca.database, '--password-file', ca.passwordFile);
    expect(several).toMatchObject({
      exit: 2,
      error: { code: 'input.several-authorities', hint: expect.stringContaining('Say which one') },
    });
    expect((several.error as { details?: { names: string[] } }).details?.names.toSorted()).toEqual(names);
    expect(await refusal(desk, ...which('Nobody'))).toMatchObject({ exit: 3, error: { code: 'not-found' }, authorities: 2 });
    expect(await refusal(desk, ...which('Old Clinic'))).toMatchObject({ exit: 6, error: { code: 'path.unknown-issuer' }, authorities: 2 });
    const root = await desk.json<Taken>('authority', 'import', ...which('Old Practice CA'));
    expect(root).toMatchObject({ certificates: 3, revoked: 1 });
    await desk.json<Taken>('authority', 'import', ...which('2000'));
    const { authorities } = await desk.json<{ authorities: { name: string; parentId: string | null; keyStore: string }[] }>(
      'authority',
      'list',
    );
    expect(authorities).toContainEqual(expect.objectContaining({ name: 'Old Clinic', parentId: root.authority, keyStore: 'vault' }));
    expect(await refusal(desk, ...which('2000'))).toMatchObject({ exit: 3, error: { code: 'conflict' }, authorities: 4 });
    await expectToGoOn(desk, ca, root);
  });

  it.each<[string, (database: string) => void, object]>([
    [
      'when it has revoked what it no longer holds',
      (database) => sql(database, "delete from certs where serial = '1000'"),
      { code: 'input.invalid', details: { field: 'revocations', serialNumber: '1000', reason: 'missing-certificate' } },
    ],
    [
      'when the certificate of another authority stands under it',
      (database) =>
        sql(database, "update certs set cert = (select cert from certs where ca = 1) where serial = '1001'", makeAlien(database)),
      { code: 'input.invalid', details: { field: 'certificates', reason: 'signature' } },
    ],
    ['when it is cut off', (database) => cutOff(database), { code: 'input.invalid', details: { field: 'database' } }],
    [
      'when it is another program’s',
      (database) => sql(database, 'drop table revocations'),
      { code: 'input.invalid', details: { field: 'database', reason: 'not-xca' } },
    ],
  ])('is refused %s, and nothing is changed', async (_, spoil, error) => {
    const { desk, ca, xca } = await deskWithXca();
    spoil(xca.database);
    expect(await refusal(desk, xca.database, '--password-file', ca.passwordFile)).toMatchObject({ exit: 2, error, authorities: 2 });
  });

  it('is refused with another password', async () => {
    const { desk, xca } = await deskWithXca();
    const answer = await refusal(desk, xca.database, '--password-file', desk.put('wrong', 'guess\n'));
    expect(answer).toMatchObject({ exit: 2, error: { code: 'input.wrong-password' }, authorities: 2 });
  });

  function sql(database: string, ...statements: readonly string[]): void {
    const open = new DatabaseSync(database);
    for (const statement of statements) open.exec(statement);
    open.close();
  }

  /** Puts another root's certificate where a person's was. */
  function makeAlien(database: string): string {
    const other = makeOpensslCa(join(database, '..', 'alien'));
    const der = other.run('x509', '-in', 'cacert.pem', '-outform', 'PEM').replace(/-----[^-]+-----|\n/g, '');
    return `update certs set cert = '${der}' where serial = '1001'`;
  }

  const cutOff = (database: string) => writeFileSync(database, readFileSync(database).subarray(0, 16_384));
});

describe('the folder of a step-ca', () => {
  /** Root and intermediate as `step ca init` lays them out; step itself is not in Debian, so openssl makes the files. */
  function makeStepFolder(desk: Desk): { folder: string; passwordFile: string; run: (line: string) => void } {
    const folder = desk.path('step');
    for (const name of ['certs', 'secrets', 'config']) mkdirSync(join(folder, name), { recursive: true });
    const passwordFile = desk.put('step-password', `${password}\n`);
    const run = (line: string) => void execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' });
    const authority = '-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign';
    run('ecparam -name prime256v1 -genkey -noout -out root.key');
    run(`ec -in root.key -aes256 -passout file:${passwordFile} -out secrets/root_ca_key`);
    run(`req -x509 -key root.key -subj /O=Ridgeway/CN=Step-Root -days 3650 ${authority} -out certs/root_ca.crt`);
    run('ecparam -name prime256v1 -genkey -noout -out between.key');
    run(`pkcs8 -topk8 -in between.key -passout file:${passwordFile} -out secrets/intermediate_ca_key`);
    run('req -new -key between.key -subj /O=Ridgeway/CN=Step-Intermediate -out between.csr');
    writeFileSync(
      join(folder, 'between.ext'),
      'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n',
    );
    run('x509 -req -in between.csr -CA certs/root_ca.crt -CAkey root.key -days 3650 -extfile between.ext -out certs/intermediate_ca.crt');
    const at = (path: string) => `/home/step/${path}`;
    const said = { root: at('certs/root_ca.crt'), crt: at('certs/intermediate_ca.crt'), key: at('secrets/intermediate_ca_key') };
    writeFileSync(join(folder, 'config', 'ca.json'), JSON.stringify({ ...said, address: ':443', dnsNames: ['ca.ridgeway.example'] }));
    return { folder, passwordFile, run };
  }

  it('is taken in with both its authorities, old and new encryption of keys, and issues to people whom openssl accepts', async () => {
    const desk = await deskWithPractice();
    const { folder, passwordFile } = makeStepFolder(desk);
    expect(readFileSync(join(folder, 'secrets', 'root_ca_key'), 'utf8')).toContain('Proc-Type: 4,ENCRYPTED');
    const taken = await desk.json<Taken>('authority', 'import', folder, '--password-file', passwordFile);
    const [between] = taken.below;
    await desk.json('people', 'import', desk.put('staff.csv', 'name,email\nAda Lovelace,ada@ridgeway.example\n'));
    await desk.json('authority', 'use', between?.authority ?? '');
    await desk.json('enroll', 'ada@ridgeway.example', '--algorithm', 'p256');
    const { certificates } = await desk.json<{ certificates: { id: string; profile: string }[] }>(
      'certificate',
      'list',
      '--search',
      'ada@',
    );
    const signing = certificates.find(({ profile }) => profile.endsWith('-sign'));
    await desk.json('certificate', 'export', signing?.id ?? '', '--format', 'chain', '--out', desk.path('chain.pem'));
    const verify = ['verify', '-x509_strict', '-purpose', 'smimesign', '-CAfile', join(folder, 'certs', 'root_ca.crt')];
    const said = spawnSync('openssl', [...verify, '-untrusted', desk.path('chain.pem'), desk.path('chain.pem')], { encoding: 'utf8' });
    expect(`${said.stdout}${said.stderr}`).toContain('OK');
  });

  it.each<[string, (folder: string) => void, object]>([
    [
      'when the key of the one below is the other one’s',
      swapKeys,
      { code: 'input.invalid', details: { field: 'key', reason: 'mismatch' } },
    ],
    [
      'when only the one below has its key, and nobody here is above it',
      (folder) => rmSync(join(folder, 'secrets', 'root_ca_key')),
      { code: 'path.unknown-issuer' },
    ],
    [
      'when its configuration is cut off',
      (folder) => writeFileSync(join(folder, 'config', 'ca.json'), '{"root":'),
      { code: 'input.invalid', details: { field: 'config/ca.json' } },
    ],
  ])('is refused %s, and neither is taken in', async (_, spoil, error) => {
    const desk = await deskWithPractice();
    const { folder, passwordFile } = makeStepFolder(desk);
    spoil(folder);
    expect(await refusal(desk, folder, '--password-file', passwordFile)).toMatchObject({ error, authorities: 2 });
  });

  it('is refused with another password, which is neither’s', async () => {
    const desk = await deskWithPractice();
    const { folder } = makeStepFolder(desk);
    const answer = await refusal(desk, folder, '--password-file', desk.put('wrong', 'guess\n'));
    expect(answer).toMatchObject({ error: { code: 'input.wrong-password' }, authorities: 2 });
  });

  function swapKeys(folder: string): void {
    const key = join(folder, 'secrets', 'intermediate_ca_key');
    writeFileSync(key, readFileSync(join(folder, 'secrets', 'root_ca_key')));
  }
});
