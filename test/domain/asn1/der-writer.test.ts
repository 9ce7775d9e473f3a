import * as asn1js from 'asn1js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generalizedTime, time } from '../../../main/domain/asn1/der-time.ts';
import * as der from '../../../main/domain/asn1/der-writer.ts';
import { openssl } from '../x509-issuing/practice.ts';

/** What asn1js writes for the same value. */
const written = (value: asn1js.BaseBlock): string => Buffer.from(value.toBER()).toString('hex');
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
const buffer = (octets: Uint8Array): ArrayBuffer => Uint8Array.from(octets).buffer;
const refusal = (code: string): unknown => expect.objectContaining({ name: 'AppError', code }) as unknown;

function dottedOid(largestArc: bigint): fc.Arbitrary<string> {
  const roots = [
    fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 39 })),
    fc.tuple(fc.constant(2), fc.integer({ min: 0, max: 999 })),
  ];
  const arcs = fc.array(fc.bigInt({ min: 0n, max: largestArc }), { minLength: 1, maxLength: 10 });
  return fc.tuple(fc.oneof(...roots), arcs).map(([root, rest]) => [...root, ...rest].join('.'));
}

describe('the DER writer beside asn1js and openssl', () => {
  it('writes every safe integer alike', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(hex(der.integer(value))).toBe(written(asn1js.Integer.fromBigInt(BigInt(value))));
      }),
    );
    expect(hex(der.integer(0))).toBe('020100');
    expect(hex(der.integer(128))).toBe('02020080');
  });

  it('writes magnitudes of any length alike, however many zeros they begin with', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (magnitude) => {
        expect(hex(der.unsignedInteger(magnitude))).toBe(written(asn1js.Integer.fromBigInt(BigInt(`0x${hex(magnitude)}`))));
      }),
    );
  });

  it('refuses integers that are negative, broken or unsafe', () => {
    for (const value of [-1, 0.5, 2 ** 53, Number.NaN]) expect(() => der.integer(value)).toThrow(refusal('internal'));
  });

  it('writes object identifiers alike', () => {
    fc.assert(
      fc.property(dottedOid(2n ** 40n), (dotted) => {
        expect(hex(der.oid(dotted))).toBe(written(new asn1js.ObjectIdentifier({ value: dotted })));
      }),
    );
  });

  it('writes object identifiers that openssl reads back, with arcs no machine integer holds', () => {
    const oids = fc.sample(dottedOid(2n ** 100n), 200).map((dotted) => `${dotted}.${2n ** 90n}`);
    const said = openssl(['asn1parse', '-inform', 'DER'], der.tlvOf(der.tag.sequence, oids.map(der.oid)));
    expect([...said.matchAll(/OBJECT\s+:(\S+)/g)].map((match) => match[1])).toEqual(oids);
  });

  it('refuses what is no object identifier', () => {
    for (const dotted of ['', '1', '1.', '3.1', '1.40', '0.40.1', '1.2.03', '1.2.-1', '1.2.x', ' 1.2', '1..2']) {
      expect(() => der.oid(dotted)).toThrow(refusal('input.invalid'));
    }
  });

  it('writes lengths on both sides of every step alike', () => {
    for (const length of [0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000, 0xffffff, 0x1000000]) {
      const content = new Uint8Array(length);
      const expected = Buffer.from(new asn1js.OctetString({ valueHex: content.buffer }).toBER());
      expect(Buffer.compare(der.octetString(content), expected)).toBe(0);
      const apart = der.concatenate([der.header(der.tag.octetString, length), content]);
      expect(Buffer.compare(apart, expected)).toBe(0);
    }
  });

  it('writes lists longer than a call can have arguments', () => {
    const items = Array.from({ length: 300_000 }, () => der.nullValue());
    expect(der.tlvOf(der.tag.sequence, items)).toHaveLength(5 + 600_000);
  });

  it('writes text alike, in any script and length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(hex(der.utf8String(text))).toBe(written(new asn1js.Utf8String({ value: text })));
      }),
    );
    for (const length of [126, 127, 128, 129]) {
      const [plain, accented] = ['a'.repeat(length), `${'a'.repeat(length - 1)}é`];
      expect(hex(der.utf8String(plain))).toBe(written(new asn1js.Utf8String({ value: plain })));
      expect(hex(der.utf8String(accented))).toBe(written(new asn1js.Utf8String({ value: accented })));
    }
  });

  it('keeps PrintableString and IA5String to their characters', () => {
    expect(hex(der.printableString("Aa0 '()+,-./:=?"))).toBe(written(new asn1js.PrintableString({ value: "Aa0 '()+,-./:=?" })));
    expect(hex(der.ia5String('ana_n@sunrise.example'))).toBe(written(new asn1js.IA5String({ value: 'ana_n@sunrise.example' })));
    for (const text of ['a@b', 'a*b', 'a_b', 'é', 'a&b']) expect(() => der.printableString(text)).toThrow(refusal('input.invalid'));
    expect(() => der.ia5String('josé@sunrise.example')).toThrow(refusal('input.invalid'));
  });

  it('writes named bits without their trailing zeros', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), (bits) => {
        const used = bits.lastIndexOf(true) + 1;
        const octets = new Uint8Array(Math.ceil(used / 8));
        for (const [at, bit] of bits.slice(0, used).entries()) octets[at >> 3] = (octets[at >> 3] ?? 0) | (bit ? 0x80 >> (at % 8) : 0);
        const expected = new asn1js.BitString({ valueHex: octets.buffer, unusedBits: octets.length * 8 - used });
        expect(hex(der.namedBits(bits))).toBe(written(expected));
      }),
    );
    expect(hex(der.namedBits([true, true, false, false]))).toBe('030206c0');
    expect(hex(der.namedBits([false]))).toBe('030100');
  });

  it('writes the rest of the primitives alike', () => {
    expect(hex(der.boolean(true))).toBe(written(new asn1js.Boolean({ value: true })));
    expect(hex(der.boolean(false))).toBe(written(new asn1js.Boolean({ value: false })));
    expect(hex(der.nullValue())).toBe(written(new asn1js.Null()));
    expect(hex(der.enumerated(10))).toBe(written(new asn1js.Enumerated({ value: 10 })));
    const octets = Uint8Array.of(1, 2, 3);
    expect(hex(der.bitString(octets))).toBe(written(new asn1js.BitString({ valueHex: buffer(octets) })));
    expect(hex(der.contextPrimitive(6, octets))).toBe(
      written(new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: 6 }, valueHex: buffer(octets) })),
    );
    expect(hex(der.context(3, der.nullValue()))).toBe(
      written(new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 3 }, value: [new asn1js.Null()] })),
    );
  });

  it('sorts a SET OF by its octets, a shorter value before a longer one it begins', () => {
    const parts = [
      der.octetString(Uint8Array.of(2)),
      der.octetString(Uint8Array.of(1, 0)),
      der.octetString(Uint8Array.of(1)),
      der.nullValue(),
    ];
    expect(hex(der.setOf(...parts))).toBe('310c' + '040101' + '040102' + '04020100' + '0500');
  });
});

describe('times', () => {
  const second = fc.date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2049-12-31T23:59:59Z'), noInvalidDate: true });

  it('are UTCTime from 1950 through 2049, as asn1js writes it', () => {
    fc.assert(
      fc.property(second, (instant) => {
        const whole = new Date(Math.floor(instant.getTime() / 1000) * 1000);
        expect(hex(time(instant))).toBe(written(new asn1js.UTCTime({ valueDate: whole })));
      }),
    );
  });

  it('are GeneralizedTime before and after, as asn1js writes it', () => {
    const years = fc.oneof(
      fc.date({ min: new Date('2050-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
      fc.date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('1949-12-31T23:59:59Z'), noInvalidDate: true }),
    );
    fc.assert(
      fc.property(years, (instant) => {
        const whole = new Date(Math.floor(instant.getTime() / 1000) * 1000);
        expect(hex(time(instant))).toBe(written(new asn1js.GeneralizedTime({ valueDate: whole })));
      }),
    );
  });

  it('change form exactly where RFC 5280 says', () => {
    expect(Buffer.from(time(new Date('2049-12-31T23:59:59Z'))).toString('latin1')).toBe('\x17\r491231235959Z');
    expect(Buffer.from(time(new Date('2050-01-01T00:00:00Z'))).toString('latin1')).toBe('\x18\x0f20500101000000Z');
    expect(Buffer.from(generalizedTime(new Date('2026-02-03T04:05:06.999Z'))).toString('latin1')).toBe('\x18\x0f20260203040506Z');
  });

  it('are refused when they are no date, or a year of five digits', () => {
    for (const instant of [new Date(Number.NaN), new Date('+010000-01-01T00:00:00Z'), new Date('-000001-01-01T00:00:00Z')]) {
      expect(() => time(instant)).toThrow(refusal('input.invalid'));
    }
  });
});
