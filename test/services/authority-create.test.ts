import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCertificate } from '../../main/domain/x509/read-certificate.ts';
import { lintCertificate } from '../../main/domain/lint/lint-certificate.ts';
import { enroll, newPractice, temporaryDirectory, type OpenPractice } from './support/practice.ts';

const nowhere = '01a20467-0000-7000-8000-000000000000';

async function practiceWithRoot() {
  const practice = await newPractice();
  const [root, issuing] = (await practice.client.authorities.list({})).authorities;
  if (root === undefined || issuing === undefined) throw new Error('a practice without authorities');
  return { practice, client: practice.client, root, issuing };
}

const authoritiesOf = async ({ client }: OpenPractice) => (await client.authorities.list({})).authorities;

/** What openssl says of a certificate under a chain as `authority export` gives it: the issuing ones first, the root last. */
function verify(chain: Uint8Array, certificate: Uint8Array, options: readonly string[] = []): { status: number | null; text: string } {
  const directory = temporaryDirectory();
  const blocks = Buffer.from(chain)
    .toString()
    .split(/(?<=-----END CERTIFICATE-----\n)/);
  writeFileSync(join(directory, 'root.pem'), blocks.at(-1) ?? '');
  writeFileSync(join(directory, 'between.pem'), blocks.slice(0, -1).join(''));
  writeFileSync(join(directory, 'leaf.pem'), certificate);
  const args = ['verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'between.pem', ...options, 'leaf.pem'];
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: directory, encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

describe('making an authority', () => {
  it('gives a hierarchy of any depth, which openssl and the lint accept down to a person', async () => {
    const { practice, client, root } = await practiceWithRoot();
    const region = await client.authorities.create({ name: 'Region', under: root.id, algorithm: 'p256', pathLength: 2 });
    const clinic = await client.authorities.create({ name: 'Clinic', under: region.authority, algorithm: 'p384', pathLength: 1 });
    const ward = await client.authorities.create({ name: 'Ward', under: clinic.authority, algorithm: 'p521', use: true });
    const { person } = await client.people.add({ name: 'Ana', emails: ['ana@ridgeway.example'] });
    expect(await enroll(practice, [person])).toMatchObject({ state: 'done', done: 1 });
    const { certificates } = await client.people.show({ person });
    const chain = (await client.authorities.export({ authority: ward.authority })).bytes;
    for (const { id, purpose } of certificates) {
      const leaf = (await client.certificates.export({ certificate: id, format: 'pem' })).bytes;
      const use = purpose === 'sign' ? 'smimesign' : 'any';
      expect(verify(chain, leaf, ['-purpose', use])).toEqual({ status: 0, text: 'leaf.pem: OK\n' });
    }
    for (const { authority } of [region, clinic, ward]) {
      const { bytes } = await client.authorities.export({ authority, format: 'der' });
      const errors = lintCertificate(readCertificate(bytes)).filter(({ severity }) => severity === 'error');
      expect(errors).toEqual([]);
    }
    expect((await authoritiesOf(practice)).map(({ name, kind, levelsBelow }) => [name, kind, levelsBelow])).toEqual([
      ['Ridgeway Family Practice Root', 'root', 7],
      ['Ridgeway Family Practice Issuing 1', 'issuing', 0],
      ['Region', 'intermediate', 2],
      ['Clinic', 'intermediate', 1],
      ['Ward', 'issuing', 0],
    ]);
  });

  it('makes its first list in the same unit, empty and signed by it, and enters both in the log', async () => {
    const { client, root } = await practiceWithRoot();
    const made = await client.authorities.create({ name: 'Clinic', under: root.id, algorithm: 'p256' });
    const { authorities } = await client.authorities.list({});
    expect(authorities.find(({ id }) => id === made.authority)?.latestList).toMatchObject({ number: 1, entries: 0 });
    const { entries } = await client.audit.list({ actions: ['authority.create'] });
    expect(entries[0]).toMatchObject({ outcome: 'success', subject: { called: 'Clinic', authority: made.authority, number: 1 } });
  });

  it('makes a root of its own, and authorities below it', async () => {
    const { client } = await practiceWithRoot();
    const root = await client.authorities.create({ name: 'Second Root', algorithm: 'p256' });
    const below = await client.authorities.create({ name: 'Second Issuing', under: root.authority, algorithm: 'p256' });
    const leaf = (await client.authorities.export({ authority: below.authority, format: 'pem' })).bytes;
    const chain = (await client.authorities.export({ authority: below.authority })).bytes;
    expect(verify(chain, leaf).status).toBe(0);
    expect(root.endsWithParent).toBe(false);
  });

  it('ends no later than the authority above it, and says so', async () => {
    const { client, root } = await practiceWithRoot();
    const short = await client.authorities.create({ name: 'Short', under: root.id, algorithm: 'p256', validityDays: 100, pathLength: 1 });
    const below = await client.authorities.create({ name: 'Below', under: short.authority, algorithm: 'p256' });
    expect(short.endsWithParent).toBe(false);
    expect(below).toMatchObject({ endsWithParent: true, notAfter: short.notAfter });
  });

  it.each([
    ['under an authority that may have none below it', 'issuing', {}, 'input.path-length'],
    ['with a path longer than the one above allows', 'clinic', { pathLength: 1 }, 'input.path-length'],
    ['with an open path under one that is limited', 'clinic', { pathLength: 'open' }, 'input.path-length'],
    ['for a domain the one above may not vouch for', 'clinic', { mailDomains: ['elsewhere.example'] }, 'input.domain-outside'],
    [
      'for the hosts below a domain, where the one above has the domain alone',
      'clinic',
      { mailDomains: ['.ridgeway.example'] },
      'input.domain-outside',
    ],
    ['for something that is no domain', 'root', { mailDomains: ['not a domain'] }, 'input.invalid'],
    ['of a name that is taken, however it is written', 'root', { name: 'ridgeway  family practice ROOT' }, 'input.name-taken'],
    ['for longer than its profile allows', 'root', { validityDays: 9999 }, 'input.invalid'],
    ['under nobody who is here', 'nobody', {}, 'not-found'],
    ['as a root with mail domains, which would bind nobody', 'none', { mailDomains: ['ridgeway.example'] }, 'input.invalid'],
    ['as a root that issues to people', 'none', { use: true }, 'input.invalid'],
  ] as const)('is refused %s, and nothing is changed', async (_, above, choices, code) => {
    const { practice, client, root, issuing } = await practiceWithRoot();
    const domain = { pathLength: 1, mailDomains: ['ridgeway.example'] };
    const clinic = await client.authorities.create({ name: 'Clinic', under: root.id, algorithm: 'p256', ...domain });
    const before = await authoritiesOf(practice);
    const under = { root: root.id, issuing: issuing.id, clinic: clinic.authority, nobody: nowhere, none: undefined }[above];
    const order = { name: 'Ward', algorithm: 'p256' as const, ...(under === undefined ? {} : { under }), ...choices };
    await expect(
      client.authorities.create({ ...order, mailDomains: [...((choices as { mailDomains?: string[] }).mailDomains ?? [])] }),
    ).rejects.toMatchObject({ code });
    expect(await authoritiesOf(practice)).toEqual(before);
    expect((await client.audit.list({ actions: ['authority.create'] })).entries[0]).toMatchObject({ outcome: 'refused', error: code });
  });

  it('is refused under an authority that is revoked', async () => {
    const { practice, client, root } = await practiceWithRoot();
    const clinic = await client.authorities.create({ name: 'Clinic', under: root.id, algorithm: 'p256', pathLength: 1 });
    await client.certificates.revoke({ certificates: [clinic.certificate], reason: 'cessationOfOperation' });
    const order = client.authorities.create({ name: 'Ward', under: clinic.authority, algorithm: 'p256' });
    await expect(order).rejects.toMatchObject({ code: 'path.revoked' });
    await expect(client.authorities.use({ authority: clinic.authority })).rejects.toMatchObject({ code: 'path.revoked' });
    expect(await authoritiesOf(practice)).toHaveLength(3);
  });
});

describe('an authority for some mail domains', () => {
  it('issues inside them, as openssl accepts, and is refused outside before anything is signed', async () => {
    const { practice, client, root } = await practiceWithRoot();
    const mailDomains = ['ridgeway.example', '.clinics.example'];
    const made = await client.authorities.create({ name: 'Clinic', under: root.id, algorithm: 'p256', mailDomains, use: true });
    const { person: inside } = await client.people.add({ name: 'Ana', emails: ['ana@ridgeway.example', 'ana@north.clinics.example'] });
    const { person: outside } = await client.people.add({ name: 'Bo', emails: ['bo@ridgeway.example', 'bo@clinics.example'] });
    const job = await enroll(practice, [inside, outside]);
    expect(job).toMatchObject({ done: 1, failed: 1 });
    const { items } = await client.enrollment.job({ job: job.id, state: 'failed' });
    expect(items[0]?.error).toMatchObject({ code: 'input.mailbox-outside', hint: expect.stringMatching(/another authority/) });
    const { certificates } = await client.people.show({ person: inside });
    const chain = (await client.authorities.export({ authority: made.authority })).bytes;
    for (const { id } of certificates) {
      const leaf = (await client.certificates.export({ certificate: id, format: 'pem' })).bytes;
      expect(verify(chain, leaf).text).toBe('leaf.pem: OK\n');
    }
    expect((await client.people.show({ person: outside })).certificates).toEqual([]);
  });

  it('binds those below it, which need not repeat it', async () => {
    const { practice, client, root } = await practiceWithRoot();
    const above = { name: 'Clinic', under: root.id, algorithm: 'p256' as const, mailDomains: ['ridgeway.example'], pathLength: 1 };
    const { authority } = await client.authorities.create(above);
    await client.authorities.create({ name: 'Ward', under: authority, algorithm: 'p256', use: true });
    const { person } = await client.people.add({ name: 'Bo', emails: ['bo@elsewhere.example'] });
    expect(await enroll(practice, [person])).toMatchObject({ done: 0, failed: 1 });
    expect((await authoritiesOf(practice)).at(-1)).toMatchObject({ name: 'Ward', mailDomains: ['ridgeway.example'] });
  });
});

describe('who issues to people', () => {
  it('stays who it was when an authority is added, and is another one once it is chosen', async () => {
    const { practice, client, root, issuing } = await practiceWithRoot();
    const issues = async () => (await authoritiesOf(practice)).filter(({ issuesToPeople }) => issuesToPeople).map(({ id }) => id);
    const { authority } = await client.authorities.create({ name: 'Clinic', under: root.id, algorithm: 'p256' });
    expect(await issues()).toEqual([issuing.id]);
    await client.authorities.use({ authority });
    expect(await issues()).toEqual([authority]);
    const { person } = await client.people.add({ name: 'Ana', emails: ['ana@ridgeway.example'] });
    await enroll(practice, [person]);
    const [certificate] = (await client.people.show({ person })).certificates;
    expect(certificate?.issuer).toMatch(/Clinic/);
    expect((await client.audit.list({ actions: ['authority.use'] })).entries[0]).toMatchObject({ subject: { authority } });
  });

  it('is never a root', async () => {
    const { practice, client, root } = await practiceWithRoot();
    await expect(client.authorities.use({ authority: root.id })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(client.authorities.use({ authority: nowhere })).rejects.toMatchObject({ code: 'not-found' });
    expect((await authoritiesOf(practice)).find(({ id }) => id === root.id)?.issuesToPeople).toBe(false);
  });
});
