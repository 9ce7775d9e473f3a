import { describe, expect, it } from 'vitest';
import { children, DerCursor, only, readDer, readFirst } from '../../../main/domain/asn1/der-reader.ts';
import { formatInstant, readTime } from '../../../main/domain/asn1/read-time.ts';
import { readBitString, readBoolean, readIntegerHex, readOid, readSmallInteger, readString } from '../../../main/domain/asn1/read-value.ts';
import { hexDecode } from '../../../main/domain/encoding/hex.ts';

const der = (hex: string): Uint8Array => hexDecode(hex.replaceAll(' ', '')) ?? new Uint8Array();
const node = (hex: string) => readDer(der(hex));
const time = (tag: string, text: string) => node(`${tag}${text.length.toString(16).padStart(2, '0')}${Buffer.from(text).toString('hex')}`);

describe('DER is read in its one form', () => {
  it.each([
    ['30 80 00 00', 'indefinite length'],
    ['04 81 01 00', 'length not in its shortest form'],
    ['04 82 00 80', 'length with a leading zero'],
    ['04 85 00 00 00 00 01 00', 'length of five octets'],
    ['1f 81 01 00', 'tag of several octets'],
    ['04 02 00', 'length past the end'],
    ['04', 'no length'],
    ['', 'nothing'],
    ['05 00 00', 'data after the end'],
  ])('and %s is refused: %s', (hex) => {
    expect(() => node(hex)).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
  });

  it('with offsets that count from the start of the input, at any depth', () => {
    const outer = node('30 06 30 04 04 02 ab cd');
    const [inner] = children(outer);
    const leaf = inner === undefined ? undefined : only(inner, 0x04);
    expect(leaf?.offset).toBe(4);
    expect(leaf?.content).toEqual(Uint8Array.of(0xab, 0xcd));
    expect(readFirst(der('05 00 ff')).end).toBe(2);
  });

  it('and a component nobody expects is refused where it stands', () => {
    const cursor = new DerCursor(node('30 04 05 00 05 00'));
    cursor.next(0x05);
    expect(() => cursor.finish()).toThrow(expect.objectContaining({ details: expect.objectContaining({ offset: 4 }) }));
    expect(() => cursor.next(0x04)).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
  });
});

describe('values', () => {
  it.each([
    ['02 01 00', '00'],
    ['02 02 00 80', '80'],
    ['02 01 ff', '-01'],
    ['02 02 ff 00', '-0100'],
    ['02 03 01 00 00', '010000'],
  ])('INTEGER %s is %s', (hex, expected) => expect(readIntegerHex(node(hex))).toBe(expected));

  it.each(['02 00', '02 02 00 7f', '02 02 ff ff'])('INTEGER %s is refused', (hex) => {
    expect(() => readIntegerHex(node(hex))).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
  });

  it('of a count or a version are small and not negative', () => {
    expect(readSmallInteger(node('02 04 7f ff ff ff'))).toBe(0x7fffffff);
    for (const hex of ['02 01 ff', '02 05 00 80 00 00 00']) {
      expect(() => readSmallInteger(node(hex))).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
    }
  });

  it.each([
    ['06 03 2a 03 04', '1.2.3.4'],
    ['06 03 88 37 03', '2.999.3'],
    ['06 01 27', '0.39'],
    ['06 01 7f', '2.47'],
    ['06 0a 69 83 e5 f0 ee b2 93 e8 80 00', '2.25.273527101653123072'],
  ])('OBJECT IDENTIFIER %s is %s', (hex, expected) => {
    expect(readOid(node(hex))).toBe(expected);
  });

  it.each(['06 00', '06 02 2a 80', '06 03 2a 80 01'])('OBJECT IDENTIFIER %s is refused', (hex) => {
    expect(() => readOid(node(hex))).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
  });

  it('BOOLEAN is 00 or FF', () => {
    expect([readBoolean(node('01 01 00')), readBoolean(node('01 01 ff'))]).toEqual([false, true]);
    for (const hex of ['01 01 01', '01 00', '01 02 ff ff']) expect(() => readBoolean(node(hex))).toThrow(/DER/);
  });

  it('BIT STRING has unused bits that are zero', () => {
    expect(readBitString(node('03 02 05 a0'))).toEqual({ unusedBits: 5, bytes: Uint8Array.of(0xa0) });
    for (const hex of ['03 00', '03 01 01', '03 02 08 00', '03 02 05 b0']) expect(() => readBitString(node(hex))).toThrow(/DER/);
  });

  it.each([
    ['0c 02 c3 bc', 'ü'],
    ['13 02 41 42', 'AB'],
    ['14 01 fc', 'ü'],
    ['1e 04 5c 71 75 30', '山田'],
    ['1c 04 00 01 f6 00', '😀'],
  ])('text %s is %s', (hex, expected) => expect(readString(node(hex))).toBe(expected));

  it.each(['0c 01 c3', '13 01 fc', '1e 03 00 41 00', '1e 02 d8 00', '1c 04 00 11 00 00', '04 01 41'])('text %s is refused', (hex) => {
    expect(() => readString(node(hex))).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
  });
});

describe('time', () => {
  it.each([
    ['17', '491231235959Z', '2049-12-31T23:59:59Z'],
    ['17', '500101000000Z', '1950-01-01T00:00:00Z'],
    ['17', '240229120000Z', '2024-02-29T12:00:00Z'],
    ['18', '99991231235959Z', '9999-12-31T23:59:59Z'],
    ['18', '00010101000000Z', '0001-01-01T00:00:00Z'],
  ])('%s %s is %s', (tag, text, expected) => {
    expect(formatInstant(readTime(time(tag, text)))).toBe(expected);
  });

  it.each([
    ['17', '2401011200Z', 'no seconds'],
    ['17', '240101120000+0100', 'an offset'],
    ['18', '20240101120000.5Z', 'a fraction'],
    ['17', '230229120000Z', 'a day no calendar has'],
    ['17', '241301120000Z', 'a thirteenth month'],
    ['17', '240101240000Z', 'hour 24'],
    ['17', '240101120060Z', 'a leap second'],
    ['17', '2401011200 0Z', 'no digit'],
    ['16', '240101120000Z', 'another type'],
  ])('%s %s is refused: %s', (tag, text) => {
    expect(() => readTime(time(tag, text))).toThrow(expect.objectContaining({ code: 'input.malformed-der' }));
  });
});
