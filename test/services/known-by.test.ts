import { describe, expect, it } from 'vitest';
import { addPeople, enroll, newPractice } from './support/practice.ts';

const day = 86_400_000;

async function enrolled() {
  let now = new Date('2027-03-01T08:00:00Z');
  const practice = await newPractice({ clock: { now: () => now } });
  const [person = ''] = await addPeople(practice, 1);
  await enroll(practice, [person]);
  const { client } = practice;
  const [first, second] = (await client.people.show({ person })).certificates.map(({ id }) => id);
  const [, issuing] = (await client.authorities.list({})).authorities;
  if (first === undefined || second === undefined || issuing === undefined) throw new Error('nothing was issued');
  const knownBy = async () => (await client.certificates.previewRevocation({ certificates: [second] })).knownBy;
  return { client, first, second, issuing: issuing.id, knownBy, pass: (days: number) => void (now = new Date(now.getTime() + days * day)) };
}

describe('when the world knows', () => {
  it('is never while lists were made and none was published', async () => {
    const { client, first, issuing, knownBy } = await enrolled();
    expect(await knownBy()).toBeNull();
    expect((await client.certificates.revoke({ certificates: [first], reason: 'superseded' })).knownBy).toBeNull();
    await client.authorities.crl({ authority: issuing, handOut: false });
    await client.authorities.crlDue({ handOut: false });
    expect(await knownBy()).toBeNull();
  });

  it('is when the last published list runs out, whatever lists were made since', async () => {
    const { client, first, second, knownBy, pass } = await enrolled();
    await client.authorities.publish({});
    expect(await knownBy()).toBe('2027-03-11T08:00:00.000Z');
    pass(3);
    expect((await client.certificates.revoke({ certificates: [first], reason: 'superseded' })).knownBy).toBe('2027-03-11T08:00:00.000Z');
    expect(await knownBy()).toBe('2027-03-11T08:00:00.000Z');
    await client.authorities.publish({});
    expect((await client.certificates.suspend({ certificates: [second] })).knownBy).toBe('2027-03-14T08:00:00.000Z');
  });

  it.each(['crl', 'crlDue'] as const)('counts a list that was handed out as a file: %s', async (call) => {
    const { client, issuing, knownBy } = await enrolled();
    await (call === 'crl' ? client.authorities.crl({ authority: issuing }) : client.authorities.crlDue({}));
    expect(await knownBy()).toBe('2027-03-11T08:00:00.000Z');
  });

  it('is never for two issuers of which one never published', async () => {
    const { client, first, issuing } = await enrolled();
    await client.authorities.crl({ authority: issuing });
    const [root] = (await client.authorities.list({})).authorities;
    const { certificateId } = (await client.authorities.list({})).authorities.find(({ id }) => id === issuing) ?? { certificateId: '' };
    expect(root?.latestList).toBeNull();
    expect((await client.certificates.previewRevocation({ certificates: [first, certificateId] })).knownBy).toBeNull();
  });
});
