/** What changes how other text looks, or ends a line, and shows nothing itself: control characters, directions (UAX #9), separators, tags. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{FFF9}-\u{FFFB}\u{FFFE}\u{FFFF}]/gu;

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => String.raw`\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/**
 * Text in which everything shows: what does not is written as its code, `\u202e` for instance, so that no name can turn a line around,
 * end it, or hide in it. Inside JSON this is an escape, which reads as the character itself.
 */
export const visibleText = (text: string): string => text.toWellFormed().replace(invisible, escaped);

/** JSON in one line in which everything shows. The same value is read from it. */
export const visibleJson = (value: unknown): string => visibleText(JSON.stringify(value));
