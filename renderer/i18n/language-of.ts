interface Guess {
  readonly tag: string;
  readonly letters: RegExp;
}

/** From the most telling letters to the least: the first that occurs decides. */
const guesses: readonly Guess[] = [
  { tag: 'ja', letters: /[\p{sc=Hiragana}\p{sc=Katakana}]/u },
  { tag: 'ko', letters: /\p{sc=Hangul}/u },
  { tag: 'und-Hani', letters: /\p{sc=Han}/u },
  { tag: 'el', letters: /\p{sc=Greek}/u },
  { tag: 'uk', letters: /[іїєґ]/iu },
  { tag: 'ru', letters: /[ыэё]/iu },
  { tag: 'und-Cyrl', letters: /\p{sc=Cyrillic}/u },
  { tag: 'he', letters: /\p{sc=Hebrew}/u },
  { tag: 'fa', letters: /[پچژگ]/u },
  { tag: 'ar', letters: /\p{sc=Arabic}/u },
  { tag: 'hi', letters: /\p{sc=Devanagari}/u },
  { tag: 'vi', letters: /[ơưƠƯ\u1EA0-\u1EF9]/u },
];

/**
 * The language tag (BCP 47) of a name, guessed from its letters, so that it gets the right face and voice. A Latin
 * name tells too little: `und`, as the language of the page would be wrong for most.
 */
export function languageOf(name: string): string {
  return guesses.find(({ letters }) => letters.test(name.normalize('NFC')))?.tag ?? 'und';
}
