import { describe, expect, it } from 'vitest';
import { comparedFields } from '../../renderer/features/viewer/compared-fields.ts';
import { basicFields, extensionsOf } from '../../renderer/features/viewer/fields-of.ts';
import { hexLines } from '../../renderer/features/viewer/hex-lines.ts';
import { mailVerdict } from '../../renderer/features/viewer/mail.tsx';

const reading = {
  type: 'certificate',
  emails: ['a@example.org', 'b@example.org'],
  subjectPublicKeyInfo: { algorithm: 'rsaEncryption', keySize: 3072 },
  extensions: { keyUsage: { critical: true, value: ['digitalSignature'] }, basicConstraints: { critical: false, value: { cA: false } } },
};

describe('the fields of a reading', () => {
  it('are one line each, extensions apart', () => {
    expect(basicFields(reading)).toEqual([
      { name: 'type', value: 'certificate' },
      { name: 'emails', value: 'a@example.org\nb@example.org' },
      { name: 'subjectPublicKeyInfo.algorithm', value: 'rsaEncryption' },
      { name: 'subjectPublicKeyInfo.keySize', value: '3072' },
    ]);
    expect(extensionsOf(reading)).toEqual([
      { name: 'keyUsage', isCritical: true, fields: [{ name: '', value: 'digitalSignature' }] },
      { name: 'basicConstraints', isCritical: false, fields: [{ name: 'cA', value: 'false' }] },
    ]);
  });

  it('are compared with what differs first, and what one of them lacks', () => {
    const fields = comparedFields(reading, { ...reading, type: 'csr', more: 1 });
    expect(fields.slice(0, 3).map(({ name, isSame }) => [name, isSame])).toEqual([
      ['type', false],
      ['more', false],
      ['emails', true],
    ]);
    expect(fields[1]?.values).toEqual(['—', '1']);
  });
});

describe('the octets of a value', () => {
  it('are marked as tag and length, and as content', () => {
    const { lines } = hexLines(Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05, 0xff), { offset: 2, header: 2, length: 1 });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.octets.map(({ part }) => part)).toEqual(['other', 'other', 'header', 'header', 'content', 'other']);
    expect(hexLines(new Uint8Array(4), { offset: 100, header: 2, length: 1 })).toEqual({ lines: [], isBeyond: true });
  });

  it('of a huge value are a screenful', () => {
    expect(hexLines(new Uint8Array(65_536), { offset: 0, header: 4, length: 65_532 }).lines).toHaveLength(40);
  });
});

describe('a mail', () => {
  const layer = (status: 'valid' | 'invalid' | 'encrypted' | 'unsigned') =>
    ({ kind: 'signed-data', signed: status === 'valid', status, signer: null, signingTime: null, findings: [], signers: [] }) as const;

  it.each([
    [true, [layer('valid')], 'signed'],
    [false, [layer('valid'), layer('invalid')], 'broken'],
    [false, [layer('encrypted')], 'sealed'],
    [false, [layer('unsigned'), layer('valid')], 'not-signed'],
    [false, [], 'not-signed'],
  ] as const)('that is valid: %s says the one thing to know', (valid, layers, is) => {
    expect(mailVerdict({ verdict: { valid, layers } }).is).toBe(is);
  });
});
