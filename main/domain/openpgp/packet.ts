import { concatenate } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';

/** One packet (RFC 9580 section 4): its type, and what is in it. */
export interface Packet {
  readonly type: number;
  readonly body: Uint8Array;
  /** Of the packet in what was read. */
  readonly offset: number;
}

export const packetType = {
  signature: 2,
  secretKey: 5,
  publicKey: 6,
  secretSubkey: 7,
  marker: 10,
  userId: 13,
  publicSubkey: 14,
  userAttribute: 17,
  padding: 21,
} as const;

const maximumPackets = 20_000;

/** Pieces of one packet: they have 512 octets and more, where nobody means to fill memory with them (RFC 9580 section 4.2.1.4). */
const maximumParts = 40_000;

const tooMany = (limit: number): AppError => new AppError('input.too-large', 'More packets than any key has.', { limit });

/** @param place an octet or a line, as `what` makes clear */
export const malformedOpenPgp = (what: string, place: number): AppError =>
  new AppError('input.malformed-openpgp', `This OpenPGP data cannot be read: ${what} at ${place}.`, { what, offset: place });

/**
 * The packets of a sequence, in the old and the new form of header (RFC 9580 section 4.2), partial lengths put together.
 * @throws AppError input.malformed-openpgp with the octet; input.too-large
 */
export function readPackets(octets: Uint8Array): Packet[] {
  const packets: Packet[] = [];
  for (let at = 0; at < octets.length;) {
    const header = octets[at] ?? 0;
    if (header < 0x80) throw malformedOpenPgp('something that is no packet', at);
    const { body, end } = (header & 0x40) === 0 ? readOldForm(octets, at) : readNewForm(octets, at + 1);
    packets.push({ type: (header & 0x40) === 0 ? (header >> 2) & 0xf : header & 0x3f, body, offset: at });
    if (packets.length > maximumPackets) throw tooMany(maximumPackets);
    at = end;
  }
  return packets;
}

interface Read {
  readonly body: Uint8Array;
  readonly end: number;
}

function readOldForm(octets: Uint8Array, at: number): Read {
  const size = 1 << ((octets[at] ?? 0) & 3);
  if (size === 8) return { body: octets.subarray(at + 1), end: octets.length };
  return slice(octets, at + 1 + size, bigEndian(octets, at + 1, size));
}

function readNewForm(octets: Uint8Array, start: number): Read {
  const parts: Uint8Array[] = [];
  for (let at = start; ;) {
    const first = octets[at] ?? 0;
    if (first < 224 || first === 255) {
      const { length, size } = newLength(octets, at);
      const last = slice(octets, at + size, length);
      return parts.length === 0 ? last : { body: concatenate([...parts, last.body]), end: last.end };
    }
    const part = slice(octets, at + 1, 2 ** (first & 0x1f));
    parts.push(part.body);
    if (parts.length > maximumParts) throw tooMany(maximumParts);
    at = part.end;
  }
}

/** A length of one, two or five octets (RFC 9580 section 4.2.1): of packets, and of subpackets. */
export function newLength(octets: Uint8Array, at: number): { length: number; size: number } {
  const first = octets[at];
  if (first === undefined) throw malformedOpenPgp('a length is missing', at);
  if (first < 192) return { length: first, size: 1 };
  if (first < 255) return { length: (first - 192) * 256 + bigEndian(octets, at + 1, 1) + 192, size: 2 };
  return { length: bigEndian(octets, at + 1, 4), size: 5 };
}

function slice(octets: Uint8Array, start: number, length: number): Read {
  if (length > octets.length - start) throw malformedOpenPgp('a length past the end', start);
  return { body: octets.subarray(start, start + length), end: start + length };
}

/** @throws AppError input.malformed-openpgp past the end */
export function bigEndian(octets: Uint8Array, at: number, size: number): number {
  if (at + size > octets.length) throw malformedOpenPgp('a number past the end', at);
  let value = 0;
  for (let next = 0; next < size; next++) value = value * 256 + (octets[at + next] ?? 0);
  return value;
}
