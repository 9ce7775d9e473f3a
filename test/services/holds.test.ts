import { describe, expect, it } from 'vitest';
import { readCertificateList, revokedCertificates } from '../../main/domain/x509/read-certificate-list.ts';
import { addPeople, enroll, newPractice } from './support/practice.ts';

const day = 86_400_000;

/** Somebody with a pair, and a clock that stands still until it is moved. */
async function enrolled(choices: object = {}) {
  let now = new Date('2027-03-01T08:00:00Z');
  const practice = await newPractice({ clock: { now: () => now } });
  const [person = ''] = await addPeople(practice, 1);
  await enroll(practice, [person], choices);
  const { client } = practice;
  const { certificates } = await client.people.show({ person });
  const [, issuing] = (await client.authorities.list({})).authorities;
  const [first] = certificates;
  if (first === undefined || issuing === undefined) throw new Error('nothing was issued');
  /** What the next full list says of the first certificate. */
  const named = async () => {
    const { file } = await client.authorities.crl({ authority: issuing.id });
    return [...revokedCertificates(readCertificateList(file.bytes))].find(({ serialNumber }) => serialNumber === first.serialNumber);
  };
  const standing = async () => (await client.people.show({ person })).standing;
  return { ...practice, person, id: first.id, named, standing, move: () => void (now = new Date(now.getTime() + day)), now: () => now };
}

describe('a certificate on hold', () => {
  it('is named as held, its key suspended and its person shown as held, until it is resumed', async () => {
    const { client, id, named, standing } = await enrolled();
    expect((await client.certificates.show({ certificate: id })).mayHold).toBe(true);
    const { suspended, lists } = await client.certificates.suspend({ certificates: [id], note: 'mislaid' });
    expect({ suspended, numbers: lists.map(({ number }) => number) }).toEqual({ suspended: [id], numbers: [1] });
    expect(await client.certificates.show({ certificate: id })).toMatchObject({ status: 'on-hold', keyState: 'suspended', mayHold: false });
    expect(await named()).toMatchObject({ reasonCode: 'certificateHold' });
    expect(await standing()).toBe('held');
    const { todo, covered } = await client.reports.overview({});
    expect({ kind: todo[0]?.kind, covered }).toEqual({ kind: 'held', covered: 0 });
    expect((await client.people.list({ filter: 'attention' })).people).toHaveLength(1);

    expect((await client.certificates.resume({ certificates: [id] })).resumed).toEqual([id]);
    expect(await client.certificates.show({ certificate: id })).toMatchObject({ status: 'valid', keyState: 'active', mayHold: true });
    expect(await named()).toBeUndefined();
    expect(await standing()).toBe('covered');
  });

  it('is revoked for good since the day it was held (RFC 5280 section 5.3.1)', async () => {
    const { client, id, named, standing, move, now } = await enrolled();
    const heldAt = now();
    await client.certificates.suspend({ certificates: [id] });
    move();
    await client.certificates.revoke({ certificates: [id], reason: 'keyCompromise' });
    expect(await named()).toMatchObject({ reasonCode: 'keyCompromise', revocationDate: heldAt });
    expect(await client.certificates.show({ certificate: id })).toMatchObject({ status: 'revoked', keyState: 'compromised' });
    expect(await standing()).toBe('stopped');
    await expect(client.certificates.resume({ certificates: [id] })).rejects.toMatchObject({ code: 'conflict', details: { what: 'hold' } });
    await expect(client.certificates.suspend({ certificates: [id] })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is entered in the log, held and resumed, with the note', async () => {
    const { client, id } = await enrolled();
    await client.certificates.suspend({ certificates: [id], note: 'mislaid' });
    await client.certificates.resume({ certificates: [id], note: 'found again' });
    const { entries } = await client.audit.list({ actions: ['certificate.suspend', 'certificate.resume'] });
    expect(entries.map(({ action, reason, subject }) => [action, reason, subject['certificates']])).toEqual([
      ['certificate.resume', 'found again', [id]],
      ['certificate.suspend', 'mislaid', [id]],
    ]);
  });
});

describe('no hold', () => {
  it('is there for the strict generation, which the preview says and the log keeps', async () => {
    const { client, id, named } = await enrolled({ profile: 'smime-mailbox-strict' });
    expect((await client.certificates.show({ certificate: id })).mayHold).toBe(false);
    expect((await client.certificates.previewRevocation({ certificates: [id] })).mayHold).toBe(false);
    await expect(client.certificates.suspend({ certificates: [id] })).rejects.toMatchObject({ code: 'input.no-hold' });
    expect(await named()).toBeUndefined();
    const { entries } = await client.audit.list({ actions: ['certificate.suspend'] });
    expect(entries).toMatchObject([{ outcome: 'refused', error: 'input.no-hold' }]);
  });

  it('is there for an authority, and resuming wants one', async () => {
    const { client, id } = await enrolled();
    const [, issuing] = (await client.authorities.list({})).authorities;
    const authority = issuing?.certificateId ?? '';
    await expect(client.certificates.suspend({ certificates: [authority] })).rejects.toMatchObject({ code: 'input.no-hold' });
    await expect(client.certificates.resume({ certificates: [id] })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is put on one of two when the other may not be: all or none', async () => {
    const { client, id } = await enrolled();
    const [, issuing] = (await client.authorities.list({})).authorities;
    await expect(client.certificates.suspend({ certificates: [id, issuing?.certificateId ?? ''] })).rejects.toMatchObject({
      code: 'input.no-hold',
    });
    expect((await client.certificates.show({ certificate: id })).status).toBe('valid');
  });
});
