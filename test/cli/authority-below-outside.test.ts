import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deskWithOldCa, refusal, type Taken } from './support/old-ca.ts';
import { makeOpensslCa } from './support/openssl-ca.ts';

describe('an authority under somebody else’s root', () => {
  /** One that openssl's old authority has certified, with its key; the root's key stays where it is. */
  async function intermediate() {
    const { desk, ca } = await deskWithOldCa();
    const subject = ['-subj', '/O=Old Practice/CN=Clinic CA', '-nodes', '-newkey', 'rsa:2048'];
    ca.run('req', '-new', '-config', 'openssl.cnf', ...subject, '-keyout', 'clinic.key', '-out', 'clinic.csr');
    const signing = ['-CA', 'cacert.pem', '-CAkey', 'private/cakey.pem', '-passin', 'file:password', '-days', '1000'];
    ca.run('x509', '-req', '-in', 'clinic.csr', ...signing, '-extfile', 'openssl.cnf', '-extensions', 'authority', '-out', 'clinic.pem');
    const at = (name: string) => join(ca.directory, name);
    return { desk, ca, certificate: at('clinic.pem'), key: at('clinic.key'), root: at('cacert.pem'), at };
  }

  /** What openssl says, trusting the root alone, of what is issued to somebody by it. */
  async function verdictOnIssued({ desk, ca }: Awaited<ReturnType<typeof intermediate>>, { authority }: Taken) {
    await desk.json('authority', 'use', authority);
    await desk.json('enroll', 'ada@ridgeway.example', '--algorithm', 'p256');
    const { certificates } = await desk.json<{ certificates: { id: string }[] }>('certificate', 'list');
    await desk.json('certificate', 'export', certificates[0]?.id ?? '', '--format', 'chain', '--out', desk.path('chain.pem'));
    return ca.run('verify', '-x509_strict', '-CAfile', 'cacert.pem', '-untrusted', desk.path('chain.pem'), desk.path('chain.pem'));
  }

  it('is taken in with the certificate above it, issues, and says whose it is under', async () => {
    const made = await intermediate();
    const { desk, certificate, key, root } = made;
    const taken = await desk.json<Taken>('authority', 'import', certificate, '--key', key, '--above', root);
    const { authorities } = await desk.json<{ authorities: { id: string; signer: string | null; kind: string }[] }>('authority', 'list');
    expect(authorities).toHaveLength(3);
    expect(authorities.find(({ id }) => id === taken.authority)).toMatchObject({ signer: 'Old Practice CA', kind: 'intermediate' });
    expect(await verdictOnIssued(made, taken)).toContain('OK');
    expect(await desk.run('authority', 'publish', '--out', desk.path('pki'))).toMatchObject({ exit: 0 });
  });

  it('is taken in from a .p12 file that brings what is above it', async () => {
    const made = await intermediate();
    const { desk, ca, at } = made;
    ca.run(
      'pkcs12',
      '-export',
      '-in',
      'clinic.pem',
      '-inkey',
      'clinic.key',
      '-certfile',
      'cacert.pem',
      '-out',
      'clinic.p12',
      '-passout',
      'file:password',
    );
    const taken = await desk.json<Taken>('authority', 'import', at('clinic.p12'), '--password-file', ca.passwordFile);
    expect(await verdictOnIssued(made, taken)).toContain('OK');
  });

  it('stays below the root when that one is taken in with its key later, as one authority and not two', async () => {
    const made = await intermediate();
    const { desk, ca, certificate, key, root, at } = made;
    const below = await desk.json<Taken>('authority', 'import', certificate, '--key', key, '--above', root);
    const above = await desk.json<Taken>('authority', 'import', root, '--key', at('private/cakey.pem'), '--password-file', ca.passwordFile);
    const { authorities } = await desk.json<{ authorities: { id: string; parentId: string | null }[] }>('authority', 'list');
    expect(authorities).toHaveLength(4);
    expect(authorities.find(({ id }) => id === below.authority)).toMatchObject({ parentId: above.authority });
    expect(await ca.nextList(desk, above.authority)).toContain('X509v3 CRL Number');
    expect(await verdictOnIssued(made, below)).toContain('OK');
  });

  it('is refused alone, with a root that did not sign it, and with one that has ended; and nothing is changed', async () => {
    const { desk, ca, certificate, key, at } = await intermediate();
    const alone = await refusal(desk, certificate, '--key', key);
    expect(alone).toMatchObject({ exit: 6, error: { code: 'path.unknown-issuer' }, authorities: 2 });
    const other = makeOpensslCa(join(desk.directory, 'other'));
    const strange = await refusal(desk, certificate, '--key', key, '--above', join(other.directory, 'cacert.pem'));
    expect(strange).toMatchObject({ error: { code: 'path.unknown-issuer' }, authorities: 2 });
    const own = ['-key', 'private/cakey.pem', '-passin', 'file:password'];
    ca.run('req', '-new', '-config', 'openssl.cnf', ...own, '-subj', '/O=Old Practice/CN=Old Practice CA', '-out', 'root.csr');
    const signing = ['-signkey', 'private/cakey.pem', '-passin', 'file:password', '-days', '-1'];
    ca.run('x509', '-req', '-in', 'root.csr', ...signing, '-extfile', 'openssl.cnf', '-extensions', 'authority', '-out', 'ended.pem');
    const expired = await refusal(desk, certificate, '--key', key, '--above', at('ended.pem'));
    expect(expired).toMatchObject({ error: { code: 'path.expired' }, authorities: 2 });
  });
});
