import { utf8Encode } from '../encoding/utf8.ts';
import { AppError } from '../errors.ts';

/** Universal tags (X.680) that Keyward writes. */
export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One DER value (X.690): tag octet, definite length, content made of the given parts in order. */
export const tlv = (tagOctet: number, ...parts: readonly Uint8Array[]): Uint8Array => tlvOf(tagOctet, parts);

/** As `tlv`, for parts without number: a revocation list's entries would overflow the stack as arguments. */
export function tlvOf(tagOctet: number, parts: readonly Uint8Array[]): Uint8Array {
  const length = lengthOf(parts);
  const size = headerSize(length);
  const out = new Uint8Array(size + length);
  writeHeader(out, tagOctet, length, size);
  return place(out, size, parts);
}

/** Octets of all parts together. */
export function lengthOf(parts: readonly Uint8Array[]): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

/**
 * The tag and length in front of content of that many octets. Who nests values deeply puts headers and content side by side into one
 * `tlvOf`, so that the octets are copied once and not once for each level.
 */
export function header(tagOctet: number, length: number): Uint8Array {
  const size = headerSize(length);
  return writeHeader(new Uint8Array(size), tagOctet, length, size);
}

/** The parts one after another, without a header: content whose header is written later, or several values in a row. */
export const concatenate = (parts: readonly Uint8Array[]): Uint8Array => place(new Uint8Array(lengthOf(parts)), 0, parts);

function place(out: Uint8Array, start: number, parts: readonly Uint8Array[]): Uint8Array {
  let at = start;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Octets of a tag and a length in its shortest form (X.690 section 10.1). */
function headerSize(length: number): number {
  if (length < 0x80) return 2;
  if (length < 0x100) return 3;
  if (length < 0x10000) return 4;
  return length < 0x1000000 ? 5 : 6;
}

function writeHeader(out: Uint8Array, tagOctet: number, length: number, size: number): Uint8Array {
  out[0] = tagOctet;
  out[1] = size === 2 ? length : 0x80 | (size - 2);
  let left = length;
  for (let at = size - 1; at > 1; at--) {
    out[at] = left & 0xff;
    left = Math.floor(left / 256);
  }
  return out;
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tlv(tag.sequence, ...parts);

/** SET OF: the encodings sorted ascending as octet strings (X.690 section 11.6). */
export const setOf = (...parts: readonly Uint8Array[]): Uint8Array => tlv(tag.set, ...[...parts].sort(compareOctets));

export const octetString = (...parts: readonly Uint8Array[]): Uint8Array => tlv(tag.octetString, ...parts);

/** BIT STRING of whole octets. */
export const bitString = (...parts: readonly Uint8Array[]): Uint8Array => tlv(tag.bitString, Uint8Array.of(0), ...parts);

export const boolean = (value: boolean): Uint8Array => Uint8Array.of(tag.boolean, 1, value ? 0xff : 0);

export const nullValue = (): Uint8Array => Uint8Array.of(tag.null, 0);

/** INTEGER from a non-negative big-endian magnitude: superfluous zeros dropped, one added where the sign bit is set. */
export function unsignedInteger(magnitude: Uint8Array): Uint8Array {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const digits = magnitude.subarray(start);
  const isHigh = digits.length === 0 || (digits[0] ?? 0) >= 0x80;
  return isHigh ? tlv(tag.integer, Uint8Array.of(0), digits) : tlv(tag.integer, digits);
}

/**
 * INTEGER from a safe non-negative number.
 * @throws AppError internal for anything else: no caller has a reason to.
 */
export function integer(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new AppError('internal', 'An INTEGER must be a safe non-negative number.');
  const octets: number[] = [];
  for (let left = value; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
  return unsignedInteger(Uint8Array.from(octets));
}

export const enumerated = (value: number): Uint8Array => tlv(tag.enumerated, Uint8Array.of(value));

/** Named bits, most significant first, trailing zeros removed (X.690 section 11.2.2). */
export function namedBits(bits: readonly boolean[]): Uint8Array {
  const last = bits.lastIndexOf(true);
  const octets = new Uint8Array(Math.ceil((last + 1) / 8));
  for (let bit = 0; bit <= last; bit++) {
    if (bits[bit]) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
  return tlv(tag.bitString, Uint8Array.of(octets.length * 8 - (last + 1)), octets);
}

const knownOids = new Map<string, Uint8Array>();

/**
 * OBJECT IDENTIFIER from dotted decimal (X.690 section 8.19); the encoding is remembered.
 * @throws AppError input.invalid if it is not dotted decimal, has one arc, or a first or second arc X.660 does not know.
 */
export function oid(dotted: string): Uint8Array {
  const known = knownOids.get(dotted);
  if (known !== undefined) return known;
  if (!/^[0-2](\.(0|[1-9][0-9]{0,38}))+$/.test(dotted)) throw notAnOid();
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  if (first < 2n && second > 39n) throw notAnOid();
  const octets = [first * 40n + second, ...rest].flatMap(base128);
  const encoded = tlv(tag.oid, Uint8Array.from(octets));
  if (knownOids.size < 1000) knownOids.set(dotted, encoded);
  return encoded;
}

const notAnOid = (): AppError => new AppError('input.invalid', 'This is not an object identifier in dotted decimal.', { field: 'oid' });

function base128(value: bigint): number[] {
  const octets = [Number(value & 0x7fn)];
  for (let left = value >> 7n; left > 0n; left >>= 7n) octets.unshift(Number(left & 0x7fn) | 0x80);
  return octets;
}

/** A string value whose characters are its UTF-8 octets: UTF8String, or PrintableString and IA5String over their own characters. */
export function characterString(tagOctet: number, text: string): Uint8Array {
  if (text.length >= 0x80) return tlv(tagOctet, utf8Encode(text));
  const out = new Uint8Array(2 + text.length);
  out[0] = tagOctet;
  out[1] = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) return tlv(tagOctet, utf8Encode(text));
    out[2 + at] = unit;
  }
  return out;
}

export const utf8String = (text: string): Uint8Array => characterString(tag.utf8String, text);

/** @throws AppError input.invalid for a character PrintableString does not have (X.680 section 41.4). */
export function printableString(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) throw new AppError('input.invalid', 'This text does not fit a PrintableString.');
  return characterString(tag.printableString, text);
}

/** @throws AppError input.invalid for a character outside ASCII. */
export function ia5String(text: string): Uint8Array {
  if (!isAscii(text)) throw new AppError('input.invalid', 'This text does not fit an IA5String.');
  return characterString(tag.ia5String, text);
}

/** Whether every character is one of ASCII's 128. */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0x80) return false;
  return true;
}

/** Context-specific, constructed: `[n]` EXPLICIT, or IMPLICIT over something constructed. */
export const context = (n: number, ...parts: readonly Uint8Array[]): Uint8Array => tlv(0xa0 | n, ...parts);

/** Context-specific, primitive: `[n]` IMPLICIT over a primitive value's content octets. */
export const contextPrimitive = (n: number, content: Uint8Array): Uint8Array => tlv(0x80 | n, content);

/** Orders octet strings as X.690 section 11.6 does. */
export function compareOctets(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
