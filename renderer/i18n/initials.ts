const titles = new Set(['dr', 'prof', 'mr', 'mrs', 'ms', 'mx', 'rev', 'med', 'dra', 'δρ', 'др', 'проф', 'د', 'أ', 'ד״ר', 'ד"ר', 'डॉ']);
/** Scripts in which one sign is as much as an initial can carry. */
const oneSign = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Tamil}\p{sc=Thai}]/u;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A form of address before a name, such as "Dr.". */
export const isTitle = (word: string) => titles.has(word.toLowerCase().replace(/\.$/, ''));
const firstGrapheme = (word: string) =>
  graphemes
    .segment(word.replace(/^\P{L}+/u, ''))
    [Symbol.iterator]()
    .next().value?.segment ?? '';

/** One or two letters that stand for a name in any script, titles left out: "AO" for Dr. Adaeze Okafor, "田" for 田中 美咲. */
export function initialsOf(name: string): string {
  const words = name
    .normalize('NFC')
    .split(/[\s\u3000]+/u)
    .filter((word) => /\p{L}/u.test(word));
  const named = words.filter((word) => !isTitle(word));
  const [first = '', ...others] = named.length === 0 ? words : named;
  const last = others.at(-1) ?? '';
  const signs = oneSign.test(first) ? [first] : [first, last];
  return signs.map(firstGrapheme).join('').toUpperCase();
}
