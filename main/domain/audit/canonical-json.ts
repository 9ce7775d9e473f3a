import { AppError } from '../errors.ts';

const maximumDepth = 16;

/**
 * Canonical JSON (RFC 8785) of strings, integers, booleans, null, arrays and plain objects: names sorted by UTF-16 code
 * units, no white space, one form of each value. `compose` is applied to every text that is not a name (RFC 8785 itself
 * keeps text as it is; a caller who needs NFC asks for it here).
 * @throws AppError internal for what has no single form here: a float, an integer of 2^53 or more, a lone surrogate,
 * `undefined`, an instance of a class, a cycle or more than 16 levels.
 */
export function canonicalJson(value: unknown, compose: (text: string) => string = asItIs, depth = 0): string {
  if (typeof value === 'string') return quote(compose(value));
  if (typeof value === 'number') return writeInteger(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (depth === maximumDepth) throw refused('more than 16 levels');
  if (Array.isArray(value)) return writeArray(value, compose, depth + 1);
  if (isPlainObject(value)) return writeObject(value, compose, depth + 1);
  throw refused(`anything of type ${typeof value}`);
}

function asItIs(text: string): string {
  return text;
}

/** ECMAScript's own quoting is the one RFC 8785 section 3.2.2.2 prescribes, but for lone surrogates. */
function quote(text: string): string {
  if (!text.isWellFormed()) throw refused('a lone surrogate');
  return JSON.stringify(text);
}

function writeInteger(value: number): string {
  if (!Number.isSafeInteger(value)) throw refused('a number that is not a safe integer');
  return value.toString();
}

function writeArray(values: readonly unknown[], compose: (text: string) => string, depth: number): string {
  let text = '[';
  for (let at = 0; at < values.length; at++) text += (at === 0 ? '' : ',') + canonicalJson(values[at], compose, depth);
  return `${text}]`;
}

function writeObject(members: Readonly<Record<string, unknown>>, compose: (text: string) => string, depth: number): string {
  let text = '';
  for (const name of Object.keys(members).sort()) {
    text += `${text === '' ? '' : ','}${quote(name)}:${canonicalJson(members[name], compose, depth)}`;
  }
  return `{${text}}`;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function refused(what: string): AppError {
  return new AppError('internal', `A log entry cannot hold ${what}.`);
}
