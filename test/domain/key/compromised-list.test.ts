import { describe, expect, it } from 'vitest';
import { readCompromisedList } from '../../../main/domain/key/compromised-list.ts';

const read = (text: string) => readCompromisedList(Buffer.from(text));
const [a, b] = ['ab'.repeat(32), '0123456789abcdef0123'];

describe('a list of compromised keys', () => {
  it('holds one a line, in either case, with comments and empty lines, each once', () => {
    expect(read(`# lost laptops\n\n${a.toUpperCase()}  # Ada\r\n${b}\n${a}\n`)).toEqual([a, b]);
  });

  it.each([
    ['what is no fingerprint', `${a}\nab:cd:ef\n`, { field: 'file', line: 2 }],
    ['half a fingerprint', `${a.slice(0, 40)}\n`, { field: 'file', line: 1 }],
    ['a certificate', '-----BEGIN CERTIFICATE-----\n', { field: 'file', line: 1 }],
  ])('is refused with %s, and says in which line', (_, text, details) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'input.invalid', details }));
  });

  it('is refused when it is empty', () => {
    expect(() => read('# nothing yet\n')).toThrow(expect.objectContaining({ code: 'input.empty' }));
  });
});
