import { describe, expect, it } from 'vitest';
import { FileContent } from '../../main/contract/secret.ts';
import { encodePem } from '../../main/domain/encoding/pem.ts';
import { issue } from '../domain/path-validation/authority.ts';
import { addPeople, enroll, newPractice } from './support/practice.ts';

describe('a file somebody sent', () => {
  it('is trusted where the practice vouches for it, and says why where it does not', async () => {
    const practice = await newPractice();
    const [person = ''] = await addPeople(practice, 1);
    await enroll(practice, [person]);
    const { certificates } = await practice.client.people.show({ person });
    const { bytes } = await practice.client.certificates.export({ certificate: certificates[0]?.id ?? '', format: 'pem' });
    const stranger = Buffer.from(encodePem('CERTIFICATE', issue({ name: 'Stranger' }).certificate.der));
    const { objects, mail } = await practice.client.viewer.open({ file: new FileContent('x.txt', Buffer.concat([bytes, stranger])) });
    expect(mail).toBeNull();
    const [own, other] = objects.map(({ chain }) => chain);
    expect(own).toMatchObject({ validation: { valid: true } });
    expect(own?.links.map(({ isOurs }) => isOurs)).toEqual([false, true, true]);
    expect(other).toMatchObject({ validation: { valid: false, findings: [{ code: 'path.unknown-issuer' }] } });
  });

  it('that is a mail says who wrote it, and that nobody signed it', async () => {
    const { client } = await newPractice();
    const text = 'From: Ann <ann@example.org>\r\nSubject: =?utf-8?Q?Z=C3=BCrich?=\r\n\r\nHello\r\n';
    const { mail, objects } = await client.viewer.open({ file: new FileContent('a.eml', Buffer.from(text)) });
    expect(objects).toEqual([]);
    expect(mail).toMatchObject({ from: 'Ann <ann@example.org>', subject: 'Zürich', date: null, verdict: { valid: false } });
  });

  it('that is nothing known is refused with the octet', async () => {
    const { client } = await newPractice();
    const opened = client.viewer.open({ file: new FileContent('x', Buffer.from([0, 1, 2])) });
    await expect(opened).rejects.toMatchObject({ code: expect.stringMatching(/^(input|unsupported)/) });
  });
});
