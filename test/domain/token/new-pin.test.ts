import { describe, expect, test } from 'vitest';
import { utf8Encode } from '../../../main/domain/encoding/utf8.ts';
import { isFactoryPin, newPinFault, requireNewPin } from '../../../main/domain/token/new-pin.ts';

const octets = utf8Encode;
const six = { minimum: 6, maximum: 8 };

test.each([
  '123456',
  '12345678',
  '1234567890',
  '654321',
  '87654321',
  '0000',
  '99999999',
  'aaaaaa',
  '648219',
  '3537363231383830',
  '010203040506070801020304050607080102030405060708',
])('%s is a PIN that cards leave the factory with, or that anybody tries first', (pin) => expect(isFactoryPin(octets(pin))).toBe(true));

test.each(['482915', '123457', '112233', 'abcdef', '0001', '7', '13579', ''])('%s is none', (pin) =>
  expect(isFactoryPin(octets(pin))).toBe(false),
);

describe('a new PIN', () => {
  test('is as long as the token allows, counted in octets as the token counts', () => {
    expect(['48291', '482915', '48291537', '482915376'].map((pin) => newPinFault(octets(pin), six))).toEqual([
      'length',
      undefined,
      undefined,
      'length',
    ]);
    expect(newPinFault(octets('münd'), { minimum: 5, maximum: 0 })).toBeUndefined();
    expect(newPinFault(octets(''), { minimum: 0, maximum: 0 })).toBe('length');
  });

  test('is neither a factory PIN nor the old one', () => {
    expect(newPinFault(octets('123456'), six)).toBe('factory');
    expect(newPinFault(octets('482915'), six, octets('482915'))).toBe('unchanged');
    expect(newPinFault(octets('482915'), six, octets('482916'))).toBeUndefined();
  });

  test('is refused with what the token allows, and never with what was typed', () => {
    expect(() => requireNewPin(octets('4'), six)).toThrow(expect.objectContaining({ code: 'token.pin-length', details: six }));
    expect(() => requireNewPin(octets('12345678'), six)).toThrow(expect.objectContaining({ code: 'token.pin-factory', details: {} }));
    expect(() => requireNewPin(octets('482915'), six, octets('482915'))).toThrow(
      expect.objectContaining({ code: 'token.pin-unchanged', details: {} }),
    );
    expect(() => requireNewPin(octets('482915'), six)).not.toThrow();
  });
});
