import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { groupFingerprint, normalizeFingerprint } from '../../../main/domain/openpgp/fingerprint.ts';
import { userIdOf, userIdText } from '../../../main/domain/openpgp/user-id.ts';
import { openPgpValidity } from '../../../main/domain/openpgp/validity.ts';

/** Any code point at all, lone surrogates among them. */
const anyCharacter = fc.integer({ min: 0, max: 0x10_ff_ff }).map((code) => String.fromCodePoint(code));

const textOf = (name: string, address: string): string => userIdText(userIdOf(name, address));

describe('a user ID', () => {
  it.each([
    ['Dr. Ngozi Eze', 'n.eze@ridgeway.example', 'Dr. Ngozi Eze <n.eze@ridgeway.example>'],
    ['Zoe\u0308 Ødegård', 'Zoe\u0308@RIDGEWAY.example', 'Zo\u00eb Ødegård <Zo\u00eb@ridgeway.example>'],
    ['Jürgen', 'j@müller.example', 'Jürgen <j@xn--mller-kva.example>'],
    ['علی\u200cرضا', 'a@ridgeway.example', 'علی\u200cرضا <a@ridgeway.example>'],
  ])('of %s at %s is %s', (name, address, expected) => {
    expect(textOf(name, address)).toBe(expected);
  });

  it('holds no other address, however the name is written, and no second line', () => {
    for (const name of ['Eve <boss@ridgeway.example>', 'Eve\n<boss@ridgeway.example>', 'Eve (CEO)', '\u202eEve', 'Eve\u2028X', 'E\u0000ve'])
      expect(textOf(name, 'eve@ridgeway.example')).toMatch(/^[^<>()\p{Zl}\p{Zp}\p{C}]+ <eve@ridgeway\.example>$/u);
  });

  it('is the address alone where nothing of the name is left', () => {
    expect(textOf('<>', 'eve@ridgeway.example')).toBe('<eve@ridgeway.example>');
  });

  it('always ends in its one address', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 40 }), (name) => {
        expect(textOf(name, 'eve@ridgeway.example')).toMatch(/^[^<>\n\r]*<eve@ridgeway\.example>$/u);
      }),
    );
  });

  it('is refused for an address that is none', () => {
    expect(() => userIdOf('Eve', 'eve')).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });
});

describe('a fingerprint', () => {
  const stored = '0123456789abcdef0123456789abcdef01234567';

  it('is shown in groups of four, and read back from however it is typed', () => {
    expect(groupFingerprint(stored)).toBe('0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567');
    for (const typed of [groupFingerprint(stored), stored.toUpperCase(), `0x${stored}`, ` ${stored}\n`])
      expect(normalizeFingerprint(typed)).toBe(stored);
  });
});

describe('the time of an OpenPGP key', () => {
  it('is counted in whole seconds, from the beginning', () => {
    const { createdAt, expiresAt } = openPgpValidity(new Date('2026-11-27T09:30:15.987Z'), 730);
    expect([createdAt, expiresAt].map((instant) => instant.toISOString())).toEqual([
      '2026-11-27T09:30:15.000Z',
      '2028-11-26T09:30:15.000Z',
    ]);
  });
});
