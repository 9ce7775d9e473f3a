import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../main/domain/audit/canonical-json.ts';

const refusal = expect.objectContaining({ name: 'AppError', code: 'internal' }) as unknown;

/** A second reading of RFC 8785 for the same values: rebuild with sorted names, then let ECMAScript write it. */
function rebuilt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rebuilt);
  if (typeof value !== 'object' || value === null) return value;
  const sorted: [string, unknown][] = Object.entries(value).map(([name, member]) => [name, rebuilt(member)]);
  return Object.fromEntries(sorted.sort(([a], [b]) => Buffer.compare(utf16(a), utf16(b))));
}

/** Big-endian UTF-16: its byte order is the code unit order. */
function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

const plainName = fc.string({ unit: 'binary' }).filter((name) => !/^\d+$/.test(name) && name !== '__proto__');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 5 }),
  object: fc.dictionary(plainName, tie('value'), { maxKeys: 6 }),
}));

describe('canonical JSON', () => {
  it('writes the strings, literals and order of RFC 8785 section 3.2.2', () => {
    const sample = { numbers: [333333333, 0, -1], string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/', literals: [null, true, false] };
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333,0,-1],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts names by UTF-16 code units as the example of RFC 8785 section 3.2.3', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(sample)) as object)).toHaveLength(7);
    const order = [...canonicalJson(sample).matchAll(/:"([^"]*)"/g)].map((match) => match[1]);
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('escapes control characters as RFC 8785 section 3.2.2.2 says and nothing else', () => {
    expect(canonicalJson('\b\t\n\f\r"\\\u0000\u001f\u007f\u2028é/')).toBe('"\\b\\t\\n\\f\\r\\"\\\\\\u0000\\u001f\u007f\u2028é/"');
  });

  it('writes minus zero as 0 and the largest integers in full', () => {
    expect(canonicalJson([-0, 9007199254740991, -9007199254740991])).toBe('[0,9007199254740991,-9007199254740991]');
  });

  it('agrees with sorting first and letting ECMAScript write, for any plain value', () => {
    fc.assert(
      fc.property(value, (plain) => {
        expect(canonicalJson(plain)).toBe(JSON.stringify(rebuilt(plain)));
      }),
    );
  });

  it('keeps text as it is unless told how to compose it, and names always', () => {
    const decomposed = { 'e\u0301': ['e\u0301'] };
    expect(canonicalJson(decomposed)).toBe('{"e\u0301":["e\u0301"]}');
    expect(canonicalJson(decomposed, (text) => text.normalize('NFC'))).toBe('{"e\u0301":["\u00e9"]}');
  });

  it('gives one text for one value, whatever the order of its names', () => {
    expect(canonicalJson({ b: 1, a: { d: 2, c: 3 } })).toBe(canonicalJson({ a: { c: 3, d: 2 }, b: 1 }));
  });

  it.each([
    ['a float', 0.5],
    ['an integer of 2^53', 2 ** 53],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a big integer', 1n],
    ['undefined', undefined],
    ['a function', () => 1],
    ['a lone surrogate', 'a\ud800'],
    ['a name with a lone surrogate', { '\udc00': 1 }],
    ['a hole in a list', [1, , 2]], // eslint-disable-line no-sparse-arrays
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
    ['octets', new Uint8Array(3)],
  ])('refuses %s, also deep inside', (_, bad) => {
    expect(() => canonicalJson(bad)).toThrow(refusal);
    expect(() => canonicalJson({ list: [{ bad }] })).toThrow(refusal);
  });

  it('refuses a cycle instead of running out of stack', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(() => canonicalJson(cycle)).toThrow(refusal);
  });

  it('does not call a toJSON method, so nothing can write itself otherwise than it is', () => {
    expect(() => canonicalJson({ toJSON: () => 'something else' })).toThrow(refusal);
  });
});
