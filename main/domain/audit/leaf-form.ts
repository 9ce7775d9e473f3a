import { auditActions } from './action.ts';
import { auditHosts, auditOutcomes } from './entry.ts';

/** A longer leaf (in UTF-16 code units) is neither written nor read. */
export const maximumLeafLength = 65_536;

/** A string as RFC 8785 section 3.2.2.2 writes it: escapes where they are needed, each in its shortest form. */
const text = String.raw`"[^"\\\0-\x1f]*(?:\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f]))[^"\\\0-\x1f]*)*"`;
const factName = '[a-z][A-Za-z0-9]{0,63}';
const fact = String.raw`(?:${text}|true|false|0|-?[1-9]\d{0,15}|\[(?:${text}(?:,${text})*)?\])`;
const errorCode = '[a-z]+(?:[.-][a-z]+)*';

/** RFC 3339 in UTC with milliseconds; whether the month has the day is seen later. */
const instant = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z`;

const form = new RegExp(
  String.raw`^\{"action":"(?:${oneOf(auditActions)})",(?:"error":"${errorCode}",)?(?:"operator":${text},)?` +
    String.raw`"origin":\{"host":"(?:${oneOf(auditHosts)})","machine":${text},"version":${text}\},"outcome":"(?:${oneOf(auditOutcomes)})",` +
    String.raw`(?:"reason":${text},)?"subject":(\{(?:"${factName}":${fact}(?:,(?=")|(?=\})))*\}),"time":"(${instant})","version":1\}$`,
);

/**
 * Whether text is a leaf exactly as Keyward writes it. Canonical JSON (RFC 8785) of an entry has one form only, so the
 * form can be recognised without parsing, which would take longer than hashing.
 */
export function isLeaf(leaf: string): boolean {
  if (leaf.length > maximumLeafLength || !leaf.isWellFormed()) return false;
  const [, subject, time] = form.exec(leaf) ?? [];
  return subject !== undefined && time !== undefined && isSorted(subject) && hasSafeIntegers(subject) && isDay(time) && isNfc(leaf);
}

/** Names ascend and none comes twice. */
function isSorted(subject: string): boolean {
  let before = '';
  for (let end = subject.indexOf('":'); end >= 0; end = subject.indexOf('":', end + 1)) {
    // A quote in a text has a backslash before it; no other is followed by a colon but the end of a name.
    if (subject[end - 1] === '\\') continue;
    const name = subject.slice(subject.lastIndexOf('"', end - 1) + 1, end);
    if (name <= before) return false;
    before = name;
  }
  return true;
}

/** Fewer than 16 digits are always less than 2^53. */
function hasSafeIntegers(subject: string): boolean {
  if (!/:-?\d{16}/.test(subject)) return true;
  const facts = JSON.parse(subject) as Readonly<Record<string, unknown>>;
  return Object.values(facts).every((value) => typeof value !== 'number' || Number.isSafeInteger(value));
}

function isDay(time: string): boolean {
  const day = Number(time.slice(8, 10));
  return day <= 28 || day <= new Date(Date.UTC(Number(time.slice(0, 4)), Number(time.slice(5, 7)), 0)).getUTCDate();
}

/** Nothing below U+0300 ever composes. Escapes are set aside: their letters are not in the text they stand for. */
function isNfc(leaf: string): boolean {
  if (!/[^\0-\u02ff]/.test(leaf)) return true;
  const bare = leaf.replace(/\\(?:u....|.)/g, '"');
  return bare.normalize('NFC') === bare;
}

function oneOf(words: readonly string[]): string {
  return words.map((word) => word.replaceAll('.', String.raw`\.`)).join('|');
}
