import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profilesFor } from '../../../main/domain/profile/index.ts';
import type { RevokedCertificate } from '../../../main/domain/x509/certificate-list.ts';
import {
  certificateListFrame,
  encodeCertificateList,
  encodeRevokedCertificate,
  encodeTbsCertificateList,
  encodeTbsCertificateListOf,
} from '../../../main/domain/x509/certificate-list.ts';
import type { RevocationReason } from '../../../main/domain/x509/revocation-reason.ts';
import { parseRevocationReason, revocationReasons } from '../../../main/domain/x509/revocation-reason.ts';
import type { Authority, Practice } from './practice.ts';
import { ana, Folder, freshSerialNumber, issue, makeKeyPair, makePractice, now, openssl, pem, signWith, tryOpenssl } from './practice.ts';

const folder = new Folder();
let practice: Practice;

beforeAll(() => {
  practice = makePractice();
});

afterAll(() => folder.dispose());

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
const hour = 3_600_000;
const refusal = (code: string): unknown => expect.objectContaining({ name: 'AppError', code }) as unknown;

const fieldsOf = ({ name, keyPair, prepared }: Authority, number = 7): Omit<Parameters<typeof encodeTbsCertificateList>[0], 'entries'> => ({
  issuer: name,
  thisUpdate: new Date(now.getTime() - hour),
  nextUpdate: new Date(now.getTime() + 240 * hour),
  number,
  authorityKeyIdentifier: keyPair.keyIdentifier,
  signatureAlgorithm: prepared.signatureAlgorithm.algorithmIdentifier,
});

/** A signed list as a PEM file. */
function publish(authority: Authority, entries: readonly RevokedCertificate[], name = 'list.pem'): string {
  const tbs = encodeTbsCertificateList({ ...fieldsOf(authority), entries });
  const list = encodeCertificateList(tbs, authority.prepared.signatureAlgorithm.algorithmIdentifier, signWith(authority.keyPair, tbs));
  return folder.write(name, pem('X509 CRL', list));
}

const revoked = (serialNumber: Uint8Array, reason?: RevocationReason): RevokedCertificate => ({
  serialNumberHex: hex(serialNumber),
  revocationTime: new Date(now.getTime() - 2 * hour),
  ...(reason === undefined ? {} : { reason }),
});

describe('a revocation list, read by openssl', () => {
  it('verifies under its issuer and under no other', () => {
    const list = publish(practice.issuing, [revoked(freshSerialNumber(), 'keyCompromise')]);
    const issuer = folder.certificate('issuing.pem', practice.issuing.certificate);
    expect(tryOpenssl(['crl', '-in', list, '-noout', '-CAfile', issuer]).text).toContain('verify OK');
    const root = folder.certificate('root.pem', practice.root.certificate);
    expect(tryOpenssl(['crl', '-in', list, '-noout', '-CAfile', root]).text).not.toContain('verify OK');
  });

  it('makes verify -crl_check_all refuse the revoked certificate and accept its neighbour', () => {
    const [profile] = profilesFor('smime-mailbox-multipurpose');
    if (profile === undefined) throw new Error('a pair is two profiles');
    const keys = makeKeyPair('p256');
    const [lost, kept] = [freshSerialNumber(), freshSerialNumber()];
    const [lostFile, keptFile] = [lost, kept].map((serialNumber, at) =>
      folder.certificate(`leaf-${at}.pem`, issue(practice, profile, keys, ana, { serialNumber }).certificate),
    );
    const lists = [publish(practice.issuing, [revoked(lost, 'keyCompromise')], 'a.pem'), publish(practice.root, [], 'b.pem')];
    const chain = [
      '-CAfile',
      folder.certificate('r.pem', practice.root.certificate),
      '-untrusted',
      folder.certificate('i.pem', practice.issuing.certificate),
    ];
    const check = ['verify', '-x509_strict', '-crl_check_all', ...chain, ...lists.flatMap((list) => ['-CRLfile', list])];
    expect(openssl([...check, keptFile ?? ''])).toContain('OK');
    expect(tryOpenssl([...check, lostFile ?? '']).text).toContain('certificate revoked');
  });

  it('says number, times, key and every reason but the unspecified one', () => {
    const reasons = revocationReasons.filter((reason) => reason !== 'removeFromCRL');
    const entries = reasons.map((reason) => revoked(freshSerialNumber(), reason));
    const text = openssl(['crl', '-in', publish(practice.issuing, entries), '-noout', '-text']);
    expect(text).toContain('Version 2 (0x1)');
    expect(text).toMatch(/X509v3 CRL Number: \n\s+7\n/);
    expect(text).toMatch(/X509v3 Authority Key Identifier: \n/);
    expect([...text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map((match) => match[1]?.toLowerCase())).toEqual(
      entries.map(({ serialNumberHex }) => serialNumberHex),
    );
    expect([...text.matchAll(/X509v3 CRL Reason Code: \n\s+(.+)\n/g)].map((match) => match[1])).toEqual([
      'Key Compromise',
      'CA Compromise',
      'Affiliation Changed',
      'Superseded',
      'Cessation Of Operation',
      'Certificate Hold',
      'Privilege Withdrawn',
      'AA Compromise',
    ]);
    expect(text).not.toContain('Unspecified');
    expect(text).not.toContain('critical');
  });

  it('says since when a key was unsafe', () => {
    const entry = { ...revoked(freshSerialNumber(), 'keyCompromise'), invalidityDate: new Date('2026-01-02T03:04:05Z') };
    const text = openssl(['crl', '-in', publish(practice.issuing, [entry]), '-noout', '-text']);
    expect(text).toMatch(/Invalidity Date: \n\s+Jan {2}2 03:04:05 2026 GMT/);
  });

  it('has no list of entries at all while nothing is revoked', () => {
    expect(openssl(['crl', '-in', publish(practice.root, []), '-noout', '-text'])).toContain('No Revoked Certificates.');
  });
});

/** pkijs keeps the TBSCertList to its subclasses. */
class OpenList extends pkijs.CertificateRevocationList {
  get tbsCertList(): Uint8Array {
    return new Uint8Array(this.encodeTBS().toBER());
  }
}

describe('a revocation list beside pkijs', () => {
  it('is the same octets', () => {
    const fields = {
      ...fieldsOf(practice.issuing),
      thisUpdate: new Date('2026-01-01T00:00:00Z'),
      nextUpdate: new Date('2026-01-08T00:00:00Z'),
    };
    const revocationTime = new Date('2025-12-31T23:59:59Z');
    const serials = [Uint8Array.of(0x00, 0x80), Uint8Array.of(0x01), freshSerialNumber()];
    const ours = encodeTbsCertificateList({
      ...fields,
      entries: serials.map((serial, at) => ({
        serialNumberHex: hex(serial),
        revocationTime,
        reason: at === 1 ? 'superseded' : 'unspecified',
      })),
    });
    const list = new OpenList({
      version: 1,
      signature: new pkijs.AlgorithmIdentifier({ algorithmId: '1.2.840.10045.4.3.2' }),
      issuer: pkijs.RelativeDistinguishedNames.fromBER(Uint8Array.from(practice.issuing.name).buffer),
      thisUpdate: new pkijs.Time({ type: 0, value: fields.thisUpdate }),
      nextUpdate: new pkijs.Time({ type: 0, value: fields.nextUpdate }),
      revokedCertificates: serials.map((serial, at) => {
        const reason = new pkijs.Extension({ extnID: '2.5.29.21', extnValue: new asn1js.Enumerated({ value: 4 }).toBER() });
        return new pkijs.RevokedCertificate({
          userCertificate: asn1js.Integer.fromBigInt(BigInt(`0x${hex(serial)}`)),
          revocationDate: new pkijs.Time({ type: 0, value: revocationTime }),
          ...(at === 1 ? { crlEntryExtensions: new pkijs.Extensions({ extensions: [reason] }) } : {}),
        });
      }),
      crlExtensions: new pkijs.Extensions({
        extensions: [
          new pkijs.Extension({
            extnID: '2.5.29.35',
            extnValue: new pkijs.AuthorityKeyIdentifier({
              keyIdentifier: new asn1js.OctetString({ valueHex: Uint8Array.from(fields.authorityKeyIdentifier).buffer }),
            })
              .toSchema()
              .toBER(),
          }),
          new pkijs.Extension({ extnID: '2.5.29.20', extnValue: new asn1js.Integer({ value: 7 }).toBER() }),
        ],
      }),
    });
    expect(hex(ours)).toBe(hex(list.tbsCertList));
  });

  it('is the same octets from entries that were encoded before, two hundred thousand of them', () => {
    const entry = revoked(freshSerialNumber(), 'superseded');
    const chunk = Buffer.concat(Array.from({ length: 1000 }, () => encodeRevokedCertificate(entry)));
    const fields = fieldsOf(practice.issuing);
    const chunked = encodeTbsCertificateListOf(
      fields,
      Array.from({ length: 200 }, () => chunk),
    );
    const whole = encodeTbsCertificateList({ ...fields, entries: Array.from({ length: 200_000 }, () => entry) });
    expect(Buffer.compare(chunked, whole)).toBe(0);
  });
});

describe('a list put together in place', () => {
  const entries = Array.from({ length: 3000 }, () => encodeRevokedCertificate(revoked(freshSerialNumber(), 'superseded')));
  const octetsOf = (some: readonly Uint8Array[]): number => Buffer.concat(some).length;

  it.each([0, 1, 3, 3000])('is the octets of the list made at once: %i entries', async (count) => {
    const fields = fieldsOf(practice.issuing);
    const some = entries.slice(0, count);
    const frame = certificateListFrame(fields, octetsOf(some));
    const tbs = encodeTbsCertificateListOf(fields, some);
    expect(Buffer.compare(await buffer(frame.toBeSigned(some)), tbs)).toBe(0);
    const signature = signWith(practice.issuing.keyPair, tbs);
    const { before, after } = frame.around(signature);
    const whole = Buffer.concat([before, tbs, after]);
    expect(Buffer.compare(whole, encodeCertificateList(tbs, fields.signatureAlgorithm, signature))).toBe(0);
  });

  it('is never signed with fewer or more entries than it was made for', async () => {
    const { toBeSigned } = certificateListFrame(fieldsOf(practice.issuing), octetsOf(entries.slice(0, 2)));
    for (const count of [1, 3]) await expect(buffer(toBeSigned(entries.slice(0, count)))).rejects.toThrow(refusal('internal'));
  });
});

describe('what no revocation list can say', () => {
  it.each<[string, Partial<RevokedCertificate>]>([
    ['a serial number that is not hexadecimal', { serialNumberHex: 'xyz' }],
    ['no serial number', { serialNumberHex: '' }],
    ['half an octet', { serialNumberHex: 'abc' }],
    ['removeFromCRL in a full list', { reason: 'removeFromCRL' }],
    ['a time that is none', { revocationTime: new Date(Number.NaN) }],
  ])('%s', (_, change) => {
    const entry = { ...revoked(freshSerialNumber(), 'superseded'), ...change };
    expect(() => encodeRevokedCertificate(entry)).toThrow(refusal('input.invalid'));
  });

  it('a successor that comes no later than itself', () => {
    const fields = fieldsOf(practice.issuing);
    expect(() => encodeTbsCertificateList({ ...fields, nextUpdate: fields.thisUpdate, entries: [] })).toThrow(refusal('input.invalid'));
  });

  it('a reason RFC 5280 does not have', () => {
    for (const reason of revocationReasons) expect(parseRevocationReason(reason)).toBe(reason);
    for (const text of ['', 'lost', 'KeyCompromise', 'toString'])
      expect(() => parseRevocationReason(text)).toThrow(refusal('input.invalid'));
  });
});
