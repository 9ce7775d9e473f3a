import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editPreferences, newProfile } from '../mail/support/profile.ts';
import { deskWithPractice, staff, type Desk } from './support/command-line.ts';

interface Certificate {
  readonly id: string;
  readonly purpose: string;
  readonly emails: readonly string[];
  readonly serialNumber: string;
  readonly status: string;
}

const openssl = (...args: string[]) => spawnSync('openssl', args, { encoding: 'utf8' });

async function enrolled(): Promise<Desk & { readonly certificates: readonly Certificate[] }> {
  const desk = await deskWithPractice();
  await desk.json('enroll', '--csv', desk.put('staff.csv', staff));
  const { certificates } = await desk.json<{ certificates: Certificate[] }>('certificate', 'list', '--search', 'ada');
  return { ...desk, certificates };
}

const find = (certificates: readonly Certificate[], purpose: string): Certificate => {
  const found = certificates.find((certificate) => certificate.purpose === purpose);
  if (found === undefined) throw new Error(`no certificate to ${purpose}`);
  return found;
};

async function exportAuthorities(desk: Desk): Promise<void> {
  const { authorities } = await desk.json<{ authorities: { id: string; parentId: string | null }[] }>('authority', 'list');
  for (const { id, parentId } of authorities)
    await desk.json('authority', 'export', id, '--format', 'pem', '--out', desk.path(parentId === null ? 'root.pem' : 'issuing.pem'));
  await desk.json('authority', 'export', authorities.find(({ parentId }) => parentId !== null)?.id ?? '', '--out', desk.path('chain.pem'));
}

describe('the main job on the command line', () => {
  it('enrols a staff list, and continues it when it is asked again', async () => {
    const desk = await deskWithPractice();
    const list = desk.put('staff.csv', staff);
    expect(await desk.json('enroll', '--csv', list)).toMatchObject({ state: 'done', total: 2, done: 2, failed: [] });
    expect(await desk.json('enroll', '--csv', list)).toMatchObject({ state: 'done', total: 2, done: 0, skipped: 2 });
  });

  it('says of whom nothing could be issued to why, what to do, and what comes next for the others', async () => {
    const desk = await deskWithPractice();
    const strict = await desk.run('enroll', '--csv', desk.put('staff.csv', staff), '--profile', 'smime-sponsor-strict');
    expect(strict.stdout).toContain('Ada Lovelace: This kind of certificate says something that is not known here.');
    expect(strict.stdout.match(/^hint: .*registered identifier/gm)).toHaveLength(1);
    expect((await desk.run('enroll', '--csv', desk.path('staff.csv'))).stdout).toContain(
      'To hand their keys over: keyward certificate export',
    );
  });

  it('exports what openssl opens: .p12, encrypted PKCS #8, chain', async () => {
    const desk = await enrolled();
    await exportAuthorities(desk);
    const [sign, encrypt] = [find(desk.certificates, 'sign'), find(desk.certificates, 'encrypt')];
    desk.put('pw', 'handed-over-separately\n');
    await desk.json(
      'certificate',
      'export',
      sign.id,
      encrypt.id,
      '--format',
      'p12-modern',
      '--password-file',
      desk.path('pw'),
      '--out',
      desk.path('ada.p12'),
    );
    const keys = openssl('pkcs12', '-in', desk.path('ada.p12'), '-passin', `file:${desk.path('pw')}`, '-nodes').stdout;
    expect(keys.match(/BEGIN PRIVATE KEY/g)).toHaveLength(2);
    expect(keys.match(/BEGIN CERTIFICATE/g)).toHaveLength(4);
    await desk.json(
      'certificate',
      'export',
      sign.id,
      '--format',
      'pkcs8',
      '--password-file',
      desk.path('pw'),
      '--out',
      desk.path('ada.key'),
    );
    expect(openssl('pkey', '-in', desk.path('ada.key'), '-passin', `file:${desk.path('pw')}`, '-noout').status).toBe(0);
    await desk.json('certificate', 'export', sign.id, '--format', 'chain', '--out', desk.path('ada.pem'));
    expect(
      openssl(
        'verify',
        '-x509_strict',
        '-purpose',
        'smimesign',
        '-CAfile',
        desk.path('root.pem'),
        '-untrusted',
        desk.path('issuing.pem'),
        desk.path('ada.pem'),
      ).status,
    ).toBe(0);
    expect(statSync(desk.path('ada.p12')).mode & 0o777).toBe(0o600);
  });

  it('signs with an exported key and decrypts with the other, by openssl', async () => {
    const desk = await enrolled();
    await exportAuthorities(desk);
    desk.put('pw', 'handed-over-separately\n');
    for (const purpose of ['sign', 'encrypt']) {
      const { id } = find(desk.certificates, purpose);
      await desk.json('certificate', 'export', id, '--format', 'pem', '--out', desk.path(`${purpose}.pem`));
      await desk.json(
        'certificate',
        'export',
        id,
        '--format',
        'pkcs8',
        '--password-file',
        desk.path('pw'),
        '--out',
        desk.path(`${purpose}.key`),
      );
    }
    const [message, password] = [desk.put('message', 'The results are in.\n'), `file:${desk.path('pw')}`];
    execFileSync('openssl', [
      'cms',
      '-sign',
      '-in',
      message,
      '-signer',
      desk.path('sign.pem'),
      '-inkey',
      desk.path('sign.key'),
      '-passin',
      password,
      '-certfile',
      desk.path('issuing.pem'),
      '-out',
      desk.path('signed'),
    ]);
    execFileSync(
      'openssl',
      ['cms', '-verify', '-in', desk.path('signed'), '-CAfile', desk.path('root.pem'), '-out', desk.path('verified')],
      { stdio: 'pipe' },
    );
    execFileSync('openssl', ['cms', '-encrypt', '-aes256', '-in', message, '-out', desk.path('sealed'), desk.path('encrypt.pem')]);
    execFileSync('openssl', [
      'cms',
      '-decrypt',
      '-in',
      desk.path('sealed'),
      '-inkey',
      desk.path('encrypt.key'),
      '-recip',
      desk.path('encrypt.pem'),
      '-passin',
      password,
      '-out',
      desk.path('opened'),
    ]);
    expect(readFileSync(desk.path('opened'), 'utf8').trim()).toBe('The results are in.');
  });

  it('revokes: the list is signed, names the serial, and openssl refuses the certificate by it', async () => {
    const desk = await enrolled();
    await exportAuthorities(desk);
    const { id, serialNumber } = find(desk.certificates, 'sign');
    await desk.json('certificate', 'export', id, '--format', 'pem', '--out', desk.path('sign.pem'));
    const revoked = await desk.json<{ lists: { authority: string; number: number }[] }>(
      'certificate',
      'revoke',
      id,
      '--reason',
      'keyCompromise',
      '--note',
      'left in a taxi',
    );
    const crl = desk.path('list.crl');
    await desk.json('authority', 'crl', revoked.lists[0]?.authority ?? '', '--out', crl);
    const text = openssl('crl', '-inform', 'DER', '-in', crl, '-CAfile', desk.path('chain.pem'), '-noout', '-text');
    expect(text.stderr).toContain('verify OK');
    expect(text.stdout.toLowerCase()).toContain(serialNumber);
    expect(text.stdout).toContain('Key Compromise');
    const verify = openssl(
      'verify',
      '-crl_check',
      '-CRLfile',
      crl,
      '-CAfile',
      desk.path('root.pem'),
      '-untrusted',
      desk.path('issuing.pem'),
      desk.path('sign.pem'),
    );
    expect(verify.stderr).toContain('certificate revoked');
    expect((await desk.run('certificate', 'revoke', id, '--reason', 'keyCompromise')).exit).toBe(3);
    expect((await desk.run('certificate', 'verify', id)).exit).toBe(1);
  });

  it('renews one person: new keys, the old decryption key kept', async () => {
    const desk = await enrolled();
    const old = find(desk.certificates, 'encrypt').id;
    const renewed = await desk.json<{ certificates: string[]; kept: string[] }>('certificate', 'renew', 'ada@ridgeway.example');
    expect(renewed.certificates).toHaveLength(2);
    expect(renewed.kept).toEqual([old]);
    desk.put('pw', 'handed-over-separately\n');
    await desk.json(
      'certificate',
      'export',
      old,
      '--format',
      'p12-modern',
      '--password-file',
      desk.path('pw'),
      '--out',
      desk.path('old.p12'),
    );
    expect(openssl('pkcs12', '-in', desk.path('old.p12'), '-passin', `file:${desk.path('pw')}`, '-noout').status).toBe(0);
  });

  it('publishes lists and certificates under the names the certificates point to', async () => {
    const desk = await enrolled();
    const { id } = find(desk.certificates, 'sign');
    await desk.json('certificate', 'export', id, '--format', 'der', '--out', desk.path('sign.der'));
    const { files } = await desk.json<{ files: string[] }>('authority', 'publish', '--out', desk.path('published'));
    const text = openssl('x509', '-inform', 'DER', '-in', desk.path('sign.der'), '-noout', '-text').stdout;
    const names = Array.from(text.matchAll(/URI:http:\/\/pki\.ridgeway\.example\/(\S+)/g), ([, name]) => name ?? '');
    expect(names).toHaveLength(2);
    for (const name of names) expect(files).toContain(name);
  });

  it('makes the lists that are due, and none while they are fresh', async () => {
    const desk = await deskWithPractice();
    await exportAuthorities(desk);
    const due = await desk.json<{ files: string[] }>('authority', 'crl', '--due', '--out', desk.path('due'));
    expect(due.files).toHaveLength(2);
    for (const [at, ca] of ['root.pem', 'chain.pem'].entries()) {
      const list = desk.path(`due/${due.files[at] ?? ''}`);
      expect(openssl('crl', '-inform', 'DER', '-in', list, '-CAfile', desk.path(ca), '-noout').stderr).toContain('verify OK');
    }
    expect((await desk.run('authority', 'crl', '--due')).stdout).toBe('No list is due.\n');
    expect((await desk.run('authority', 'crl')).exit).toBe(2);
  });

  it('names certificates as short as every command takes them', async () => {
    const desk = await enrolled();
    const [, ...lines] = (await desk.run('certificate', 'list', '--search', 'ada')).stdout.trim().split('\n');
    expect(lines.map((line) => line.length < 80)).toEqual([true, true]);
    const shown = await desk.run('certificate', 'show', lines[0]?.split(' ')[0] ?? '');
    expect(shown.stdout).toContain('It holds.');
    expect(desk.certificates.some(({ id }) => shown.stdout.includes(id))).toBe(true);
  });

  it('shows what was done, and verifies it', async () => {
    const desk = await enrolled();
    const { entries } = await desk.json<{ entries: Record<string, unknown>[] }>('audit', 'list', '--limit', '5');
    expect(Object.keys(entries[0] ?? {})).toEqual(expect.arrayContaining(['index', 'time', 'operator', 'action', 'subject', 'outcome']));
    expect(await desk.json('audit', 'verify')).toMatchObject({ holds: true });
  });
});

describe('a mail program on the command line', () => {
  it('is explained on a page, in the language of whoever gets it', async () => {
    const desk = await enrolled();
    expect(await desk.json('people', 'language', 'ada@ridgeway.example', 'es')).toEqual({ language: 'es' });
    const page = ['people', 'sheet', 'ada@ridgeway.example', '--client', 'outlook', '--out'];
    await desk.json(...page, desk.path('page.html'));
    expect(readFileSync(desk.path('page.html'), 'utf8')).toMatch(/<html lang="es">.*Ejecutar con PowerShell/s);
    for (const wrong of [
      ['people', 'language', 'ada@ridgeway.example', 'tlh'],
      ['people', 'sheet', 'ada@ridgeway.example', '--out', desk.path('page.docx')],
      ['people', 'sheet', 'ada@ridgeway.example', '--client', 'pine', '--out', desk.path('other.html')],
    ])
      expect([wrong, (await desk.run(...wrong)).exit]).toEqual([wrong, 2]);
    expect(existsSync(desk.path('other.html'))).toBe(false);
  });

  it('is planned, set up and checked by name; a check that is not content exits with 1', async () => {
    const desk = await enrolled();
    const profile = newProfile(desk.directory, 'ada@ridgeway.example');
    const target = ['ada@ridgeway.example', '--client', 'thunderbird', '--target', profile];
    expect(await desk.json('mail', 'clients')).toMatchObject({
      clients: expect.arrayContaining([expect.objectContaining({ id: 'thunderbird', name: 'Thunderbird' })]) as unknown,
    });
    expect((await desk.run('mail', 'check', ...target)).exit).toBe(1);
    expect((await desk.run('mail', 'plan', ...target)).stdout).toContain('key4.db: 2 private keys');
    expect(await desk.json('mail', 'export', ...target)).toMatchObject({ checked: true, addresses: ['ada@ridgeway.example'] });
    const { provedAt, ...check } = await desk.json<{ readonly provedAt: string }>('mail', 'check', ...target);
    expect(check).toEqual({ isReady: true, profile, findings: [] });
    expect(await desk.json('people', 'show', 'ada@ridgeway.example')).toMatchObject({ mailSetups: [{ provedAt, checkedAt: provedAt }] });
    editPreferences(profile, /user_pref\("[^"]*signing_cert_name"[^\n]*\n/, '');
    const { exit, stdout } = await desk.run('mail', 'check', ...target);
    expect([exit, stdout]).toEqual([1, expect.stringContaining('no-name: ada@ridgeway.example has a certificate chosen to sign')]);
    expect(await desk.json('people', 'show', 'ada@ridgeway.example')).toMatchObject({
      mailSetups: [{ provedAt, findings: [{ code: 'no-name' }] }],
    });
    const grace = ['--recipient', 'grace@ridgeway.example'];
    const unable = await desk.run('mail', 'check', ...target, ...grace);
    expect([unable.exit, unable.stdout]).toEqual([1, expect.stringContaining('recipient-missing')]);
    await desk.json('mail', 'export', ...target, '--colleagues');
    expect(await desk.json('mail', 'check', ...target, ...grace)).toMatchObject({ isReady: true });
  });

  it('refuses what is not there to be set up, with what to do about it', async () => {
    const desk = await enrolled();
    const profile = newProfile(desk.directory, 'bo@ridgeway.example');
    const target = ['--client', 'thunderbird', '--target', profile];
    const foreign = await desk.run('mail', 'export', 'ada@ridgeway.example', ...target);
    expect([foreign.exit, foreign.stderr]).toEqual([3, expect.stringMatching(/^error: .*bo@ridgeway\.example.*\nhint: /)]);
    expect((await desk.run('mail', 'export', 'nobody@ridgeway.example', ...target)).exit).toBe(3);
    expect((await desk.run('mail', 'export', 'ada@ridgeway.example', '--client', 'pine')).exit).toBe(2);
    expect((await desk.run('mail', 'export', 'ada@ridgeway.example')).exit).toBe(2);
  });
});
