import { X509Certificate } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CertificateSummary } from '../../main/contract/certificates.ts';
import { addPeople, enroll, newPractice, type OpenPractice } from './support/practice.ts';

async function enrolledPerson(choices: object = {}) {
  const practice = await newPractice();
  const [person = ''] = await addPeople(practice, 1);
  await enroll(practice, [person], choices);
  return { ...practice, person, certificates: await certificatesOf(practice, person) };
}

const certificatesOf = async ({ client }: Pick<OpenPractice, 'client'>, person: string) =>
  (await client.people.show({ person })).certificates;

function find(certificates: readonly CertificateSummary[], purpose: string): CertificateSummary {
  const found = certificates.find((certificate) => certificate.purpose === purpose && certificate.isCurrent);
  if (found === undefined) throw new Error(`no certificate to ${purpose}`);
  return found;
}

describe('one certificate', () => {
  it('is shown with its chain, and holds', async () => {
    const { client, certificates } = await enrolledPerson();
    const details = await client.certificates.show({ certificate: find(certificates, 'sign').sha256.slice(0, 12) });
    expect(details.chain.map(({ kind }) => kind)).toEqual(['root', 'issuing', 'person']);
    expect(details.validation).toMatchObject({ valid: true, findings: [] });
    expect(details.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('says by the lint that nobody can look up its revocation when there is no address for lists', async () => {
    const practice = await newPractice({}, { publishUrl: undefined });
    const [person = ''] = await addPeople(practice, 1);
    await enroll(practice, [person]);
    const { findings } = await practice.client.certificates.show({ certificate: find(await certificatesOf(practice, person), 'sign').id });
    expect(findings.map(({ rule }) => rule).join(' ')).toMatch(/crl/i);
  });

  it('does not hold once it is revoked', async () => {
    const { client, certificates } = await enrolledPerson();
    const { id } = find(certificates, 'sign');
    await client.certificates.revoke({ certificates: [id], reason: 'keyCompromise' });
    const { status, validation } = await client.certificates.show({ certificate: id });
    expect(status).toBe('revoked');
    expect(validation.findings.map(({ code }) => code)).toContain('path.revoked');
  });

  it('is not found by an id nobody has, and not by one that several begin with', async () => {
    const { client } = await enrolledPerson();
    await expect(client.certificates.show({ certificate: 'ffffffff' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('revoking', () => {
  it('says before what it would do, and changes nothing by saying it', async () => {
    const { client, certificates } = await enrolledPerson();
    const ids = certificates.map(({ id }) => id);
    expect(await client.certificates.previewRevocation({ certificates: ids })).toMatchObject({ personName: 'Person 0', knownBy: null });
    expect((await client.certificates.show({ certificate: ids[0] ?? '' })).status).toBe('valid');
  });

  it('moves a leaked key to compromised and any other to deactivated', async () => {
    const { client, certificates, person, ...practice } = await enrolledPerson();
    await client.certificates.revoke({ certificates: [find(certificates, 'sign').id], reason: 'keyCompromise' });
    await client.certificates.revoke({ certificates: [find(certificates, 'encrypt').id], reason: 'superseded' });
    const after = await certificatesOf({ ...practice, client }, person);
    expect(after.map(({ purpose, keyState }) => `${purpose} ${keyState}`).toSorted()).toEqual(['encrypt deactivated', 'sign compromised']);
  });

  it('numbers the lists one after another and puts the note into the log', async () => {
    const { client, certificates } = await enrolledPerson();
    const first = await client.certificates.revoke({
      certificates: [find(certificates, 'sign').id],
      reason: 'keyCompromise',
      note: 'left in a taxi',
    });
    const second = await client.certificates.revoke({ certificates: [find(certificates, 'encrypt').id], reason: 'superseded' });
    expect([first.lists[0]?.number, second.lists[0]?.number]).toEqual([1, 2]);
    expect(await client.audit.show({ index: first.auditIndex })).toMatchObject({
      action: 'certificate.revoke',
      reason: 'left in a taxi',
      outcome: 'success',
    });
  });

  it('puts the person among those who need somebody, until they are enrolled again', async () => {
    const { client, certificates, person, ...practice } = await enrolledPerson();
    await client.certificates.revoke({ certificates: certificates.map(({ id }) => id), reason: 'keyCompromise' });
    expect(await client.reports.overview({})).toMatchObject({ people: 1, covered: 0, todo: [{ kind: 'stopped', personId: person }] });
    await enroll({ client, ...practice }, [person]);
    expect((await client.people.show({ person })).standing).toBe('covered');
  });

  it('refuses all of them when one is revoked already, and revokes none', async () => {
    const { client, certificates } = await enrolledPerson();
    const [sign, encrypt] = [find(certificates, 'sign').id, find(certificates, 'encrypt').id];
    await client.certificates.revoke({ certificates: [sign], reason: 'keyCompromise' });
    await expect(client.certificates.revoke({ certificates: [encrypt, sign], reason: 'keyCompromise' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await client.certificates.show({ certificate: encrypt })).status).toBe('valid');
  });
});

describe('renewing', () => {
  it('keeps the old decryption key, shows it as kept, and can still export it', async () => {
    const { client, certificates, person, ...practice } = await enrolledPerson();
    const old = find(certificates, 'encrypt');
    expect(await client.certificates.renew({ person })).toMatchObject({ kept: [old.id] });
    const after = await certificatesOf({ ...practice, client }, person);
    expect(after).toHaveLength(4);
    expect(after.find(({ id }) => id === old.id)).toMatchObject({ isCurrent: false, keyState: 'deactivated', status: 'valid' });
    const { file } = await client.certificates.exportPrivateKey({ certificates: [old.id], format: 'p12-modern' });
    expect(file.bytes.length).toBeGreaterThan(500);
  });

  it('refuses somebody who has nothing, and somebody who left', async () => {
    const practice = await newPractice();
    const [person = ''] = await addPeople(practice, 1);
    await expect(practice.client.certificates.renew({ person })).rejects.toMatchObject({ code: 'conflict' });
    await practice.client.people.leave({ person });
    await expect(practice.client.certificates.renew({ person })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('exporting', () => {
  it('makes a password when none is given and answers it once', async () => {
    const { client, certificates } = await enrolledPerson();
    const { password } = await client.certificates.exportPrivateKey({ certificates: [find(certificates, 'sign').id], format: 'pkcs8' });
    expect(Buffer.from(password?.reveal() ?? []).toString()).toMatch(/^([a-z2-9]{4}-){5}[a-z2-9]{4}$/);
  });

  it('refuses a compatible file for an EC key, the keys of two people in one file, and those of an authority', async () => {
    const { client, certificates, ...practice } = await enrolledPerson();
    const { id } = find(certificates, 'sign');
    await expect(client.certificates.exportPrivateKey({ certificates: [id], format: 'p12-compatible' })).rejects.toMatchObject({
      code: 'input.unsupported-algorithm',
    });
    const { person: second } = await client.people.add({ name: 'Second', emails: ['second@ridgeway.example'] });
    await enroll({ client, ...practice }, [second]);
    const [other] = await certificatesOf({ client }, second);
    await expect(client.certificates.exportPrivateKey({ certificates: [id, other?.id ?? ''], format: 'p12-modern' })).rejects.toMatchObject(
      { code: 'conflict' },
    );
    const [authority] = (await client.authorities.list({})).authorities;
    await expect(
      client.certificates.exportPrivateKey({ certificates: [authority?.certificateId ?? ''], format: 'p12-modern' }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('enters every export of a key, naming the key', async () => {
    const { client, certificates } = await enrolledPerson();
    const { id, keyId } = find(certificates, 'sign');
    await client.certificates.exportPrivateKey({ certificates: [id], format: 'p12-modern' });
    const { entries } = await client.audit.list({ actions: ['key.export'] });
    expect(entries[0]?.subject).toMatchObject({ certificates: [id], keys: [keyId], format: 'p12-modern' });
  });

  it('gives a chain whose every link Node verifies', async () => {
    const { client, certificates } = await enrolledPerson();
    const { bytes } = await client.certificates.export({ certificate: find(certificates, 'sign').id, format: 'chain' });
    const chain =
      Buffer.from(bytes)
        .toString()
        .match(/-----BEGIN[^]+?END CERTIFICATE-----/g)
        ?.map((pem) => new X509Certificate(pem)) ?? [];
    expect(chain).toHaveLength(3);
    expect(chain.every((certificate, at) => certificate.verify((chain[at + 1] ?? certificate).publicKey))).toBe(true);
  });
});

describe('where keys are kept', () => {
  it('seals a signing key for the people compartment alone, and a decryption key for escrow too, from birth', async () => {
    const { certificates, directory } = await enrolledPerson();
    const database = new DatabaseSync(join(directory, 'keyward.db'), { readOnly: true });
    const compartments = (keyId: string) => {
      const row = database.prepare('select wraps from sealedKey where keyId = ?').get(keyId);
      const wraps = JSON.parse(String(row?.['wraps'])) as { sealingKeyId: string }[];
      return wraps
        .map(({ sealingKeyId }) => database.prepare('select compartment from sealingKey where id = ?').get(sealingKeyId)?.['compartment'])
        .map(String)
        .toSorted();
    };
    expect(compartments(find(certificates, 'sign').keyId)).toEqual(['people']);
    expect(compartments(find(certificates, 'encrypt').keyId)).toEqual(['escrow', 'people']);
    database.close();
  });
});
