import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCertificateList, revokedCertificates } from '../../main/domain/x509/read-certificate-list.ts';
import { addPeople, enroll, file, newPractice, temporaryDirectory } from './support/practice.ts';

const minute = 60_000;

/** Four certificates, a clock that is moved, and openssl and certtool beside. */
async function enrolled() {
  let now = new Date(Math.floor(Date.now() / 1000) * 1000 - 60 * minute);
  const practice = await newPractice({ clock: { now: () => now } });
  const people = await addPeople(practice, 2);
  await enroll(practice, people);
  const { client } = practice;
  const certificates = (await client.certificates.list({})).certificates.filter(({ isAuthority }) => !isAuthority);
  const [, issuing] = (await client.authorities.list({})).authorities;
  if (issuing === undefined) throw new Error('a practice without an issuing authority');
  const pass = () => void (now = new Date(now.getTime() + minute));
  const list = async (more: object = {}) => {
    pass();
    const made = await client.authorities.crl({ authority: issuing.id, ...more });
    const read = readCertificateList(made.file.bytes);
    const named = [...revokedCertificates(read)].map(({ serialNumber, reasonCode }) => `${serialNumber} ${reasonCode}`);
    pass();
    return { ...made, read, named };
  };
  return { client, certificates, issuing: issuing.id, list, now: () => now, pass, ...toolsOf() };
}

function toolsOf() {
  const directory = temporaryDirectory();
  const run = (line: string) => {
    const [program = '', ...args] = line.split(' ');
    const { stdout, stderr } = spawnSync(program, args, { cwd: directory, encoding: 'utf8' });
    return `${stdout}${stderr}`;
  };
  return { run, write: (name: string, bytes: Uint8Array) => writeFileSync(join(directory, name), bytes) };
}

type Enrolled = Awaited<ReturnType<typeof enrolled>>;
type Made = Awaited<ReturnType<Enrolled['list']>>;

/** A full list and its delta, once openssl and certtool have verified who signed them, and what openssl and our own validation make of a certificate. */
async function judgesOf({ client, issuing, run, write, now }: Enrolled, base: Made, delta: Made) {
  const [root] = (await client.authorities.list({})).authorities;
  const rootPem = await client.authorities.export({ authority: root?.id ?? '', format: 'pem' });
  const issuingPem = await client.authorities.export({ authority: issuing, format: 'pem' });
  write('root.pem', rootPem.bytes);
  write('issuing.pem', issuingPem.bytes);
  for (const [name, made] of Object.entries({ base, delta })) {
    write(`${name}.crl`, made.file.bytes);
    expect(run(`openssl crl -inform DER -in ${name}.crl -CAfile issuing.pem -out ${name}.pem -verify`)).toContain('verify OK');
    expect(run(`certtool --verify-crl --infile ${name}.pem --load-ca-certificate issuing.pem`)).toContain('Verification output: Verified.');
  }
  const at = Math.floor(now().getTime() / 1000);
  const judge = async (id: string, deltas: string) => {
    write('leaf.pem', (await client.certificates.export({ certificate: id, format: 'pem' })).bytes);
    return run(`openssl verify -attime ${at} -crl_check -CAfile root.pem -untrusted issuing.pem -CRLfile base.pem ${deltas} leaf.pem`);
  };
  const own = async (id: string) =>
    client.certificates.verifyChain({
      certificate: await client.certificates.export({ certificate: id, format: 'der' }),
      trust: [rootPem],
      pool: [issuingPem],
      crls: [file('base.crl', base.file.bytes), file('delta.crl', delta.file.bytes)],
      time: now().toISOString(),
    });
  return { judge, own };
}

describe('a delta list', () => {
  it('names what changed since the published list, in the same sequence of numbers, and what was taken off hold', async () => {
    const { client, certificates, list } = await enrolled();
    const [first, held, turned, fresh] = certificates;
    if (first === undefined || held === undefined || turned === undefined || fresh === undefined) throw new Error('four were issued');
    await client.certificates.revoke({ certificates: [first.id], reason: 'superseded' });
    await client.certificates.suspend({ certificates: [held.id, turned.id] });
    const base = await list();
    await client.certificates.resume({ certificates: [held.id] });
    await client.certificates.revoke({ certificates: [turned.id], reason: 'keyCompromise' });
    await client.certificates.revoke({ certificates: [fresh.id], reason: 'affiliationChanged' });
    const delta = await list({ delta: true });
    expect(delta.named.toSorted()).toEqual(
      [`${held.serialNumber} removeFromCRL`, `${turned.serialNumber} keyCompromise`, `${fresh.serialNumber} affiliationChanged`].toSorted(),
    );
    expect(delta).toMatchObject({ base: base.number, file: { name: expect.stringMatching(/-delta\.crl$/) } });
    expect(delta.read.extensions.deltaCRLIndicator).toBe(base.read.extensions.cRLNumber);
    expect(delta.read.rawExtensions.find(({ oid }) => oid === '2.5.29.27')).toMatchObject({ isCritical: true });
    expect((await list()).number).toBe(delta.number + 1);
    const { entries } = await client.audit.list({ actions: ['authority.crl'] });
    expect(entries[1]).toMatchObject({ subject: { base: base.number, number: delta.number } });
  });

  it('is refused while no list was published, and when that one has run out', async () => {
    const { client, list, issuing } = await enrolled();
    const refused = { code: 'input.no-base-list' };
    await list({ handOut: false });
    await expect(list({ delta: true })).rejects.toMatchObject(refused);
    const late = await newPractice({ clock: { now: () => new Date('2027-03-01T08:00:00Z') } });
    const [, authority] = (await late.client.authorities.list({})).authorities;
    await expect(late.client.authorities.crl({ authority: authority?.id ?? '', delta: true })).rejects.toMatchObject(refused);
    expect((await client.authorities.list({})).authorities.find(({ id }) => id === issuing)?.latestList?.number).toBe(1);
  });

  it('is read by openssl and certtool beside its base, and by our own validation', async () => {
    const practice = await enrolled();
    const { client, certificates, list, run } = practice;
    const [held, fresh] = certificates;
    if (held === undefined || fresh === undefined) throw new Error('four were issued');
    await list();
    await list({ delta: true });
    await client.certificates.suspend({ certificates: [held.id] });
    const base = await list();
    await client.certificates.resume({ certificates: [held.id] });
    await client.certificates.revoke({ certificates: [fresh.id], reason: 'superseded' });
    const delta = await list({ delta: true });
    const { judge, own } = await judgesOf(practice, base, delta);
    expect(run('openssl crl -in delta.pem -noout -text')).toMatch(/Delta CRL Indicator: critical[^]*Remove From CRL/);
    const withDelta = '-extended_crl -use_deltas -CRLfile delta.pem';
    expect(await judge(held.id, '-extended_crl')).toContain('certificate revoked');
    expect(await judge(held.id, withDelta)).toContain('leaf.pem: OK');
    expect(await judge(fresh.id, '-extended_crl')).toContain('leaf.pem: OK');
    expect(await judge(fresh.id, withDelta)).toContain('certificate revoked');
    expect((await own(held.id)).valid).toBe(true);
    expect((await own(fresh.id)).findings.map(({ code }) => code)).toContain('path.revoked');
  });
});

describe('a list that says which address it is for', () => {
  const idp = '2.5.29.28';
  const says = (made: Made) => made.read.extensions.issuingDistributionPoint?.distributionPoint;

  it('says so once the policy asks, as its delta does, and openssl and our own validation find in both who is revoked', async () => {
    const practice = await enrolled();
    const { client, certificates, list } = practice;
    const [revoked, held, good] = certificates;
    if (revoked === undefined || held === undefined || good === undefined) throw new Error('four were issued');
    expect(says(await list())).toBeUndefined();
    await client.policies.set({ listsNamePoint: true });
    expect(says(await list({ delta: true })), 'as its base').toBeUndefined();
    await client.certificates.revoke({ certificates: [revoked.id], reason: 'keyCompromise' });
    const base = await list();
    await client.policies.set({ listsNamePoint: false });
    await client.certificates.suspend({ certificates: [held.id] });
    const delta = await list({ delta: true });
    for (const made of [base, delta]) {
      expect(made.read.rawExtensions.find(({ oid }) => oid === idp)).toMatchObject({ isCritical: true });
      const value = expect.stringMatching(/^http:.*[0-9a-f]{8}\.crl$/);
      expect(says(made)).toEqual({ fullName: [{ form: 'uniformResourceIdentifier', value }] });
    }
    const { judge, own } = await judgesOf(practice, base, delta);
    const deltas = '-extended_crl -use_deltas -CRLfile delta.pem';
    expect(await judge(revoked.id, deltas)).toContain('certificate revoked');
    expect(await judge(held.id, deltas)).toContain('certificate revoked');
    expect(await judge(good.id, deltas)).toContain('leaf.pem: OK');
    const verdicts = await Promise.all([revoked, held, good].map(async ({ id }) => (await own(id)).valid));
    expect(verdicts).toEqual([false, false, true]);
    expect(says(await list()), 'no longer').toBeUndefined();
  });
});
