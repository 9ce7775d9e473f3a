import { expect, test } from 'vitest';
import { languageNamed, languageNames, languages } from '../../../main/domain/locale/languages.ts';

test('a language is known by its tag, with or without a region, and by its names', () => {
  for (const language of languages)
    expect([language, languageNamed(language), languageNamed(languageNames[language])]).toEqual([language, language, language]);
  expect(['de-CH', 'DE_at', ' German ', 'Allemand'].map(languageNamed)).toEqual(['de', 'de', 'de', 'de']);
  expect(['ESPAÑOL', 'espanol', 'fr-CA', 'Francés', 'en-US'].map(languageNamed)).toEqual(['es', 'es', 'fr', 'fr', 'en']);
});

test('no other text is taken for a language there are pages in', () => {
  for (const text of ['', 'den', 'e', 'Dutch', 'deutsche', 'de Vries', 'en|de'])
    expect([text, languageNamed(text)]).toEqual([text, undefined]);
});
