import { AppError } from '../../errors.ts';

/** The value of a preference: the three types Thunderbird knows. */
export type PreferenceValue = string | number | boolean;

/** One preference as it stands in a file; where names repeat, the last one holds. */
export interface Preference {
  readonly name: string;
  readonly value: PreferenceValue;
  /** Where the value's text begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** A file of preferences larger than this was not written by a mail program. Characters; preferences. */
const largestFile = 16 << 20;
const mostPreferences = 200_000;

/** White space or one comment, at a time: an engine that repeats a group a million times runs out of room. */
const space = /[ \t\r\n\v\f\ufeff]+|\/\/[^\r\n]*|#[^\r\n]*|\/\*[^]*?\*\//y;
const call = /(?:user_pref|sticky_pref|pref)\b/y;
const quoted = /"(?:[^"\\\r\n]+|\\[^\r\n]){0,100000}"|'(?:[^'\\\r\n]+|\\[^\r\n]){0,100000}'/y;
const plain = /(?:true|false|[-+]?\d{1,10})\b/y;

/**
 * Reads a prefs.js or user.js: calls of `user_pref` with literals, and comments. Nothing in it is ever run, and what is
 * anything else makes the whole file unread, because Thunderbird would skip it in a way of its own.
 * @throws AppError client.unreadable, with details {line}
 */
export function readPreferences(text: string): Preference[] {
  if (text.length > largestFile) throw unreadable(text, 0);
  const found: Preference[] = [];
  for (let at = skip(text, 0); at < text.length; at = skip(text, at)) {
    if (found.length >= mostPreferences) throw unreadable(text, at);
    const { preference, end } = readCall(text, at);
    found.push(preference);
    at = end;
  }
  return found;
}

function readCall(text: string, start: number): { preference: Preference; end: number } {
  let at = start;
  const take = (pattern: RegExp): string => {
    const token = match(pattern, text, at);
    if (token === undefined) throw unreadable(text, at);
    at = skip(text, at + token.length);
    return token;
  };
  take(call);
  take(/\(/y);
  const name = unquote(take(quoted));
  take(/,/y);
  const from = at;
  const literal = match(quoted, text, at) ?? match(plain, text, at);
  if (literal === undefined) throw unreadable(text, at);
  at = skip(text, at + literal.length);
  while (match(/,/y, text, at) !== undefined) {
    take(/,/y);
    take(/sticky|locked/y);
  }
  take(/\)/y);
  const end = at + take(/;/y).length;
  return { preference: { name, value: valueOf(literal), from, to: from + literal.length }, end };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** The first place that is neither white space nor comment. */
function skip(text: string, start: number): number {
  let at = start;
  for (let token = match(space, text, at); token !== undefined; token = match(space, text, at)) at += token.length;
  return at;
}

function valueOf(literal: string): PreferenceValue {
  if (literal === 'true' || literal === 'false') return literal === 'true';
  return /^["']/.test(literal) ? unquote(literal) : Number(literal);
}

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r' };

const unquote = (literal: string): string =>
  literal
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs, (_, four?: string, two?: string, other: string = '') =>
      (four ?? two) === undefined ? (simpleEscapes[other] ?? other) : String.fromCharCode(Number.parseInt(four ?? two ?? '', 16)),
    );

function unreadable(text: string, at: number): AppError {
  const line = text.slice(0, at).split('\n').length;
  return new AppError('client.unreadable', 'A file of preferences cannot be read.', { line });
}

/** What holds: the last value of each name. */
export const preferenceValues = (preferences: readonly Preference[]): ReadonlyMap<string, PreferenceValue> =>
  new Map(preferences.map(({ name, value }) => [name, value]));

/**
 * The file with these preferences set: a value that is there is replaced where it stands, any other is added at the end.
 * Every other octet stays.
 * @throws AppError client.unreadable
 */
export function setPreferences(text: string, changes: ReadonlyMap<string, PreferenceValue>): string {
  const places = new Map(readPreferences(text).map((preference) => [preference.name, preference]));
  let edited = text;
  const present = [...changes].flatMap(([name, value]) => {
    const place = places.get(name);
    return place === undefined ? [] : [{ place, value }];
  });
  for (const { place, value } of present.toSorted((a, b) => b.place.from - a.place.from))
    if (place.value !== value) edited = edited.slice(0, place.from) + literalOf(value) + edited.slice(place.to);
  const added = [...changes].filter(([name]) => !places.has(name)).map(([name, value]) => lineOf(name, value));
  const gap = edited === '' || edited.endsWith('\n') || added.length === 0 ? '' : '\n';
  return edited + gap + added.join('');
}

const lineOf = (name: string, value: PreferenceValue): string => `user_pref(${literalOf(name)}, ${literalOf(value)});\n`;

/** As Thunderbird writes them: only what would end the literal is escaped. */
function literalOf(value: PreferenceValue): string {
  if (typeof value !== 'string') return String(value);
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };
  return `"${value.replace(/["\\\n\r]/g, (character) => escapes[character] ?? `\\${character}`)}"`;
}
