/** Languages the pages for staff are written in, by their tag (RFC 5646), each under the name it has for itself. */
export const languageNames = { en: 'English', de: 'Deutsch', es: 'Español', fr: 'Français' } as const;
export type Language = keyof typeof languageNames;
export const languages = Object.keys(languageNames) as readonly Language[];

/** Of who has not said otherwise. */
export const usualLanguage: Language = 'en';

/** How staff lists name them, beside their tags. */
const spellings: Readonly<Record<Language, string>> = {
  en: 'english, englisch, anglais, inglés, inglese',
  de: 'german, deutsch, allemand, alemán, tedesco',
  es: 'spanish, spanisch, espagnol, español, castellano, spagnolo',
  fr: 'french, französisch, français, francés, francese',
};

/**
 * The language a text names: by its tag, with or without a region (`de-CH`, `es_MX`), or by name. Case, accents and white space around
 * it do not count. Undefined for one there are no pages in.
 */
export function languageNamed(text: string): Language | undefined {
  const folded = fold(text);
  return languages.find(
    (language) => folded.split(/[-_]/u)[0] === language || spellings[language].split(', ').some((one) => fold(one) === folded),
  );
}

const fold = (text: string): string => text.trim().normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
