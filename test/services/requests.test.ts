import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileContent } from '../../main/contract/secret.ts';
import { newPractice, temporaryDirectory } from './support/practice.ts';

let directory: string;
let client: Awaited<ReturnType<typeof newPractice>>['client'];

beforeEach(async () => {
  directory = temporaryDirectory();
  ({ client } = await newPractice());
});

const openssl = (...args: string[]): string => execFileSync('openssl', args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });

interface Asked {
  readonly key?: readonly string[];
  readonly subject?: string;
  readonly extensions?: readonly string[];
  readonly digest?: string;
}

/** A request as openssl makes it: `key` as genpkey takes it. */
function request({
  key = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  subject = '/CN=Eve Outside/emailAddress=eve@lab.example',
  extensions = [],
  digest = 'sha256',
}: Asked = {}): FileContent {
  openssl('genpkey', ...key, '-out', 'key.pem');
  const added = extensions.flatMap((extension) => ['-addext', extension]);
  openssl('req', '-new', '-key', 'key.pem', '-utf8', '-subj', subject, `-${digest}`, '-out', 'request.pem', ...added);
  return new FileContent('request.pem', readFileSync(join(directory, 'request.pem')));
}

async function somebody(email = 'ada@ridgeway.example'): Promise<string> {
  const file = new FileContent('staff.csv', Buffer.from(`name,given_name,surname,email\nAda Lovelace,Ada,Lovelace,${email}\n`));
  return (await client.people.import({ file })).people[0] ?? '';
}

describe('a request from outside', () => {
  it('becomes a certificate for its key that openssl accepts for its purpose, with the chain to the root', async () => {
    const file = request({ extensions: ['subjectAltName=email:eve@lab.example', 'keyUsage=digitalSignature'] });
    const { certificate } = await client.requests.sign({ file });
    const chain = (await client.certificates.export({ certificate, format: 'chain' })).bytes;
    writeFileSync(join(directory, 'chain.pem'), chain);
    const [root] = (await client.authorities.list({})).authorities;
    writeFileSync(join(directory, 'root.pem'), (await client.authorities.export({ authority: root?.id ?? '', format: 'pem' })).bytes);
    const verify = ['verify', '-x509_strict', '-purpose', 'smimesign', '-CAfile', 'root.pem', '-untrusted', 'chain.pem', 'chain.pem'];
    expect(openssl(...verify)).toContain('OK');
    expect(openssl('x509', '-in', 'chain.pem', '-noout', '-pubkey')).toBe(openssl('pkey', '-in', 'key.pem', '-pubout'));
    expect(await client.certificates.show({ certificate })).toMatchObject({
      keyStore: 'elsewhere',
      personId: null,
      emails: ['eve@lab.example'],
      profile: 'smime-mailbox-multipurpose-sign',
      validation: { valid: true },
    });
  });

  it('is shown beside what would come of it: what is kept, replaced and dropped', async () => {
    const file = request({
      subject: '/O=Other Clinic/CN=Eve Outside/emailAddress=eve@lab.example',
      extensions: [
        'subjectAltName=email:eve@lab.example,DNS:lab.example',
        'keyUsage=digitalSignature,keyCertSign',
        'basicConstraints=CA:TRUE',
      ],
    });
    const { items, made, asked, person, findings } = await client.requests.preview({ file });
    expect(items.map(({ name, asked: wanted, fate, made: says }) => [name, wanted, fate, says])).toEqual([
      ['organizationName', 'Other Clinic', 'dropped', null],
      ['commonName', 'Eve Outside', 'replaced', 'eve@lab.example'],
      ['emailAddress', 'eve@lab.example', 'kept', 'eve@lab.example'],
      ['rfc822Name', 'eve@lab.example', 'kept', 'eve@lab.example'],
      ['dNSName', 'lab.example', 'dropped', null],
      ['keyUsage', 'digitalSignature, keyCertSign', 'replaced', 'digitalSignature, nonRepudiation'],
      ['basicConstraints', 'cA', 'dropped', null],
    ]);
    expect({ emails: made.emails, algorithm: asked.keyAlgorithm, person }).toEqual({
      emails: ['eve@lab.example'],
      algorithm: 'p256',
      person: null,
    });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect((await client.certificates.list({ limit: 10, search: 'eve' })).certificates).toEqual([]);
  });

  it('of somebody here goes by what the practice knows of them, and stands beside what they have', async () => {
    const person = await somebody();
    const file = request({
      subject: '/CN=Somebody Else/emailAddress=ADA@ridgeway.example',
      key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
    });
    const { certificate, replaced } = await client.requests.sign({ file, profile: 'smime-sponsor-multipurpose-dual' });
    const details = await client.certificates.show({ certificate });
    expect(details).toMatchObject({ personId: person, purpose: 'dual', isCurrent: true });
    expect(details.subject).toContain('CN=Ada Lovelace');
    expect(replaced).toEqual([]);
    expect((await client.people.show({ person })).standing).toBe('covered');
  });

  it('takes the place of an older one of the same use, of none that is in the vault', async () => {
    const person = await somebody();
    const first = await client.requests.sign({ file: request({ subject: '/CN=x', extensions: ['keyUsage=digitalSignature'] }), person });
    const second = await client.requests.sign({ file: request({ subject: '/CN=x', extensions: ['keyUsage=digitalSignature'] }), person });
    expect(second.replaced).toEqual([first.certificate]);
    expect(await client.certificates.show({ certificate: first.certificate })).toMatchObject({ isCurrent: false });
  });

  it('can be revoked like any other, and its private key is never given away, because it is not here', async () => {
    const person = await somebody();
    const { certificate } = await client.requests.sign({ file: request({ subject: '/CN=x' }), person });
    const secret = client.certificates.exportPrivateKey({ certificates: [certificate], format: 'p12-modern' });
    await expect(secret).rejects.toMatchObject({ code: 'not-found', details: { what: 'private-key' } });
    await expect(client.certificates.renew({ person })).rejects.toMatchObject({ code: 'conflict' });
    await client.certificates.revoke({ certificates: [certificate], reason: 'superseded' });
    expect(await client.certificates.show({ certificate })).toMatchObject({ status: 'revoked' });
  });

  it('is in the log, with whose it is and what was made', async () => {
    const person = await somebody();
    const { certificate } = await client.requests.sign({ file: request({ subject: '/CN=x' }), person, override: 'nothing to override' });
    await expect(client.requests.sign({ file: request({ digest: 'sha1', key: ['-algorithm', 'RSA'] }) })).rejects.toBeDefined();
    const { entries } = await client.audit.list({ actions: ['authority.sign-request'] });
    expect(entries).toMatchObject([
      { outcome: 'refused', error: 'input.not-proven' },
      { outcome: 'success', subject: { certificate, person, overridden: [], replaced: [] }, reason: null },
    ]);
  });
});

describe('a request is refused, and nothing is changed,', () => {
  /** What went wrong, and how many certificates there are of people after it. */
  const refusal = async (order: Parameters<typeof client.requests.sign>[0]) => {
    const error: unknown = await client.requests.sign(order).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const { certificates } = await client.certificates.list({ limit: 10 });
    return { error, issued: certificates.filter(({ isAuthority }) => !isAuthority).length };
  };

  it('when it is not signed with its key', async () => {
    const { bytes } = request();
    const der = Buffer.from(
      openssl('req', '-in', 'request.pem', '-outform', 'PEM').split('-----')[2]?.replaceAll('\n', '') ?? '',
      'base64',
    );
    der[der.length - 3] = (der[der.length - 3] ?? 0) ^ 1;
    expect(bytes.length).toBeGreaterThan(0);
    expect(await refusal({ file: new FileContent('broken.csr', der) })).toMatchObject({ error: { code: 'input.not-proven' }, issued: 0 });
  });

  it('when its signature can be forged', async () => {
    const file = request({ key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], digest: 'sha1' });
    expect(await refusal({ file })).toMatchObject({ error: { code: 'input.not-proven' }, issued: 0 });
  });

  it('when its key is too small or of a kind no mail program uses', async () => {
    const small = request({ key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'] });
    expect(await refusal({ file: small })).toMatchObject({
      error: {
        code: 'input.unsupported-algorithm',
        details: { algorithm: 'rsaEncryption 1024' },
      },
      issued: 0,
    });
    const odd = request({ key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'] });
    expect(await refusal({ file: odd })).toMatchObject({ error: { code: 'input.unsupported-algorithm' }, issued: 0 });
  });

  it('when its key has a certificate here already', async () => {
    const file = request();
    const { certificate } = await client.requests.sign({ file });
    await expect(client.requests.sign({ file })).rejects.toMatchObject({ code: 'conflict', details: { what: 'key' } });
    const { certificates } = await client.certificates.list({ limit: 10, search: 'eve' });
    expect(certificates.map(({ id }) => id)).toEqual([certificate]);
  });

  it('when it names no mailbox, or one that is none', async () => {
    expect(await refusal({ file: request({ subject: '/CN=Nobody' }) })).toMatchObject({
      error: {
        code: 'input.invalid',
        details: { field: 'email' },
      },
      issued: 0,
    });
    expect(await refusal({ file: request({ subject: '/CN=x/emailAddress=not an address' }) })).toMatchObject({
      error: { code: 'input.invalid' },
      issued: 0,
    });
  });

  it('when its mailboxes are of several people, or of another than was named', async () => {
    const ada = await somebody();
    await somebody('bob@ridgeway.example');
    const both = request({ extensions: ['subjectAltName=email:ada@ridgeway.example,email:bob@ridgeway.example'] });
    expect(await refusal({ file: both })).toMatchObject({ error: { code: 'conflict', details: { what: 'mailbox' } }, issued: 0 });
    const bobs = request({ extensions: ['subjectAltName=email:bob@ridgeway.example'] });
    expect(await refusal({ file: bobs, person: ada })).toMatchObject({ error: { code: 'conflict' }, issued: 0 });
    expect(await refusal({ file: request(), person: ada })).toMatchObject({ error: { code: 'conflict' }, issued: 0 });
  });

  it('when the profile is for a pair of keys, or the key cannot do what it is for', async () => {
    expect(await refusal({ file: request(), profile: 'smime-mailbox-multipurpose' })).toMatchObject({
      error: {
        code: 'input.invalid',
        details: { field: 'profile' },
      },
      issued: 0,
    });
    const edwards = request({ key: ['-algorithm', 'ED25519'] });
    expect(await refusal({ file: edwards, profile: 'smime-mailbox-multipurpose-encrypt' })).toMatchObject({
      error: {
        code: 'input.unsupported-algorithm',
      },
      issued: 0,
    });
    expect(await refusal({ file: request(), profile: 'nobody' })).toMatchObject({ error: { code: 'input.unknown-profile' }, issued: 0 });
  });

  it('when the file holds no request, or several', async () => {
    const { bytes } = request();
    const twice = Buffer.concat([bytes, bytes]);
    expect(await refusal({ file: new FileContent('two.pem', twice) })).toMatchObject({
      error: { code: 'input.invalid', details: { found: 2 } },
      issued: 0,
    });
    expect(await refusal({ file: new FileContent('none.pem', Buffer.from('no request')) })).toMatchObject({
      error: { code: 'input.malformed-der' },
      issued: 0,
    });
  });
});
