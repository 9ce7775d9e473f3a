import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileContent } from '../../main/contract/secret.ts';
import type { OwnProfile } from '../../main/domain/profile/own-profile.ts';
import { newPractice, temporaryDirectory } from './support/practice.ts';

let client: Awaited<ReturnType<typeof newPractice>>['client'];

beforeEach(async () => {
  ({ client } = await newPractice());
});

/** A practice's own, beginning where a family ends. */
async function definition(changes: Partial<OwnProfile> = {}, family = 'smime-sponsor-multipurpose'): Promise<OwnProfile> {
  const { definition: start } = await client.profiles.show({ profile: family });
  return { ...start, name: 'ridgeway-doctors', title: 'Doctors of Ridgeway', ...changes };
}

async function enrolled(profile: string, algorithm?: 'p256' | 'rsa-2048', override?: string) {
  const file = new FileContent('staff.csv', Buffer.from('name,given_name,surname,email\nAda Lovelace,Ada,Lovelace,ada@ridgeway.example\n'));
  const { people } = await client.people.import({ file });
  const { job } = await client.enrollment.start({
    people: [...people],
    profile,
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(override === undefined ? {} : { override }),
  });
  await expect.poll(async () => (await client.enrollment.job({ job })).state, { timeout: 20_000 }).toBe('done');
  return { job, people, certificates: (await client.certificates.list({ limit: 10, person: people[0] })).certificates };
}

/** What openssl reads in a certificate. */
async function textOf(certificate: string): Promise<string> {
  const file = join(temporaryDirectory(), 'certificate.pem');
  writeFileSync(file, (await client.certificates.export({ certificate, format: 'pem' })).bytes);
  return spawnSync('openssl', ['x509', '-in', file, '-noout', '-text'], { encoding: 'utf8' }).stdout;
}

describe('profiles', () => {
  it('that come with Keyward are the eight families of S/MIME and two of Direct, each with what an own one would begin with', async () => {
    const { profiles } = await client.profiles.list({});
    const ofMail = ['mailbox', 'organization', 'sponsor', 'individual'].flatMap((validation) =>
      ['multipurpose', 'strict'].map((generation) => `smime-${validation}-${generation}`),
    );
    expect(profiles.map(({ name, isOwn, usages }) => [name, isOwn, usages.length])).toEqual(
      [...ofMail, 'direct-address', 'direct-organization'].map((name) => [name, false, 3]),
    );
    expect(await client.profiles.show({ profile: 'smime-sponsor-multipurpose-sign' })).toMatchObject({
      validityDays: 730,
      definition: { basedOn: 'smime-sponsor-multipurpose', validityDays: 730 },
    });
  });

  it('of a practice make certificates that say what they say, as openssl reads them', async () => {
    const subject = [
      { attribute: 'countryName', source: 'text', presence: 'required', text: 'US' },
      { attribute: 'organizationName', source: 'organization-name', presence: 'required' },
      { attribute: 'organizationIdentifier', source: 'text', presence: 'required', text: 'NTRUS+CA-12345678' },
      { attribute: 'surname', source: 'surname', presence: 'required' },
      { attribute: 'givenName', source: 'given-name', presence: 'required' },
      { attribute: 'commonName', source: 'personal-name', presence: 'required' },
    ] as const;
    const own = await definition({ validityDays: 90, policies: ['1.3.6.1.4.1.99999.7.1'], subject, smimeCapabilities: ['aes256Cbc'] });
    const { findings } = await client.profiles.add({ definition: own });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { certificates } = await enrolled('ridgeway-doctors');
    expect(certificates.map(({ profile }) => profile).sort()).toEqual(['ridgeway-doctors-encrypt', 'ridgeway-doctors-sign']);
    const encrypting = certificates.find(({ purpose }) => purpose === 'encrypt');
    const text = await textOf(encrypting?.id ?? '');
    expect(text).toMatch(
      /Subject: C = US, O = .+, organizationIdentifier = "NTRUS\+CA-12345678", SN = Lovelace, GN = Ada, CN = Ada Lovelace/,
    );
    expect(text).toContain('Policy: 1.3.6.1.4.1.99999.7.1');
    expect(Date.parse(encrypting?.notAfter ?? '') - Date.parse(encrypting?.notBefore ?? '')).toBe(90 * 86_400_000 - 1000);
    const details = await client.certificates.show({ certificate: encrypting?.id ?? '' });
    expect({ valid: details.validation.valid, errors: details.findings.filter(({ severity }) => severity === 'error') }).toEqual({
      valid: true,
      errors: [],
    });
  });

  it('are changed for what is issued from then on; what was issued before is not judged by the new wording', async () => {
    await client.profiles.add({ definition: await definition() });
    const { certificates } = await enrolled('ridgeway-doctors', 'p256');
    await client.profiles.edit({ definition: await definition({ validityDays: 30, policies: ['1.3.6.1.4.1.99999.8'] }) });
    const before = await client.certificates.show({ certificate: certificates[0]?.id ?? '' });
    expect(before.findings.filter(({ rule }) => rule === 'profile')).toEqual([]);
    const renewed = await client.certificates.renew({ person: certificates[0]?.personId ?? '' });
    expect(await textOf(renewed.certificates[0] ?? '')).toContain('Policy: 1.3.6.1.4.1.99999.8');
  });

  it('say whether a certificate can be put on hold', async () => {
    await client.profiles.add({ definition: await definition({ allowsHold: false }) });
    const { certificates } = await enrolled('ridgeway-doctors', 'p256');
    const ids = certificates.map(({ id }) => id);
    await expect(client.certificates.suspend({ certificates: ids })).rejects.toMatchObject({ code: 'input.no-hold' });
    await client.profiles.edit({ definition: await definition({ allowsHold: true }) });
    expect((await client.certificates.suspend({ certificates: ids })).suspended).toEqual(ids);
  });

  it('are shown and checked also where the authority may vouch for some mail domains only', async () => {
    const [root] = (await client.authorities.list({})).authorities;
    await client.authorities.create({ name: 'Ridgeway only', under: root?.id ?? '', mailDomains: ['ridgeway.example'], use: true });
    expect(
      (await client.profiles.show({ profile: 'smime-mailbox-strict' })).findings.filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
    expect(
      (await client.profiles.check({ definition: await definition() })).findings.filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
  });

  it('are in the log when they are added and changed', async () => {
    await client.profiles.add({ definition: await definition() });
    await client.profiles.edit({ definition: await definition({ validityDays: 30 }) });
    const { entries } = await client.audit.list({ actions: ['profile.add', 'profile.edit'] });
    expect(entries.map(({ action, subject }) => [action, subject['profile'], subject['basedOn']])).toEqual([
      ['profile.edit', 'ridgeway-doctors', 'smime-sponsor-multipurpose'],
      ['profile.add', 'ridgeway-doctors', 'smime-sponsor-multipurpose'],
    ]);
  });
});

describe('a profile that breaks a rule', () => {
  /** The multipurpose rules of a mailbox know no title. */
  const broken = () =>
    definition({ subject: [{ attribute: 'title', source: 'text', presence: 'required', text: 'Doctor' }] }, 'smime-mailbox-multipurpose');

  it('is said to, before it is kept', async () => {
    const { findings } = await client.profiles.check({ definition: await broken() });
    expect(findings).toContainEqual(expect.objectContaining({ severity: 'error', rule: 'subject-attributes' }));
    expect((await client.profiles.list({})).profiles).toHaveLength(10);
  });

  it('is kept only with a reason, which is in the log', async () => {
    await expect(client.profiles.add({ definition: await broken() })).rejects.toMatchObject({ code: 'path.lint' });
    expect((await client.profiles.list({})).profiles).toHaveLength(10);
    await client.profiles.add({ definition: await broken(), override: 'The hospital asks for it.' });
    const { entries } = await client.audit.list({ actions: ['profile.add'] });
    expect(entries).toMatchObject([
      { outcome: 'success', subject: { overridden: ['subject-attributes'] }, reason: 'The hospital asks for it.' },
      { outcome: 'refused', error: 'path.lint' },
    ]);
  });

  it('stops every certificate by it: nobody gets one', async () => {
    await client.profiles.add({ definition: await broken(), override: 'The hospital asks for it.' });
    const { job, certificates } = await enrolled('ridgeway-doctors', 'p256');
    expect(certificates).toEqual([]);
    expect(await client.enrollment.job({ job })).toMatchObject({
      done: 0,
      failed: 1,
      items: [{ state: 'failed', error: { code: 'path.lint' } }],
    });
  });

  it('is issued and renewed by with a reason, which is in the log with the rules it broke; where none is broken neither is', async () => {
    const [reason, again] = ['The hospital asks for it.', 'It still does.'];
    await client.profiles.add({ definition: await broken(), override: reason });
    const { certificates, people } = await enrolled('ridgeway-doctors', 'p256', reason);
    expect(await textOf(certificates[0]?.id ?? '')).toMatch(/Subject:.*title = Doctor/);
    const person = people[0] ?? '';
    await expect(client.certificates.renew({ person })).rejects.toMatchObject({ code: 'path.lint' });
    await client.certificates.renew({ person, override: again });
    await enrolled('smime-mailbox-multipurpose', 'p256', 'nothing to override');
    const { entries } = await client.audit.list({ actions: ['enrollment.issue', 'certificate.renew'] });
    const overridden = ['subject-attributes'];
    expect(entries.map(({ action, outcome, reason: why, subject }) => [action, outcome, why, subject['overridden']])).toEqual([
      ['enrollment.issue', 'success', null, undefined],
      ['certificate.renew', 'success', again, overridden],
      ['certificate.renew', 'refused', null, undefined],
      ['enrollment.issue', 'success', reason, overridden],
    ]);
  });
});

describe('a profile is refused, and nothing is kept,', () => {
  const refused = async (profile: OwnProfile) => {
    const error: unknown = await client.profiles.add({ definition: profile }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return { error, kept: (await client.profiles.list({})).profiles.filter(({ isOwn }) => isOwn).length };
  };

  it.each<[string, Partial<OwnProfile>, object]>([
    ['that takes a name of Keyward’s own', { name: 'smime-mine' }, { code: 'input.invalid' }],
    ['whose name is that of one usage', { name: 'doctors-sign' }, { code: 'input.invalid' }],
    ['that lasts longer than the rules allow', { validityDays: 826 }, { code: 'input.invalid' }],
    ['whose policy is no OID', { policies: ['1.2.03'] }, { code: 'input.invalid' }],
    [
      'whose rule lacks its text',
      { subject: [{ attribute: 'title', source: 'text', presence: 'required' }] },
      { details: { field: 'title' } },
    ],
    [
      'that demands what nobody has',
      { subject: [{ attribute: 'pseudonym', source: 'pseudonym', presence: 'required' }] },
      { code: 'input.attribute-missing' },
    ],
    [
      'whose country is none',
      { subject: [{ attribute: 'countryName', source: 'text', presence: 'required', text: 'USA' }] },
      { code: 'input.invalid' },
    ],
  ])('one %s', async (_, changes, error) => {
    expect(await refused(await definition(changes))).toMatchObject({ error, kept: 0 });
  });

  it('one whose name is taken; and none is changed that is not there', async () => {
    await client.profiles.add({ definition: await definition() });
    expect(await refused(await definition({ title: 'Others' }))).toMatchObject({ error: { code: 'conflict' }, kept: 1 });
    await expect(client.profiles.edit({ definition: await definition({ name: 'nobody' }) })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('and one for other keys issues to none of another kind', async () => {
    await client.profiles.add({ definition: await definition({ algorithms: ['rsa-3072'] }) });
    const start = client.enrollment.start({ people: [], profile: 'ridgeway-doctors', algorithm: 'p256' });
    await expect(start).rejects.toMatchObject({ code: 'input.invalid' });
    const { people } = await client.people.import({ file: new FileContent('a.csv', Buffer.from('name,email\nA B,a@b.example\n')) });
    const order = { people: [...people], profile: 'ridgeway-doctors', algorithm: 'p256' as const };
    await expect(client.enrollment.start(order)).rejects.toMatchObject({ code: 'input.unsupported-algorithm' });
  });
});
