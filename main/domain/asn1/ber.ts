import { malformed, maximumDepth } from './der-reader.ts';
import { tlvOf } from './der-writer.ts';

/** Values in one input at most: what is larger was made to exhaust whoever reads it. */
const maximumValues = 200_000;

interface Position {
  at: number;
  values: number;
}

/**
 * Rewrites BER, as PKCS #7 and PKCS #12 files of other programs use it, with definite lengths in their shortest form and
 * strings in one piece. The octets of primitive values stay as they are, so what was signed in them still is. Input that
 * has none of this comes back equal.
 * @throws AppError input.malformed-der
 */
export function toDefiniteLengths(bytes: Uint8Array): Uint8Array {
  const position = { at: 0, values: 0 };
  const value = rewrite(bytes, position, bytes.length, 0);
  if (position.at !== bytes.length) throw malformed('data after the end', position.at);
  return value;
}

/**
 * The value that stands at `at`, rewritten as above, and where the next one begins.
 * @throws AppError input.malformed-der
 */
export function valueAt(bytes: Uint8Array, at: number, end: number): { readonly value: Uint8Array; readonly next: number } {
  const position = { at, values: 0 };
  const value = rewrite(bytes, position, end, 0);
  return { value, next: position.at };
}

function rewrite(bytes: Uint8Array, position: Position, end: number, depth: number): Uint8Array {
  const header = readHeader(bytes, position.at, end);
  if (depth > maximumDepth || ++position.values > maximumValues) throw malformed('nesting or values without end', position.at);
  position.at = header.contentOffset;
  if ((header.tag & 0x20) === 0) {
    if (header.isIndefinite) throw malformed('a primitive value without a length', header.offset);
    position.at = header.end;
    return tlvOf(header.tag, [bytes.subarray(header.contentOffset, header.end)]);
  }
  const parts = rewriteParts(bytes, position, header, depth);
  return isSplitString(header.tag) ? tlvOf(header.tag & ~0x20, parts.map(stringContent)) : tlvOf(header.tag, parts);
}

function rewriteParts(bytes: Uint8Array, position: Position, header: Header, depth: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  while (header.isIndefinite ? !endOfContents(bytes, position.at, header.end) : position.at < header.end) {
    parts.push(rewrite(bytes, position, header.end, depth + 1));
  }
  if (header.isIndefinite) position.at += 2;
  return parts;
}

/** What stands in front of a value in BER. */
export interface Header {
  readonly tag: number;
  readonly offset: number;
  readonly contentOffset: number;
  readonly end: number;
  readonly isIndefinite: boolean;
}

/** Tag and length; `end` bounds it, and an indefinite value ends at most where the value around it does. @throws AppError input.malformed-der */
export function readHeader(bytes: Uint8Array, offset: number, end: number): Header {
  const [tagOctet, first] = [bytes[offset], bytes[offset + 1]];
  if (tagOctet === undefined || first === undefined || offset + 2 > end) throw malformed('a value is missing', offset);
  if ((tagOctet & 0x1f) === 0x1f) throw malformed('a tag of several octets', offset);
  if (first === 0x80) return { tag: tagOctet, offset, contentOffset: offset + 2, end, isIndefinite: true };
  const size = first < 0x80 ? 0 : first & 0x7f;
  if (size > 8) throw malformed('a length out of range', offset + 1);
  let length = first < 0x80 ? first : 0;
  for (let next = 0; next < size; next++) length = length * 256 + (bytes[offset + 2 + next] ?? 0);
  const contentOffset = offset + 2 + size;
  if (length > end - contentOffset) throw malformed('a length past the end', offset + 1);
  return { tag: tagOctet, offset, contentOffset, end: contentOffset + length, isIndefinite: false };
}

/** End-of-contents octets within the value around; where they are missing, whoever reads on reports it. */
export const endOfContents = (bytes: Uint8Array, at: number, end: number): boolean =>
  at + 2 <= end && bytes[at] === 0 && bytes[at + 1] === 0;

/** OCTET STRING in pieces (X.690 section 8.7.3). Other strings in pieces are used by nobody. */
const isSplitString = (tagOctet: number): boolean => tagOctet === 0x24;

function stringContent(part: Uint8Array): Uint8Array {
  const { tag: tagOctet, contentOffset, end } = readHeader(part, 0, part.length);
  if (tagOctet !== 0x04) throw malformed('a piece of a string that is none', 0);
  return part.subarray(contentOffset, end);
}
