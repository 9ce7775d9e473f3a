import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { generatePassword, passwordRandomOctets } from '../../../main/domain/pfx/generate-password.ts';
import { requirePortablePassword } from '../../../main/domain/pkcs8/portable-password.ts';
import { AppError, type ErrorCode } from '../../../main/domain/errors.ts';

const generated = (): string => Buffer.from(generatePassword(randomBytes(passwordRandomOctets))).toString('ascii');

function refusedAs(password: Uint8Array): ErrorCode | undefined {
  try {
    requirePortablePassword(password);
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.code : undefined;
  }
}

test('a password is six groups of four characters that nobody confuses', () => {
  const passwords = Array.from({ length: 500 }, generated);
  for (const password of passwords) expect(password).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){5}$/);
  expect(new Set(passwords).size).toBe(500);
});

test('every character of the alphabet comes at every place about equally often', () => {
  const passwords = Array.from({ length: 6200 }, generated);
  for (let place = 0; place < 29; place++) {
    if (place % 5 === 4) continue;
    const counts = new Map<string, number>();
    for (const password of passwords) counts.set(password.charAt(place), (counts.get(password.charAt(place)) ?? 0) + 1);
    expect(counts.size).toBe(31);
    // 200 expected, standard deviation 14: a fair draw strays this far once in ten thousand million.
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(100);
  }
});

test('a generated password is one that every importer reads alike', () => {
  expect(refusedAs(Buffer.from(generated()))).toBeUndefined();
});

test('an empty, endless or non-ASCII password is refused', () => {
  expect(refusedAs(Buffer.from(''))).toBe('input.empty');
  expect(refusedAs(Buffer.from('x'.repeat(129)))).toBe('input.too-large');
  expect(refusedAs(Buffer.from('schlüssel'))).toBe('input.invalid');
  expect(refusedAs(Buffer.from('line\n'))).toBe('input.invalid');
  expect(refusedAs(Buffer.from('x'.repeat(128)))).toBeUndefined();
});
