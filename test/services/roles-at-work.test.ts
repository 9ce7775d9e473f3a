import { describe, expect, it } from 'vitest';
import { roles } from '../../main/domain/access/role.ts';
import { addPeople, enroll, secret } from './support/practice.ts';
import { practiceOfEveryRole } from './support/operators.ts';

/** A person with certificates, and somebody of every role. */
async function practiceWithSomebody() {
  const practice = await practiceOfEveryRole();
  const [person = ''] = await addPeople(practice, 1);
  await enroll(practice, [person]);
  const { certificates } = await practice.client.people.show({ person });
  return { ...practice, person, certificates: certificates.map(({ id }) => id) };
}

const refused = { code: 'session.not-permitted' };

describe('what a role is for works with its own keys', () => {
  it('a registrar enrols, renews and hands over, and cannot revoke', async () => {
    const practice = await practiceOfEveryRole();
    const client = practice.as('registrar');
    const [person = ''] = await addPeople({ ...practice, client }, 1);
    expect(await enroll({ ...practice, client }, [person])).toMatchObject({ done: 1, failed: 0 });
    const certificates = [...(await client.certificates.renew({ person })).certificates];
    const { file } = await client.certificates.exportPrivateKey({ certificates, format: 'p12-modern' });
    expect(file.bytes.length).toBeGreaterThan(1000);
    const { id } = await client.openpgp.generate({ person });
    expect((await client.openpgp.exportSecret({ key: id })).file.bytes.length).toBeGreaterThan(100);
    await expect(client.certificates.revoke({ certificates, reason: 'superseded' })).rejects.toMatchObject(refused);
    await expect(client.openpgp.exportRevocation({ key: id })).rejects.toMatchObject(refused);
    await expect(practice.as('security-officer').openpgp.exportRevocation({ key: id })).rejects.toMatchObject(refused);
    expect((await practice.client.openpgp.exportRevocation({ key: id })).bytes.length).toBeGreaterThan(100);
  });

  it('a security officer revokes, signs lists and OCSP answers and exports the log, and gets no private key', async () => {
    const { as, certificates, made } = await practiceWithSomebody();
    const client = as('security-officer');
    expect((await client.certificates.revoke({ certificates, reason: 'keyCompromise' })).lists).toHaveLength(1);
    expect((await client.authorities.publish({})).files.length).toBeGreaterThan(0);
    const authority = made.issuingAuthorityId;
    for (let time = 0; time < 2; time++) await client.ocsp.presign({ authority });
    expect((await client.audit.exportHead({})).size).toBeGreaterThan(0);
    const order = { certificates, format: 'p12-modern' } as const;
    await expect(client.certificates.exportPrivateKey(order)).rejects.toMatchObject(refused);
  });

  it('an auditor reads and verifies, staff see the reader and the authorities and nobody’s records', async () => {
    const { as } = await practiceWithSomebody();
    const [auditor, staff] = [as('auditor'), as('staff')];
    expect(await auditor.audit.verify({})).toMatchObject({ holds: true, unsignedTail: 0 });
    expect((await auditor.audit.exportHead({})).files).toHaveLength(4);
    await expect(auditor.audit.keepCheckpoints({ folder: null })).rejects.toMatchObject(refused);
    await expect(staff.audit.exportHead({})).rejects.toMatchObject(refused);
    expect((await auditor.operators.list({})).operators).toHaveLength(roles.length);
    expect((await auditor.people.list({})).people).toHaveLength(1);
    expect(await staff.tokens.list({})).toMatchObject({ unfinished: [] });
    expect((await staff.authorities.list({})).authorities).toHaveLength(2);
    await expect(staff.people.list({})).rejects.toMatchObject(refused);
  });

  it('what happens while only an auditor is there waits unsigned for somebody who has the key of the log', async () => {
    const { door, as, client } = await practiceOfEveryRole();
    for (const connection of ['first', 'registrar', 'security-officer', 'staff']) door.disconnect(connection);
    const auditor = as('auditor');
    await auditor.audit.list({});
    expect(await auditor.audit.verify({})).toMatchObject({ holds: true, unsignedTail: 1 });
    expect(await client.session.signIn({ operator: 'admin', passphrase: secret() })).toMatchObject({ unsignedEntries: 1 });
    expect(await auditor.audit.verify({})).toMatchObject({ holds: true, unsignedTail: 0 });
  });
});
