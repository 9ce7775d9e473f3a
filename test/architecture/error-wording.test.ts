import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ErrorLocale } from '../../main/domain/locale/word-error.ts';
import en from '../../resources/locales/en/errors.json' with { type: 'json' };

/** A code without wording does not compile here. */
const locale: ErrorLocale = en.errors;
const wordings = Object.entries(locale);

/** The members of the union, read from its source: a type leaves nothing to list at run time. */
function errorCodes(): string[] {
  const source = readFileSync(new URL('../../main/domain/errors.ts', import.meta.url), 'utf8');
  const union = /export type ErrorCode =([^;]*);/.exec(source)?.[1] ?? '';
  return Array.from(union.matchAll(/'([^']+)'/g), ([, code]) => code ?? '');
}

test('every error code has a wording and every wording a code', () => {
  expect(errorCodes().length).toBeGreaterThan(30);
  expect(wordings.map(([code]) => code).sort()).toEqual(errorCodes().sort());
});

describe.each(wordings)('the wording of %s', (_, { text, hint }) => {
  test('is a sentence and a hint, each ending in a full stop and free of blame, haste and dashes', () => {
    for (const sentence of [text, hint]) {
      expect(sentence).toMatch(/^[A-Z].+\.$/);
      expect(sentence).not.toMatch(/!|please|sorry|invalid|illegal|error|failed|—/i);
    }
  });

  test('uses a detail only inside a part that may be left out', () => {
    expect((text + hint).replaceAll(/\[[^[\]]*\]/g, '')).not.toMatch(/[[\]{}]/);
  });
});
