import { createPublicKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { createWorkerEngine } from '../../main/adapters/issuance/worker-engine.ts';
import { workerEntry } from '../../main/compose/worker-entry.ts';
import { profilesFor } from '../../main/domain/profile/index.ts';
import { encodeName } from '../../main/domain/x509/name.ts';
import type { IssuanceEngine, IssuanceOrder } from '../../main/ports/issuance.ts';

const authority = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const pkcs8 = authority.privateKey.export({ format: 'der', type: 'pkcs8' });
const issuer = {
  name: encodeName([[{ type: 'commonName', value: 'Ridgeway Issuing CA' }]]),
  keyIdentifier: randomBytes(20),
  algorithm: 'p256',
  notAfter: new Date('2036-01-01'),
} as const;
const profiles = profilesFor('smime-mailbox-multipurpose-sign');
const nobody = { profiles, sign: [], decrypt: [] };

let engine: IssuanceEngine;

afterEach(async () => engine.close());

/** Keys kept elsewhere: nothing is sealed. */
const orders = (batch: number, length = 20): IssuanceOrder[] =>
  Array.from({ length }, (_, at) => ({
    certificateId: `certificate-${batch}-${at}`,
    keyId: `key-${batch}-${at}`,
    profile: 'smime-mailbox-multipurpose-sign',
    algorithm: 'p256',
    person: { name: 'Ada Osei', emails: [`ada.${batch}.${at}@ridgeway.example`] },
    notBefore: new Date('2026-11-27T08:00:00Z'),
    publicKey: createPublicKey(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey).export({ format: 'der', type: 'spki' }),
  }));

it('batches asked for at once come back each in the order of its orders, signed by the issuer', async () => {
  engine = createWorkerEngine(workerEntry('issuance'));
  const loaded = await engine.load(issuer, pkcs8);
  const asked = Array.from({ length: 2 * availableParallelism() + 1 }, (_, batch) => orders(batch));
  const answers = await Promise.all(asked.map(async (batch) => engine.issue(loaded, batch, nobody)));
  for (const [batch, results] of answers.entries()) {
    const certificates = results.flatMap((result) => (result.ok ? [result.certificate] : []));
    expect(certificates.map(({ certificateId }) => certificateId)).toEqual(asked[batch]?.map(({ certificateId }) => certificateId));
    expect(certificates.every(({ der }) => new X509Certificate(der).verify(authority.publicKey))).toBe(true);
  }
});

it('a large batch, of which every thread has its share, comes back in the order of its orders', async () => {
  engine = createWorkerEngine(workerEntry('issuance'));
  const loaded = await engine.load(issuer, pkcs8);
  const asked = orders(0, 32 * availableParallelism() + 5);
  const results = await engine.issue(loaded, asked, nobody);
  expect(results.map((result) => result.ok && result.certificate.certificateId)).toEqual(asked.map(({ certificateId }) => certificateId));
});

it('an issuer that was let go of issues nothing more', async () => {
  engine = createWorkerEngine(workerEntry('issuance'));
  const loaded = await engine.load(issuer, pkcs8);
  await engine.issue(loaded, orders(0), nobody);
  engine.release(loaded);
  await expect(engine.issue(loaded, orders(1), nobody)).rejects.toMatchObject({ code: 'internal' });
});

it('what the lint calls an error is not signed, unless somebody had a reason', async () => {
  engine = createWorkerEngine(workerEntry('issuance'));
  const loaded = await engine.load(issuer, pkcs8);
  const terms = { ...nobody, profiles: profiles.map((profile) => ({ ...profile, policy: '1.3.6.1.4.1.99999.1' })) };
  for (const result of await engine.issue(loaded, orders(0), terms))
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'path.lint', details: { rule: 'certificate-policies', rules: ['certificate-policies', 'profile'] } },
    });
  const overridden = await engine.issue(loaded, orders(0), { ...terms, override: 'agreed with the auditors' });
  for (const result of overridden)
    expect(result).toMatchObject({ ok: true, certificate: { overridden: ['certificate-policies', 'profile'] } });
});

it('within a batch a name of other attributes is linted for itself: a pseudonym beside a real name is stopped', async () => {
  engine = createWorkerEngine(workerEntry('issuance'));
  const loaded = await engine.load(issuer, pkcs8);
  const subject = [
    { attribute: 'organizationName', source: 'organization-name', presence: 'required' },
    { attribute: 'surname', source: 'text', presence: 'required', text: 'Osei' },
    { attribute: 'pseudonym', source: 'pseudonym', presence: 'optional' },
    { attribute: 'commonName', source: 'personal-name', presence: 'required' },
  ] as const;
  const sponsor = profilesFor('smime-sponsor-multipurpose-sign').map((profile) => ({ ...profile, subject }));
  const people = [{}, { pseudonym: 'Dr. Blue' }, {}];
  const batch = orders(0)
    .slice(0, 3)
    .map((order, at) => ({
      ...order,
      profile: 'smime-sponsor-multipurpose-sign',
      person: { ...order.person, organizationName: 'Ridgeway', surname: 'Osei', ...people[at] },
    }));
  const results = await engine.issue(loaded, batch, { profiles: sponsor, sign: [], decrypt: [] });
  expect(results.map((result) => (result.ok ? 'signed' : result.error.details['rule']))).toEqual(['signed', 'personal-name', 'signed']);
});

it('a thread that cannot start fails the batches it was given', async () => {
  engine = createWorkerEngine(new URL('file:///nowhere/issuance.js'));
  const loaded = await engine.load(issuer, pkcs8);
  const failed = await Promise.allSettled([engine.issue(loaded, orders(0), nobody), engine.issue(loaded, orders(1), nobody)]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
