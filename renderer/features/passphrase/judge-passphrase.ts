/** Shorter ones are not taken. */
export const leastCharacters = 8;
/** From here on guessing offline costs more than the keys are worth, as the vault hashes slowly (NIST SP 800-63B-4 section 3.1.1.2). */
const strongCharacters = 15;

export type PassphraseStrength = 'short' | 'guessable' | 'fair' | 'strong';

/** What people type when asked for a secret, and the rows of a keyboard. */
const usual = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  '01234567890',
  'passphrase',
  'password',
  'passwort',
  'keyward',
  'letmein',
  'welcome',
  'practice',
  'changeme',
  'administrator',
];

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * How well a passphrase resists guessing, by what is left of its length when repetition, runs and the words everybody
 * uses are counted once. No rule about kinds of characters: they make people write passphrases down.
 */
export function judgePassphrase(typed: string, known: readonly string[] = []): PassphraseStrength {
  const text = typed.normalize('NFC').toLowerCase();
  const length = [...graphemes.segment(text)].length;
  if (length < leastCharacters) return 'short';
  const surprise = surprisingCharacters(text, known);
  if (surprise < leastCharacters) return 'guessable';
  return surprise < strongCharacters ? 'fair' : 'strong';
}

/** Characters that do not follow from those before them; of a piece that anybody would try, only the first. */
function surprisingCharacters(text: string, known: readonly string[]): number {
  const pieces = [...usual, ...known.map((word) => word.normalize('NFC').toLowerCase())].filter((piece) => piece.length >= 3);
  let surprise = 0;
  for (let at = 0; at < text.length; surprise++) {
    at += Math.max(1, longestIn(text, at, pieces), longestBefore(text, at));
  }
  return surprise;
}

/** How much of the text from here on is a part of one of the pieces, either way round. */
function longestIn(text: string, at: number, pieces: readonly string[]): number {
  let length = 0;
  const isPart = (part: string) => pieces.some((piece) => piece.includes(part) || piece.includes(Array.from(part).reverse().join('')));
  while (at + length < text.length && isPart(text.slice(at, at + length + 1))) length++;
  return length >= 3 ? length : 0;
}

/** How much of the text from here on stood before already. */
function longestBefore(text: string, at: number): number {
  let length = 0;
  while (at + length < text.length && text.indexOf(text.slice(at, at + length + 1)) < at) length++;
  if (length >= 3) return length;
  return text[at] === text[at - 1] ? 1 + longestRun(text, at) : 0;
}

function longestRun(text: string, at: number): number {
  let length = 0;
  while (text[at + length + 1] === text[at] && at + length + 1 < text.length) length++;
  return length;
}
