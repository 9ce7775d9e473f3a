import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../main/adapters/primitives/node.ts';
import { lintCertificate } from '../../main/domain/lint/lint-certificate.ts';
import { ocspResponder } from '../../main/domain/profile/ocsp-responder.ts';
import { readOcspResponse } from '../../main/domain/x509/ocsp/read-response.ts';
import { checkOcspResponse } from '../../main/domain/x509/path-validation/check-ocsp-response.ts';
import { readCertificate } from '../../main/domain/x509/read-certificate.ts';
import { addPeople, enroll, newPractice } from './support/practice.ts';

const day = 86_400_000;

/** A practice with people, a clock of its own, and its issuing authority. */
async function practiceAt(start: string, people = 1) {
  let now = new Date(start);
  const practice = await newPractice({ clock: { now: () => now } });
  await enroll(practice, await addPeople(practice, people));
  const { client } = practice;
  const [root, issuing] = (await client.authorities.list({})).authorities;
  if (root === undefined || issuing === undefined) throw new Error('no authority');
  const responders = async () =>
    (await client.certificates.list({ authority: issuing.id })).certificates.filter(({ profile }) => profile === 'ocsp-responder');
  const certificateOf = async (authority: string) => readCertificate((await client.authorities.export({ authority, format: 'der' })).bytes);
  const pass = (days: number) => void (now = new Date(now.getTime() + days * day));
  return { client, root, issuing, responders, certificateOf, pass, now: () => now };
}

describe('the responder of an authority', () => {
  it('is made once, without a finding of the lint, and is nothing that falls due', async () => {
    const { client, issuing, responders, pass } = await practiceAt('2027-03-01T08:00:00Z');
    await client.ocsp.presign({ authority: issuing.id });
    pass(30);
    await client.ocsp.presign({ authority: issuing.id });
    const [made, ...more] = await responders();
    expect(more).toEqual([]);
    expect(made).toMatchObject({ purpose: 'revocation', isAuthority: false, isCurrent: false, personId: null });
    const [file] = (await client.ocsp.presign({ authority: issuing.id })).files;
    const [certificate] = readOcspResponse(file?.bytes ?? new Uint8Array()).basic?.certificates ?? [];
    if (certificate === undefined) throw new Error('no responder');
    expect(lintCertificate(certificate, { profile: ocspResponder })).toEqual([]);
  });

  it('gives way to a new one before its responses would outlive it', async () => {
    const { client, issuing, responders, pass, now } = await practiceAt('2027-03-01T08:00:00Z');
    await client.ocsp.presign({ authority: issuing.id });
    pass(87);
    const { files } = await client.ocsp.presign({ authority: issuing.id, days: 4 });
    expect(await responders()).toHaveLength(2);
    const response = readOcspResponse(files[0]?.bytes ?? new Uint8Array());
    expect(response.basic?.certificates[0]?.notAfter.getTime()).toBeGreaterThan(now().getTime() + 4 * day);
  });

  it('is replaced when it is revoked', async () => {
    const { client, issuing, responders } = await practiceAt('2027-03-01T08:00:00Z');
    await client.ocsp.presign({ authority: issuing.id });
    const [first] = await responders();
    await client.certificates.revoke({ certificates: [first?.id ?? ''], reason: 'keyCompromise' });
    await client.ocsp.presign({ authority: issuing.id });
    expect(await responders()).toHaveLength(2);
  });
});

describe('OCSP responses', () => {
  it('come a page at a time, each certificate once, and are logged with how many', async () => {
    const { client, issuing } = await practiceAt('2027-03-01T08:00:00Z', 3);
    const names = new Set<string>();
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await client.ocsp.presign({ authority: issuing.id, limit: 4, ...(after === undefined ? {} : { after }) });
      for (const { name } of page.files) names.add(name);
      after = page.next ?? undefined;
      pages++;
    } while (after !== undefined);
    expect({ pages, responses: names.size }).toEqual({ pages: 2, responses: (6 + 1) * 2 });
    const { entries } = await client.audit.list({ limit: 2 });
    expect(entries[0]).toMatchObject({ action: 'authority.ocsp', outcome: 'success', subject: { authority: issuing.id, certificates: 3 } });
  });

  it('end with the authority, and cannot be made after it', async () => {
    const { client, root, pass, certificateOf } = await practiceAt('2027-03-01T08:00:00Z');
    const { notAfter } = await certificateOf(root.id);
    pass(Math.floor((notAfter.getTime() - Date.parse('2027-03-01T08:00:00Z')) / day) - 1);
    expect((await client.ocsp.presign({ authority: root.id, days: 10 })).nextUpdate).toBe(notAfter.toISOString());
    pass(3);
    await expect(client.ocsp.presign({ authority: root.id })).rejects.toMatchObject({ code: 'path.expired' });
  });

  it('leave out what has ended, which a request still hears of', async () => {
    const { client, issuing, pass } = await practiceAt('2027-03-01T08:00:00Z');
    expect((await client.ocsp.presign({ authority: issuing.id })).certificates).toBe(2);
    pass(900);
    expect((await client.ocsp.presign({ authority: issuing.id })).certificates).toBe(0);
  });

  it('are what the world relies on until they run out', async () => {
    const { client, issuing } = await practiceAt('2027-03-01T08:00:00Z');
    const [first] = (await client.certificates.list({ authority: issuing.id })).certificates;
    const knownBy = async () => (await client.certificates.previewRevocation({ certificates: [first?.id ?? ''] })).knownBy;
    expect(await knownBy()).toBeNull();
    await client.ocsp.presign({ authority: issuing.id, days: 2 });
    expect(await knownBy()).toBe('2027-03-03T08:00:00.000Z');
    await client.authorities.crl({ authority: issuing.id });
    expect(await knownBy()).toBe('2027-03-11T08:00:00.000Z');
  });

  it('hold for our own reading, for the one certificate they mean', async () => {
    const { client, issuing, certificateOf, now } = await practiceAt('2027-03-01T08:00:00Z');
    const issuer = await certificateOf(issuing.id);
    const { files } = await client.ocsp.presign({ authority: issuing.id });
    const { certificates } = await client.certificates.list({ authority: issuing.id });
    const verdicts: boolean[] = [];
    for (const { id } of certificates) {
      const certificate = readCertificate((await client.certificates.export({ certificate: id, format: 'der' })).bytes);
      for (const { bytes } of files) {
        const question = { response: readOcspResponse(bytes), issuer, certificate, time: now() };
        verdicts.push(checkOcspResponse(question, nodePrimitives).valid);
      }
    }
    expect(verdicts.filter(Boolean)).toHaveLength(4);
  });
});
