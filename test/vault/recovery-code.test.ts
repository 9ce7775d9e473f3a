import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRecoveryCode, parseRecoveryCode } from '../../main/domain/vault/recovery-code.ts';
import { octets, refusal, refusalCode } from './support.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 });
const written = (secret: Uint8Array): string => Buffer.from(formatRecoveryCode(secret)).toString('ascii');
const read = (text: string): string => Buffer.from(parseRecoveryCode(octets(text))).toString('hex');
const reads = (text: string): boolean => {
  try {
    return read(text) !== '';
  } catch {
    return false;
  }
};

test('a code is eight groups of five characters that nobody confuses', () => {
  expect(written(randomBytes(20))).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){7}$/);
});

test('a code reads back as what it was made of, however it is typed', () => {
  fc.assert(
    fc.property(secrets, (secret) => {
      const text = written(secret);
      const hex = Buffer.from(secret).toString('hex');
      const typed = text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
      expect([read(text), read(text.replaceAll('-', '')), read(`  ${typed}\n`)]).toEqual([hex, hex, hex]);
    }),
  );
});

test('any one wrong character is found in its group', async () => {
  const text = written(randomBytes(20));
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '-') continue;
    for (const other of alphabet) {
      if (other === text[at]) continue;
      const { code, details } = await refusal(() => read(text.slice(0, at) + other + text.slice(at + 1)));
      expect({ code, group: details['group'] }).toEqual({ code: 'input.invalid', group: Math.floor(at / 6) + 1 });
    }
  }
});

test('two characters exchanged within a group, and two groups exchanged, are found', () => {
  fc.assert(
    fc.property(
      secrets,
      fc.integer({ min: 0, max: 7 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 4 }),
      (secret, group, a, b) => {
        const groups = written(secret).split('-');
        const characters = (groups[group] ?? '').split('');
        [characters[a], characters[b]] = [characters[b] ?? '', characters[a] ?? ''];
        const exchanged = groups.with(group, characters.join(''));
        expect(reads(exchanged.join('-'))).toBe(exchanged[group] === groups[group]);
      },
    ),
  );
  const groups = written(randomBytes(20)).split('-');
  expect(
    reads(
      groups
        .with(0, groups[1] ?? '')
        .with(1, groups[0] ?? '')
        .join('-'),
    ),
  ).toBe(false);
});

test('a code with characters missing, added or foreign is refused', async () => {
  const text = written(randomBytes(20));
  for (const typed of ['', text.slice(0, -1), `${text}0`, `U${text.slice(1)}`, `\u00e4${text.slice(1)}`])
    expect(await refusalCode(() => read(typed))).toBe('input.invalid');
});

test('no refusal repeats what was typed', async () => {
  const error = await refusal(() => read('SECRET-SECRET'));
  expect(JSON.stringify([error.message, error.details])).not.toContain('SECRET');
});
