import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { signatureAlgorithmOf } from '../../../main/domain/key/algorithm.ts';
import type { AttributeName, DistinguishedName } from '../../../main/domain/x509/name.ts';
import { encodeName, formatName } from '../../../main/domain/x509/name.ts';
import { attributeOid } from '../../../main/domain/x509/oid.ts';
import { encodeCertificate, encodeTbsCertificate } from '../../../main/domain/x509/tbs-certificate.ts';
import { subjectKeyIdentifierExtension } from '../../../main/domain/x509/extension.ts';
import type { KeyPair } from './practice.ts';
import { makeKeyPair, openssl, signWith } from './practice.ts';

let keyPair: KeyPair;

beforeAll(() => {
  keyPair = makeKeyPair('p256');
});

/** A certificate of that subject: what openssl reads a name from. */
function bearing(subject: DistinguishedName): Uint8Array {
  const signatureAlgorithm = signatureAlgorithmOf('p256').algorithmIdentifier;
  const tbs = encodeTbsCertificate({
    serialNumber: Uint8Array.of(1),
    signatureAlgorithm,
    issuer: encodeName(subject),
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2027-01-01T00:00:00Z'),
    subject: encodeName(subject),
    subjectPublicKeyInfo: keyPair.subjectPublicKeyInfo,
    extensions: [subjectKeyIdentifierExtension(keyPair.keyIdentifier)],
  });
  return encodeCertificate(tbs, signatureAlgorithm, signWith(keyPair, tbs));
}

function opensslReads(subject: DistinguishedName, ...options: string[]): string {
  return openssl(['x509', '-inform', 'DER', '-noout', '-subject', '-nameopt', options.join(',')], bearing(subject)).replace(/\n$/, '');
}

const refusal = (field: AttributeName, reason: string): unknown =>
  expect.objectContaining({ name: 'AppError', code: 'input.invalid', details: { field, reason } }) as unknown;

const person: DistinguishedName = [
  [{ type: 'countryName', value: 'US' }],
  [{ type: 'organizationName', value: 'Sunrise, "Family" <Practice>; +1' }],
  [{ type: 'commonName', value: '#1 Zoë 日本 \\ ' }],
  [{ type: 'userId', value: ' leading' }],
];

describe('distinguished names', () => {
  it('are the strings openssl shows in RFC 2253 form', () => {
    expect(opensslReads(person, 'rfc2253', '-esc_msb', 'utf8')).toBe(`subject=${formatName(person)}`);
    expect(formatName(person)).toBe('UID=\\ leading,CN=\\#1 Zoë 日本 \\\\\\ ,O=Sunrise\\, \\"Family\\" \\<Practice\\>\\; \\+1,C=US');
  });

  it('show a part of two attributes with a plus, and sort it in its encoding', () => {
    const name: DistinguishedName = [
      [
        { type: 'surname', value: 'Nunez' },
        { type: 'givenName', value: 'Ana' },
      ],
    ];
    expect(formatName(name)).toBe('SN=Nunez+givenName=Ana');
    expect(opensslReads(name, 'sep_multiline', 'oid')).toContain('2.5.4.42=Ana + 2.5.4.4=Nunez');
  });

  it('show a type nobody named in dotted decimal, its value in hexadecimal', () => {
    expect(formatName([[{ type: '1.2.3.4', value: 'Ana' }], [{ type: '2.5.4.3', value: 'Ana' }]])).toBe('CN=Ana,1.2.3.4=#0c03416e61');
    expect(formatName([[{ type: '1.2.3.4', value: '#0203010001' }]])).toBe('1.2.3.4=#0203010001');
  });

  it('stand in the certificate in the string types of RFC 5280', () => {
    const name: DistinguishedName = [
      [{ type: 'countryName', value: 'US' }],
      [{ type: 'emailAddress', value: 'ana@sunrise.example' }],
      [{ type: 'domainComponent', value: 'sunrise' }],
      [{ type: 'commonName', value: 'Ana' }],
    ];
    const said = opensslReads(name, 'show_type', 'sep_multiline', 'oid');
    expect(said.split('\n').map((line) => line.trim())).toEqual([
      'subject=',
      '2.5.4.6=PRINTABLESTRING:US',
      '1.2.840.113549.1.9.1=IA5STRING:ana@sunrise.example',
      '0.9.2342.19200300.100.1.25=IA5STRING:sunrise',
      '2.5.4.3=UTF8STRING:Ana',
    ]);
  });

  it('keep text as openssl reads it back, in NFC', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((value) => /[\p{L}\p{N}]/u.test(value) && !/[\p{C}\u2028\u2029]/u.test(value) && value.normalize('NFC').length <= 64);
    fc.assert(
      fc.property(text, (value) => {
        const said = opensslReads([[{ type: 'commonName', value }]], 'utf8', 'oid', 'sep_multiline');
        expect(said).toBe(`subject=\n    2.5.4.3=${value.normalize('NFC')}`);
      }),
      { numRuns: 25 },
    );
  });

  it('are the same octets however their accents were typed', () => {
    const encoded = ['Zoe\u0308', 'Zo\u00eb'].map((value) => Buffer.from(encodeName([[{ type: 'commonName', value }]])).toString('hex'));
    expect(encoded[0]).toBe(encoded[1]);
  });

  it.each<[AttributeName, string, string]>([
    ['commonName', 'empty', ''],
    ['commonName', 'too-long', 'a'.repeat(65)],
    ['organizationName', 'too-long', 'é'.repeat(65)],
    ['emailAddress', 'too-long', `${'a'.repeat(251)}@b.de`],
    ['title', 'control-character', 'Dr\u0000'],
    ['surname', 'control-character', 'N\u202eunez'],
    ['surname', 'control-character', 'N\u007f'],
    ['surname', 'not-text', 'N\ud800'],
    ['title', 'placeholder', '-'],
    ['title', 'placeholder', ' . - '],
    ['countryName', 'not-a-country-code', 'us'],
    ['countryName', 'not-a-country-code', 'Ü1'],
  ])('refuse a %s that is %s', (type, reason, value) => {
    expect(() => encodeName([[{ type, value }]])).toThrow(refusal(type, reason));
  });

  it('count characters, not the units of a string', () => {
    expect(encodeName([[{ type: 'commonName', value: '𠮷'.repeat(64) }]]).length).toBeGreaterThan(256);
    expect(() => encodeName([[{ type: 'commonName', value: '𠮷'.repeat(65) }]])).toThrow(refusal('commonName', 'too-long'));
  });

  it('refuse an address beyond ASCII as emailAddress', () => {
    expect(() => encodeName([[{ type: 'emailAddress', value: 'josé@sunrise.example' }]])).toThrow(
      expect.objectContaining({ code: 'input.invalid' }),
    );
  });

  it('know every attribute type by a name openssl resolves to the same number', () => {
    for (const [name, dotted] of Object.entries(attributeOid)) {
      const said = openssl(['asn1parse', '-genstr', `OID:${name === 'userId' ? 'UID' : name}`]);
      expect([name, said]).toEqual([name, openssl(['asn1parse', '-genstr', `OID:${dotted}`])]);
    }
  });
});
