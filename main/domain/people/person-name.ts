const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Hangul}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
];

/** The words of a name without case, accents and punctuation. */
function nameWords(name: string): string[] {
  const plain = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  return plain.split(/[^\p{L}]+/u).filter((word) => word !== '');
}

/** Whether two texts are the same name, but for case, accents, spaces and order of words. */
export function isSameName(one: string, other: string): boolean {
  return nameWords(one).sort().join('') === nameWords(other).sort().join('') || nameWords(one).join('') === nameWords(other).join('');
}

/**
 * Whether two names can hardly belong to one person: they are written in the same script and have no word in common.
 * People marry, drop a title or a middle name, and are spelled in two scripts; none of that counts.
 */
export function areStrangers(one: string, other: string): boolean {
  const share = scripts.some((script) => script.test(one) && script.test(other));
  const words = new Set(nameWords(other).filter((word) => word.length > 1 && !titles.has(word)));
  return share && !isSameName(one, other) && !nameWords(one).some((word) => words.has(word));
}

const titles: ReadonlySet<string> = new Set(['dr', 'prof', 'mr', 'mrs', 'ms', 'md', 'phd', 'med', 'herr', 'frau', 'sr', 'sra']);
