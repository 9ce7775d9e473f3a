import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as extension from '../../../main/domain/x509/extension.ts';
import { parseMailbox } from '../../../main/domain/x509/mailbox.ts';
import { encodeName } from '../../../main/domain/x509/name.ts';
import { encodeTbsCertificate, serialNumberFrom } from '../../../main/domain/x509/tbs-certificate.ts';
import { signatureAlgorithmOf } from '../../../main/domain/key/algorithm.ts';
import type { KeyPair } from './practice.ts';
import { makeKeyPair } from './practice.ts';

const hex = (octets: Uint8Array | ArrayBuffer): string =>
  Buffer.from(octets instanceof ArrayBuffer ? new Uint8Array(octets) : octets).toString('hex');
const buffer = (octets: Uint8Array): ArrayBuffer => Uint8Array.from(octets).buffer;
const keyIdentifier = Uint8Array.from({ length: 20 }, (_, at) => 0xf0 - at);
const refusal = (code: string): unknown => expect.objectContaining({ name: 'AppError', code }) as unknown;

interface Block {
  toSchema(): asn1js.BaseBlock;
}

/** What pkijs writes for the same extension. */
const written = (extnID: string, critical: boolean, value: Block): string =>
  hex(new pkijs.Extension({ extnID, critical, extnValue: value.toSchema().toBER() }).toSchema().toBER());

const address = (type: 1 | 6, value: string): pkijs.GeneralName => new pkijs.GeneralName({ type, value });

/** pkijs puts an otherName into a SEQUENCE of its own, which RFC 5280 does not: asn1js, by hand. */
const smtpUtf8Mailbox = (value: string): asn1js.BaseBlock =>
  new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 0 },
    value: [
      new asn1js.ObjectIdentifier({ value: '1.3.6.1.5.5.7.8.9' }),
      new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [new asn1js.Utf8String({ value })] }),
    ],
  });

const twoMailboxes: Block = {
  toSchema: () =>
    new asn1js.Sequence({ value: [address(1, 'ana@sunrise.example').toSchema(), smtpUtf8Mailbox('josé@xn--bcher-kva.example')] }),
};

const usageBits = (octets: readonly number[], unusedBits: number): Block => ({
  toSchema: () => new asn1js.BitString({ valueHex: buffer(Uint8Array.from(octets)), unusedBits }),
});

describe('extensions beside pkijs', () => {
  it.each<[string, Uint8Array, string]>([
    [
      'basicConstraints of a root',
      extension.basicConstraintsExtension({ cA: true }),
      written('2.5.29.19', true, new pkijs.BasicConstraints({ cA: true })),
    ],
    [
      'basicConstraints of an issuing authority',
      extension.basicConstraintsExtension({ cA: true, pathLenConstraint: 0 }),
      written('2.5.29.19', true, new pkijs.BasicConstraints({ cA: true, pathLenConstraint: 0 })),
    ],
    [
      'basicConstraints of anybody else',
      extension.basicConstraintsExtension({ cA: false }),
      written('2.5.29.19', true, new pkijs.BasicConstraints()),
    ],
    ['keyUsage of an authority', extension.keyUsageExtension(['cRLSign', 'keyCertSign']), written('2.5.29.15', true, usageBits([0x06], 1))],
    [
      'keyUsage to sign',
      extension.keyUsageExtension(['digitalSignature', 'nonRepudiation']),
      written('2.5.29.15', true, usageBits([0xc0], 6)),
    ],
    [
      'keyUsage in its ninth bit',
      extension.keyUsageExtension(['keyAgreement', 'decipherOnly']),
      written('2.5.29.15', true, usageBits([0x08, 0x80], 7)),
    ],
    [
      'extKeyUsage',
      extension.extKeyUsageExtension(['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.2']),
      written('2.5.29.37', false, new pkijs.ExtKeyUsage({ keyPurposes: ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.2'] })),
    ],
    [
      'certificatePolicies',
      extension.certificatePoliciesExtension(['2.23.140.1.5.1.2']),
      written(
        '2.5.29.32',
        false,
        new pkijs.CertificatePolicies({ certificatePolicies: [new pkijs.PolicyInformation({ policyIdentifier: '2.23.140.1.5.1.2' })] }),
      ),
    ],
    [
      'cRLDistributionPoints',
      extension.cRLDistributionPointsExtension('http://pki.sunrise.example/a.crl'),
      written(
        '2.5.29.31',
        false,
        new pkijs.CRLDistributionPoints({
          distributionPoints: [new pkijs.DistributionPoint({ distributionPoint: [address(6, 'http://pki.sunrise.example/a.crl')] })],
        }),
      ),
    ],
    [
      'authorityInfoAccess',
      extension.authorityInfoAccessExtension({ caIssuersUrl: 'http://pki.sunrise.example/a.crt' }),
      written(
        '1.3.6.1.5.5.7.1.1',
        false,
        new pkijs.InfoAccess({
          accessDescriptions: [
            new pkijs.AccessDescription({
              accessMethod: '1.3.6.1.5.5.7.48.2',
              accessLocation: address(6, 'http://pki.sunrise.example/a.crt'),
            }),
          ],
        }),
      ),
    ],
    [
      'subjectKeyIdentifier',
      extension.subjectKeyIdentifierExtension(keyIdentifier),
      written('2.5.29.14', false, { toSchema: () => new asn1js.OctetString({ valueHex: buffer(keyIdentifier) }) }),
    ],
    [
      'authorityKeyIdentifier',
      extension.authorityKeyIdentifierExtension(keyIdentifier),
      written(
        '2.5.29.35',
        false,
        new pkijs.AuthorityKeyIdentifier({ keyIdentifier: new asn1js.OctetString({ valueHex: buffer(keyIdentifier) }) }),
      ),
    ],
    [
      'subjectAltName of two addresses',
      extension.subjectAltNameExtension([parseMailbox('ana@sunrise.example'), parseMailbox('josé@bücher.example')], false),
      written('2.5.29.17', false, twoMailboxes),
    ],
    [
      'subjectAltName beside an empty subject',
      extension.subjectAltNameExtension([parseMailbox('ana@sunrise.example')], true),
      written('2.5.29.17', true, new pkijs.GeneralNames({ names: [address(1, 'ana@sunrise.example')] })),
    ],
    [
      'nameConstraints',
      extension.nameConstraintsExtension(['sunrise.example', '.sunrise.example']),
      written(
        '2.5.29.30',
        true,
        new pkijs.NameConstraints({
          permittedSubtrees: ['sunrise.example', '.sunrise.example'].map(
            (domain) => new pkijs.GeneralSubtree({ base: address(1, domain) }),
          ),
        }),
      ),
    ],
  ])('%s', (_, ours, theirs) => {
    expect(hex(ours)).toBe(theirs);
  });

  it('does not write a keyUsage without a bit', () => {
    expect(() => extension.keyUsageExtension([])).toThrow(refusal('internal'));
  });
});

describe('a TBSCertificate beside pkijs', () => {
  let keyPair: KeyPair;

  beforeAll(() => {
    keyPair = makeKeyPair('p384');
  });

  /** One attribute: pkijs puts several into one SET. */
  function commonName(value: string): pkijs.RelativeDistinguishedNames {
    const attribute = new pkijs.AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1js.Utf8String({ value }) });
    return new pkijs.RelativeDistinguishedNames({ typesAndValues: [attribute] });
  }

  it.each([
    ['UTCTime', '2049-12-31T23:59:59Z', 0],
    ['GeneralizedTime', '2050-01-01T00:00:00Z', 1],
  ] as const)('is the same octets, with notAfter in %s', (_, notAfter, type) => {
    const serialNumber = serialNumberFrom(
      Uint8Array.from({ length: 14 }, (__, at) => 255 - at),
      new Date('2026-01-02T03:04:05Z'),
    );
    const certificate = new pkijs.Certificate({
      version: 2,
      serialNumber: asn1js.Integer.fromBigInt(BigInt(`0x${hex(serialNumber)}`)),
      signature: new pkijs.AlgorithmIdentifier({ algorithmId: '1.2.840.10045.4.3.3' }),
      issuer: commonName('Sunrise Root'),
      notBefore: new pkijs.Time({ type: 0, value: new Date('2026-01-02T03:04:05Z') }),
      notAfter: new pkijs.Time({ type, value: new Date(notAfter) }),
      subject: commonName('Zoë 日本'),
      subjectPublicKeyInfo: pkijs.PublicKeyInfo.fromBER(buffer(keyPair.subjectPublicKeyInfo)),
      extensions: [
        new pkijs.Extension({
          extnID: '2.5.29.19',
          critical: true,
          extnValue: new pkijs.BasicConstraints({ cA: true }).toSchema().toBER(),
        }),
      ],
    });
    const ours = encodeTbsCertificate({
      serialNumber,
      signatureAlgorithm: signatureAlgorithmOf('p384').algorithmIdentifier,
      issuer: encodeName([[{ type: 'commonName', value: 'Sunrise Root' }]]),
      notBefore: new Date('2026-01-02T03:04:05Z'),
      notAfter: new Date(notAfter),
      subject: encodeName([[{ type: 'commonName', value: 'Zoë 日本' }]]),
      subjectPublicKeyInfo: keyPair.subjectPublicKeyInfo,
      extensions: [extension.basicConstraintsExtension({ cA: true })],
    });
    expect(hex(ours)).toBe(hex(certificate.encodeTBS().toBER()));
  });
});

describe('serial numbers', () => {
  it.each([0x00, 0x7f, 0x80, 0xff])('are positive, below 2^159 and 20 octets long at any time, with random octets 0x%i', (octet) => {
    for (const time of ['1970-01-01T00:00:00Z', '2026-11-27T08:00:00Z', '9999-12-31T23:59:59Z']) {
      const serialNumber = serialNumberFrom(new Uint8Array(14).fill(octet), new Date(time));
      expect(serialNumber).toHaveLength(20);
      expect(serialNumber[0]).toBeGreaterThanOrEqual(0x40);
      expect(serialNumber[0]).toBeLessThan(0x80);
      expect(serialNumber.subarray(6)).toEqual(new Uint8Array(14).fill(octet));
    }
  });

  it('sort by the time they were made at, to the millisecond', () => {
    const at = (time: string, octet: number) => hex(serialNumberFrom(new Uint8Array(14).fill(octet), new Date(time)));
    expect(at('2026-11-27T08:00:00.001Z', 0x00) > at('2026-11-27T08:00:00.000Z', 0xff)).toBe(true);
    expect(at('2027-01-01T00:00:00.000Z', 0x00) > at('2026-12-31T23:59:59.999Z', 0xff)).toBe(true);
  });

  it('are made from nothing but 14 random octets', () => {
    expect(() => serialNumberFrom(new Uint8Array(8), new Date())).toThrow(refusal('internal'));
  });
});
