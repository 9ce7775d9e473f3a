import { concatenate } from '../asn1/der-writer.ts';

/** A number in so many octets, the highest first. */
export const bigEndianOctets = (value: number, size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** (size - 1 - at)) % 256);

/** A packet in the new form of header, its length in as few octets as it takes (RFC 9580 section 4.2.1). */
export const writePacket = (type: number, body: Uint8Array): Uint8Array =>
  concatenate([Uint8Array.of(0xc0 | type), newLengthOctets(body.length), body]);

/** A subpacket of a signature (RFC 9580 section 5.2.3.7). */
export const writeSubpacket = (type: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const body = concatenate(content);
  return concatenate([newLengthOctets(body.length + 1), Uint8Array.of(type), body]);
};

function newLengthOctets(length: number): Uint8Array {
  if (length < 192) return Uint8Array.of(length);
  if (length < 8384) return Uint8Array.of(192 + ((length - 192) >> 8), (length - 192) & 0xff);
  return concatenate([Uint8Array.of(255), bigEndianOctets(length, 4)]);
}

/** A multiprecision integer (RFC 9580 section 3.2): its length in bits, then its octets without zeros in front. */
export function writeMpi(octets: Uint8Array): Uint8Array {
  const start = octets.findIndex((octet) => octet !== 0);
  const significant = start < 0 ? new Uint8Array() : octets.subarray(start);
  const bits = significant.length === 0 ? 0 : (significant.length - 1) * 8 + (32 - Math.clz32(significant[0] ?? 0));
  return concatenate([bigEndianOctets(bits, 2), significant]);
}
