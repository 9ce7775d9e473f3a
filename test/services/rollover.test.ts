import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../main/adapters/primitives/node.ts';
import type { AuthoritySummary } from '../../main/contract/authorities.ts';
import { lintCertificate } from '../../main/domain/lint/lint-certificate.ts';
import { validatePath } from '../../main/domain/x509/path-validation/validate-path.ts';
import { readCertificate } from '../../main/domain/x509/read-certificate.ts';
import { readCertificateList, revokedCertificates } from '../../main/domain/x509/read-certificate-list.ts';
import { encodePem, readEncodedObjects } from '../../main/domain/encoding/pem.ts';
import { enroll, newPractice, temporaryDirectory } from './support/practice.ts';

async function practiceWithPerson() {
  const practice = await newPractice();
  const { client } = practice;
  const [root, issuing] = (await client.authorities.list({})).authorities;
  if (root === undefined || issuing === undefined) throw new Error('a practice without authorities');
  const enrolPerson = async (name: string) => {
    const { person } = await client.people.add({ name, emails: [`${name}@ridgeway.example`] });
    await enroll(practice, [person]);
    const sign = (await client.people.show({ person })).certificates.find(({ purpose }) => purpose === 'sign');
    return sign?.id ?? '';
  };
  const der = async (certificate: string) => (await client.certificates.export({ certificate, format: 'der' })).bytes;
  const authority = async (id: string) => (await client.authorities.export({ authority: id, format: 'der' })).bytes;
  const find = async (id: string): Promise<AuthoritySummary> => {
    const found = (await client.authorities.list({})).authorities.find((one) => one.id === id);
    if (found === undefined) throw new Error('no such authority');
    return found;
  };
  return { client, root, issuing, enrolPerson, der, authority, find };
}

const pem = (...certificates: readonly Uint8Array[]) => certificates.map((octets) => encodePem('CERTIFICATE', octets)).join('');

/** What openssl says, and that our own path validation says the same. */
function verdict(leaf: Uint8Array, trusted: Uint8Array, between: readonly Uint8Array[], lists: readonly Uint8Array[] = []): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'trusted.pem'), pem(trusted));
  writeFileSync(join(directory, 'between.pem'), pem(...between));
  writeFileSync(join(directory, 'leaf.pem'), pem(leaf));
  const crls = lists.map((list, at) => {
    const name = `${at}.crl.pem`;
    writeFileSync(join(directory, name), encodePem('X509 CRL', list));
    return ['-CRLfile', name];
  });
  const check = lists.length === 0 ? [] : ['-crl_check', ...crls.flat()];
  const args = ['verify', '-x509_strict', '-CAfile', 'trusted.pem', '-untrusted', 'between.pem', ...check, 'leaf.pem'];
  const { status } = spawnSync('openssl', args, { cwd: directory, encoding: 'utf8' });
  const own = validatePath(
    {
      target: readCertificate(leaf),
      anchors: [readCertificate(trusted)],
      pool: between.map((octets) => readCertificate(octets)),
      crls: lists.map((list) => readCertificateList(list)),
      time: new Date(),
    },
    nodePrimitives,
  );
  return `${status === 0 ? 'good' : 'bad'} ${own.valid ? 'good' : 'bad'}`;
}

const serialsIn = (list: Uint8Array) => [...revokedCertificates(readCertificateList(list))].map(({ serialNumber }) => serialNumber);

describe('the next key of an issuing authority', () => {
  it('issues from then on under the same name, and both are good under the same root', async () => {
    const { client, root, issuing, enrolPerson, der, authority, find } = await practiceWithPerson();
    const before = await enrolPerson('ana');
    const made = await client.authorities.rollover({ authority: issuing.id });
    const after = await enrolPerson('ben');
    expect(made).toMatchObject({ isUsed: true, crossCertificates: [], name: `${issuing.name} (2)` });
    expect(await find(made.authority)).toMatchObject({ replaces: issuing.id, parentId: root.id, issuesToPeople: true, kind: 'issuing' });
    const [oldKey, newKey] = [readCertificate(await authority(issuing.id)), readCertificate(await authority(made.authority))];
    expect(newKey.subject.der).toEqual(oldKey.subject.der);
    expect(newKey.subjectPublicKeyInfo.der).not.toEqual(oldKey.subjectPublicKeyInfo.der);
    const trusted = await authority(root.id);
    expect(verdict(await der(before), trusted, [oldKey.der, newKey.der])).toBe('good good');
    expect(verdict(await der(after), trusted, [oldKey.der, newKey.der])).toBe('good good');
    expect(verdict(await der(after), trusted, [oldKey.der])).toBe('bad bad');
    expect(lintCertificate(newKey).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('leaves the old key to sign lists, and each lists what the other revoked', async () => {
    const { client, root, issuing, enrolPerson, der, authority } = await practiceWithPerson();
    const before = await enrolPerson('ana');
    const made = await client.authorities.rollover({ authority: issuing.id });
    const after = await enrolPerson('ben');
    const { lists } = await client.certificates.revoke({ certificates: [before], reason: 'keyCompromise' });
    expect(lists.map((list) => list.authority).toSorted()).toEqual([issuing.id, made.authority].toSorted());
    await client.certificates.revoke({ certificates: [after], reason: 'superseded' });
    const [byOld, byNew] = [
      await client.authorities.crl({ authority: issuing.id }),
      await client.authorities.crl({ authority: made.authority }),
    ];
    expect(byNew.number).toBe(byOld.number + 1);
    expect(serialsIn(byOld.file.bytes)).toHaveLength(2);
    expect(serialsIn(byNew.file.bytes).toSorted()).toEqual(serialsIn(byOld.file.bytes).toSorted());
    const trusted = await authority(root.id);
    const between = [await authority(issuing.id), await authority(made.authority)];
    const crls = [byOld.file.bytes, byNew.file.bytes];
    expect(verdict(await der(before), trusted, between, crls)).toBe('bad bad');
    expect(verdict(await der(after), trusted, between, crls)).toBe('bad bad');
    const fresh = await enrolPerson('cho');
    expect(verdict(await der(fresh), trusted, between, crls)).toBe('good good');
  });

  it('keeps to the limits of the old one, and to another algorithm where that is asked for', async () => {
    const { client, root } = await practiceWithPerson();
    const clinic = await client.authorities.create({
      name: 'Clinic',
      under: root.id,
      algorithm: 'p256',
      mailDomains: ['ridgeway.example'],
      pathLength: 1,
    });
    const made = await client.authorities.rollover({ authority: clinic.authority, algorithm: 'p384', validityDays: 100 });
    const { authorities } = await client.authorities.list({});
    expect(authorities.find(({ id }) => id === made.authority)).toMatchObject({
      algorithm: 'p384',
      mailDomains: ['ridgeway.example'],
      levelsBelow: 1,
      kind: 'intermediate',
      issuesToPeople: false,
    });
    expect(made.isUsed).toBe(false);
  });
});

describe('the next key of a root', () => {
  it('and the old one vouch for each other, so that who trusts either accepts what both sign', async () => {
    const { client, root, issuing, enrolPerson, der, authority } = await practiceWithPerson();
    const before = await enrolPerson('ana');
    const made = await client.authorities.rollover({ authority: root.id });
    expect(made.crossCertificates).toHaveLength(2);
    const below = await client.authorities.create({ name: 'Below', under: made.authority, algorithm: 'p256', use: true });
    const after = await enrolPerson('ben');
    const [oldRoot, newRoot] = [await authority(root.id), await authority(made.authority)];
    const across = await Promise.all(made.crossCertificates.map(der));
    const [oldIssuing, newIssuing] = [await authority(issuing.id), await authority(below.authority)];
    expect(verdict(await der(after), newRoot, [newIssuing])).toBe('good good');
    expect(verdict(await der(after), oldRoot, [newIssuing, ...across])).toBe('good good');
    expect(verdict(await der(before), newRoot, [oldIssuing, ...across])).toBe('good good');
    expect(verdict(await der(before), newRoot, [oldIssuing])).toBe('bad bad');
    for (const octets of [newRoot, ...across])
      expect(lintCertificate(readCertificate(octets)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('is written out with what vouches for it, by publish and as a chain', async () => {
    const { client, root, issuing } = await practiceWithPerson();
    const made = await client.authorities.rollover({ authority: root.id });
    const { files } = await client.authorities.publish({});
    const names = files.map(({ name }) => name);
    expect(names.filter((name) => name.endsWith('-cross.crt'))).toHaveLength(2);
    expect(new Set(names).size).toBe(names.length);
    const blocks = readEncodedObjects((await client.authorities.export({ authority: made.authority })).bytes);
    expect(blocks).toHaveLength(2);
    expect(readEncodedObjects((await client.authorities.export({ authority: issuing.id })).bytes)).toHaveLength(3);
  });

  it('leaves out what vouches for a key once that is revoked', async () => {
    const { client, root } = await practiceWithPerson();
    const made = await client.authorities.rollover({ authority: root.id });
    await client.certificates.revoke({ certificates: [...made.crossCertificates], reason: 'superseded' });
    expect(readEncodedObjects((await client.authorities.export({ authority: made.authority })).bytes)).toHaveLength(1);
  });
});

describe('a next key', () => {
  it('is refused for an authority that has one already, is revoked, or is not there; and nothing is made', async () => {
    const { client, issuing } = await practiceWithPerson();
    const made = await client.authorities.rollover({ authority: issuing.id });
    await expect(client.authorities.rollover({ authority: issuing.id })).rejects.toMatchObject({ code: 'conflict' });
    const { certificateId } = (await client.authorities.list({})).authorities.find(({ id }) => id === made.authority) ?? {
      certificateId: '',
    };
    await client.certificates.revoke({ certificates: [certificateId], reason: 'cACompromise' });
    await expect(client.authorities.rollover({ authority: made.authority })).rejects.toMatchObject({ code: 'path.revoked' });
    await expect(client.authorities.rollover({ authority: '01a20467-0000-7000-8000-000000000000' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect((await client.authorities.list({})).authorities).toHaveLength(3);
  });

  it('is entered in the log with the key it replaces, and can be followed by a third', async () => {
    const { client, issuing } = await practiceWithPerson();
    const second = await client.authorities.rollover({ authority: issuing.id });
    const third = await client.authorities.rollover({ authority: second.authority });
    expect(third.name).toBe(`${issuing.name} (3)`);
    const { entries } = await client.audit.list({ actions: ['authority.rollover'] });
    expect(entries.map(({ subject }) => subject)).toMatchObject([
      { replaced: second.authority, authority: third.authority },
      { replaced: issuing.id, authority: second.authority },
    ]);
  });
});
