import { hexEncode } from '../encoding/hex.ts';
import { utf8Decode } from '../encoding/utf8.ts';
import type { DerNode } from './der-reader.ts';
import { malformed } from './der-reader.ts';

/** Longer object identifiers are refused: none in use comes near. */
const maximumOidLength = 128;

/** A BIT STRING: its octets and how many bits of the last one do not count. */
export interface BitString {
  readonly unusedBits: number;
  readonly bytes: Uint8Array;
}

/** BOOLEAN; DER knows 00 and FF only (X.690 section 11.1). */
export function readBoolean(node: DerNode): boolean {
  const octet = node.source[node.contentOffset];
  if (node.length !== 1 || (octet !== 0 && octet !== 0xff)) throw malformed('a BOOLEAN that is neither 00 nor FF', node.offset);
  return octet === 0xff;
}

/** The content octets of an INTEGER or ENUMERATED in shortest two's complement form (X.690 section 8.3). */
export function readIntegerOctets(node: DerNode): Uint8Array {
  const { content } = node;
  const [first, second = 0] = content;
  if (first === undefined) throw malformed('an INTEGER without content', node.offset);
  const isPadded = content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (isPadded) throw malformed('an INTEGER that is not in its shortest form', node.offset);
  return content;
}

/** An INTEGER as lower-case hexadecimal of its magnitude, two digits an octet, with `-` in front of a negative one. */
export function readIntegerHex(node: DerNode): string {
  const octets = readIntegerOctets(node);
  const first = octets[0] ?? 0;
  if (first >= 0x80) return `-${hexEncode(negated(octets))}`;
  return hexEncode(first === 0 && octets.length > 1 ? octets.subarray(1) : octets);
}

function negated(octets: Uint8Array): Uint8Array {
  const magnitude = octets.map((octet) => octet ^ 0xff);
  for (let at = magnitude.length - 1; at >= 0; at--) {
    const sum = (magnitude[at] ?? 0) + 1;
    magnitude[at] = sum & 0xff;
    if (sum < 0x100) break;
  }
  return magnitude;
}

/** A non-negative INTEGER or ENUMERATED below 2^31: a path length, a skip count, a version, a reason. */
export function readSmallInteger(node: DerNode): number {
  const octets = readIntegerOctets(node);
  if (octets.length > 4 || (octets[0] ?? 0) >= 0x80) throw malformed('a number out of range', node.offset);
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

/** OBJECT IDENTIFIER in dotted decimal (X.690 section 8.19). */
export function readOid(node: DerNode): string {
  const { source, contentOffset, end } = node;
  if (node.length === 0 || node.length > maximumOidLength || (source[end - 1] ?? 0x80) >= 0x80) {
    throw malformed('an OBJECT IDENTIFIER that does not end', node.offset);
  }
  let text = '';
  for (let at = contentOffset; at < end;) {
    if (source[at] === 0x80) throw malformed('an OBJECT IDENTIFIER that is not in its shortest form', at);
    const start = at;
    while ((source[at] ?? 0) >= 0x80) at++;
    at++;
    text = text === '' ? firstArcs(source, start, at) : `${text}.${arc(source, start, at)}`;
  }
  return text;
}

function arc(source: Uint8Array, start: number, end: number): number | bigint {
  if (end - start <= 7) {
    let value = 0;
    for (let at = start; at < end; at++) value = value * 128 + ((source[at] ?? 0) & 0x7f);
    return value;
  }
  let value = 0n;
  for (let at = start; at < end; at++) value = (value << 7n) | BigInt((source[at] ?? 0) & 0x7f);
  return value;
}

/** The first subidentifier holds two arcs: 40 times the root, which is at most 2, plus the second. */
function firstArcs(source: Uint8Array, start: number, end: number): string {
  const value = arc(source, start, end);
  if (value < 40) return `0.${value}`;
  if (value < 80) return `1.${Number(value) - 40}`;
  return typeof value === 'bigint' ? `2.${value - 80n}` : `2.${value - 80}`;
}

/** BIT STRING; DER wants the unused bits zero (X.690 section 11.2.1). */
export function readBitString(node: DerNode): BitString {
  const unusedBits = node.source[node.contentOffset];
  if (node.length === 0 || unusedBits === undefined || unusedBits > 7) throw malformed('a BIT STRING without its first octet', node.offset);
  const bytes = node.source.subarray(node.contentOffset + 1, node.end);
  const last = bytes.at(-1);
  if (last === undefined ? unusedBits !== 0 : (last & ((1 << unusedBits) - 1)) !== 0) {
    throw malformed('a BIT STRING with wrong unused bits', node.offset);
  }
  return { unusedBits, bytes };
}

/** The octets of a BIT STRING of whole octets: a key, a signature. */
export function readBitOctets(node: DerNode): Uint8Array {
  const { unusedBits, bytes } = readBitString(node);
  if (unusedBits !== 0) throw malformed('a BIT STRING that is not whole octets', node.offset);
  return bytes;
}

/** The names of the bits set in a BIT STRING of named bits; bits without a name are left out. */
export function readNamedBits<BitName extends string>(node: DerNode, names: readonly BitName[]): BitName[] {
  const { bytes } = readBitString(node);
  return names.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

/** Whether a universal tag is one of the character strings `readString` knows. */
export const isStringTag = (tag: number): boolean => stringReaders[tag] !== undefined;

/**
 * A character string of any type X.509 uses: UTF8String, NumericString, PrintableString, TeletexString (as Latin-1,
 * the way everyone writes it), IA5String, VisibleString, UniversalString, BMPString.
 * @throws AppError input.malformed-der for another type, or content its type cannot hold.
 */
export function readString(node: DerNode): string {
  const text = stringReaders[node.tag]?.(node.content);
  if (text === undefined) throw malformed('text that its string type does not allow', node.offset);
  return text;
}

/** The content of an IA5String under an IMPLICIT tag. */
export function readIa5(node: DerNode): string {
  const text = ascii(node.content);
  if (text === undefined) throw malformed('text that is not ASCII', node.offset);
  return text;
}

const ascii = (content: Uint8Array): string | undefined => singleOctets(content, 0x80);
const latin1 = (content: Uint8Array): string | undefined => singleOctets(content, 0x100);

function singleOctets(content: Uint8Array, limit: number): string | undefined {
  let text = '';
  for (let at = 0; at < content.length; at++) {
    const octet = content[at] ?? 0;
    if (octet >= limit) return undefined;
    text += String.fromCharCode(octet);
  }
  return text;
}

function codePoints(content: Uint8Array, size: 2 | 4): string | undefined {
  if (content.length % size !== 0) return undefined;
  let text = '';
  for (let at = 0; at < content.length; at += size) {
    let point = 0;
    for (let next = 0; next < size; next++) point = point * 256 + (content[at + next] ?? 0);
    if (point > 0x10ffff) return undefined;
    text += String.fromCodePoint(point);
  }
  return text.isWellFormed() ? text : undefined;
}

const stringReaders: Readonly<Record<number, (content: Uint8Array) => string | undefined>> = {
  0x0c: utf8Decode,
  0x12: ascii,
  0x13: ascii,
  0x14: latin1,
  0x16: ascii,
  0x1a: ascii,
  0x1c: (content) => codePoints(content, 4),
  0x1e: (content) => codePoints(content, 2),
};
