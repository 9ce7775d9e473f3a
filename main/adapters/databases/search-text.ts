import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely';

/** Letters that do not come apart in Unicode's decomposition but that people type without their mark. */
const lookalikes: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  þ: 'th',
  ς: 'σ',
};

/** Scripts written without spaces: there every character may begin a word. */
const unspaced =
  /(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}])/gu;

const longestSortKey = 64;
const mostWords = 8;

/** Text as it is compared: compatibility forms, case and marks do not count (Unicode NFKD without marks, recomposed). */
export function fold(text: string): string {
  if (isPrintableAscii(text)) return text.toLowerCase();
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .normalize('NFC')
    .toLowerCase();
  return plain.replace(/[ßæœøđðħıłþς]/g, (letter) => lookalikes[letter] ?? letter);
}

/** Text as it is sorted. Its beginning decides; equal beginnings are told apart by id. */
export const sortKey = (text: string): string => Array.from(fold(text).trim()).slice(0, longestSortKey).join('');

/** The words of the texts, each with a space before it, so that a word's beginning can be found by its space. */
export const searchText = (texts: readonly (string | null)[]): string => ` ${words(texts.filter((text) => text !== null).join(' '))}`;

/** The folded words of a text with a space between. Text of ASCII alone, nearly all there is, goes the short way. */
function words(text: string): string {
  const folded = fold(text);
  const separated = isPrintableAscii(folded)
    ? folded.replace(/[^a-z0-9]+/g, ' ')
    : folded.replace(unspaced, ' ').replace(/[^\p{L}\p{N}\p{Mc}]+/gu, ' ');
  return separated.trim();
}

const isPrintableAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** The distinct words of a text, a handful at most when it is what somebody searches for. */
export const wordsOf = (text: string, most = mostWords): string[] =>
  [...new Set(words(text).split(' '))].filter((word) => word !== '').slice(0, most);

/** Whether every word of `search` begins a word of the column. An empty search, or one without letters and digits, is no condition. */
export function matching(column: Expression<string>, search: string | undefined): RawBuilder<SqlBool>[] {
  return wordsOf(search ?? '').map((word) => sql<SqlBool>`${column} like ${`% ${word}%`}`);
}
