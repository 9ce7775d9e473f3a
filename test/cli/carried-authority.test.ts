import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodePem, readEncodedObjects } from '../../main/domain/encoding/pem.ts';
import { deskWithPractice, newDesk, staff, type Desk } from './support/command-line.ts';

const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Where the root's key is: another practice in another workspace, as on a machine that is never online. */
async function rootDesk(): Promise<Desk> {
  const desk = newDesk();
  const places = ['--publish-url', 'http://pki.vault.example', '--recovery-code-file', desk.path('code')];
  await desk.json('init', '--name', 'Vault', '--root-algorithm', 'p256', ...places);
  return desk;
}

const request = (desk: Desk, ...more: readonly string[]) =>
  desk.json<object>('authority', 'request', 'Clinic', '--out', desk.path('clinic.csr'), ...more);

const certify = (desk: Desk, file: string, ...more: readonly string[]) =>
  desk.run('authority', 'certify', file, '--under', 'Vault Root', '--out', desk.path('answer.pem'), ...more, '--json');

/** The last certificate of an answer is the root's. */
function split(desk: Desk, answer: string): { root: string; between: string } {
  const certificates = readEncodedObjects(readFileSync(answer)).map(({ der }) => encodePem('CERTIFICATE', der));
  return { root: desk.put('root.pem', certificates.at(-1) ?? ''), between: desk.put('between.pem', certificates.slice(0, -1).join('')) };
}

const authoritiesOf = async (desk: Desk) =>
  (await desk.json<{ authorities: { name: string; issuesToPeople: boolean; mailDomains: string[] }[] }>('authority', 'list')).authorities;

describe('an authority under a key that is elsewhere', () => {
  it('is requested here, signed there, and issues here what openssl accepts under that root', async () => {
    const [clinic, vault] = [await deskWithPractice(), await rootDesk()];
    await request(clinic);
    expect(openssl('req', '-in', clinic.path('clinic.csr'), '-noout', '-verify', '-text')).toMatch(/CA:TRUE/);
    const signed = await certify(vault, clinic.path('clinic.csr'), '--domain', 'ridgeway.example');
    expect(signed.exit).toBe(0);
    const accepted = await clinic.json<object>('authority', 'accept', vault.path('answer.pem'), '--use');
    expect(accepted).toMatchObject({ name: 'Clinic', isUsed: true });
    expect((await authoritiesOf(clinic)).find(({ name }) => name === 'Clinic')).toMatchObject({
      issuesToPeople: true,
      mailDomains: ['ridgeway.example'],
    });
    await clinic.json('enroll', '--csv', clinic.put('staff.csv', staff));
    const { certificates } = await clinic.json<{ certificates: { id: string }[] }>('certificate', 'list', '--search', 'ada');
    await clinic.json('certificate', 'export', certificates[0]?.id ?? '', '--format', 'pem', '--out', clinic.path('leaf.pem'));
    const { root, between } = split(clinic, vault.path('answer.pem'));
    expect(openssl('verify', '-x509_strict', '-CAfile', root, '-untrusted', between, clinic.path('leaf.pem'))).toMatch(/leaf\.pem: OK/);
    expect((await clinic.run('lint', vault.path('answer.pem'))).exit).toBe(0);
  });

  it('is revoked where the key above it is, and that list names it', async () => {
    const [clinic, vault] = [await deskWithPractice(), await rootDesk()];
    await request(clinic);
    const { certificate } = JSON.parse((await certify(vault, clinic.path('clinic.csr'))).stdout) as { certificate: string };
    const { serialNumber } = await vault.json<{ serialNumber: string }>('certificate', 'show', certificate);
    await vault.json('certificate', 'revoke', certificate, '--reason', 'cACompromise');
    const root = (await vault.json<{ authorities: { id: string }[] }>('authority', 'list')).authorities[0]?.id ?? '';
    await vault.json('authority', 'crl', root, '--out', vault.path('root.crl'));
    const listed = openssl('crl', '-inform', 'DER', '-in', vault.path('root.crl'), '-noout', '-text');
    expect(listed).toContain(serialNumber.toUpperCase());
    expect(listed).toContain('CA Compromise');
  });

  it('is not taken in under an authority that is revoked here', async () => {
    const desk = await rootDesk();
    await request(desk);
    await certify(desk, desk.path('clinic.csr'));
    const { authorities } = await desk.json<{ authorities: { certificateId: string }[] }>('authority', 'list');
    await desk.json('certificate', 'revoke', authorities[0]?.certificateId ?? '', '--reason', 'cACompromise');
    const refused = await desk.run('authority', 'accept', desk.path('answer.pem'), '--json');
    expect([refused.exit, JSON.parse(refused.stdout)]).toMatchObject([6, { error: { code: 'path.revoked' } }]);
    expect(await authoritiesOf(desk)).toHaveLength(2);
  });

  it('can be requested and signed in one workspace as well, and has its certificate once', async () => {
    const desk = await rootDesk();
    await request(desk);
    await certify(desk, desk.path('clinic.csr'));
    await desk.json('authority', 'accept', desk.path('answer.pem'));
    expect((await authoritiesOf(desk)).map(({ name }) => name).toSorted()).toEqual(['Clinic', 'Vault Issuing 1', 'Vault Root']);
    const again = await desk.run('authority', 'accept', desk.path('answer.pem'), '--json');
    expect([again.exit, JSON.parse(again.stdout)]).toMatchObject([2, { error: { code: 'input.no-request' } }]);
  });

  it('is listed while it waits, and its file can be had once more', async () => {
    const clinic = await deskWithPractice();
    await request(clinic);
    const { requests } = await clinic.json<{ requests: { request: string }[] }>('authority', 'requests');
    expect(requests).toMatchObject([{ name: 'Clinic', algorithm: 'p256' }]);
    await clinic.json('authority', 'request-file', requests[0]?.request ?? '', '--out', clinic.path('again.csr'));
    expect(readFileSync(clinic.path('again.csr'))).toEqual(readFileSync(clinic.path('clinic.csr')));
  });

  it('can be given up while it waits: its key is destroyed, and its name is free again', async () => {
    const [clinic, vault] = [await deskWithPractice(), await rootDesk()];
    await request(clinic);
    await certify(vault, clinic.path('clinic.csr'));
    const { requests } = await clinic.json<{ requests: { request: string }[] }>('authority', 'requests');
    await clinic.json('authority', 'withdraw-request', requests[0]?.request ?? '');
    expect(await clinic.json('authority', 'requests')).toEqual({ requests: [] });
    const late = await clinic.run('authority', 'accept', vault.path('answer.pem'), '--json');
    expect([late.exit, JSON.parse(late.stdout)]).toMatchObject([2, { error: { code: 'input.no-request' } }]);
    const gone = await clinic.run('authority', 'withdraw-request', requests[0]?.request ?? '', '--json');
    expect([gone.exit, JSON.parse(gone.stdout)]).toMatchObject([3, { error: { code: 'not-found' } }]);
    await request(clinic);
    const { entries } = await clinic.json<{ entries: { action: string }[] }>('audit', 'list');
    expect(entries.filter(({ action }) => action === 'authority.request-withdraw')).toHaveLength(2);
  });

  it.each<[string, (clinic: Desk) => void, readonly string[], number, string]>([
    [
      'whose key is too weak for an authority',
      (clinic) =>
        void openssl(
          'req',
          '-new',
          '-newkey',
          'rsa:2048',
          '-nodes',
          '-keyout',
          clinic.path('k'),
          '-subj',
          '/CN=C',
          '-out',
          clinic.path('clinic.csr'),
        ),
      [],
      2,
      'input.unsupported-algorithm',
    ],
    [
      'that was changed on the way',
      (clinic) => {
        const [found] = readEncodedObjects(readFileSync(clinic.path('clinic.csr')));
        const der = Uint8Array.from(found?.der ?? []);
        der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
        writeFileSync(clinic.path('clinic.csr'), encodePem('CERTIFICATE REQUEST', der));
      },
      [],
      2,
      'input.not-proven',
    ],
    ['that is none', (clinic) => writeFileSync(clinic.path('clinic.csr'), 'hello'), [], 2, 'input.'],
    ['for more levels than any path has', () => undefined, ['--path-length', '9'], 2, 'input.path-length'],
    ['for a domain that is none', () => undefined, ['--domain', 'not_a_domain'], 2, 'input.invalid'],
  ])('is not signed by a request %s, and nothing is recorded', async (_, spoil, options, exit, code) => {
    const [clinic, vault] = [await deskWithPractice(), await rootDesk()];
    await request(clinic);
    spoil(clinic);
    const refused = await certify(vault, clinic.path('clinic.csr'), ...options);
    expect([refused.exit, JSON.parse(refused.stdout)]).toMatchObject([
      exit,
      { error: { code: expect.stringContaining(code), hint: expect.stringMatching(/\w/) } },
    ]);
    expect((await vault.json<{ certificates: unknown[] }>('certificate', 'list')).certificates).toHaveLength(2);
  });

  it('is not taken in by a certificate for another key, or for one that is no authority', async () => {
    const [clinic, vault] = [await deskWithPractice(), await rootDesk()];
    await request(clinic);
    await vault.json(
      'authority',
      'export',
      (await vault.json<{ authorities: { id: string }[] }>('authority', 'list')).authorities[1]?.id ?? '',
      '--out',
      vault.path('other.pem'),
    );
    const other = await clinic.run('authority', 'accept', vault.path('other.pem'), '--json');
    expect(JSON.parse(other.stdout)).toMatchObject({ error: { code: 'input.no-request' } });
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      clinic.path('ca.key'),
      '-subj',
      '/CN=Any',
      '-out',
      clinic.path('ca.pem'),
    );
    writeFileSync(clinic.path('ext'), 'basicConstraints=CA:FALSE\nsubjectKeyIdentifier=hash\n');
    const from = ['-in', clinic.path('clinic.csr'), '-CA', clinic.path('ca.pem'), '-CAkey', clinic.path('ca.key'), '-set_serial', '5'];
    openssl('x509', '-req', ...from, '-extfile', clinic.path('ext'), '-out', clinic.path('person.pem'));
    const person = await clinic.run('authority', 'accept', clinic.path('person.pem'), '--chain', clinic.path('ca.pem'), '--json');
    expect(JSON.parse(person.stdout)).toMatchObject({ error: { code: 'path.not-authority' } });
    expect(await authoritiesOf(clinic)).toHaveLength(2);
  });
});
