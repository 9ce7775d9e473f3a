import { inspectOpenPgp, type InspectedKey } from '../openpgp/inspect-openpgp.ts';
import { packetType, readPackets, type Packet } from '../openpgp/packet.ts';
import { readKeyPacket } from '../openpgp/read-key-packet.ts';
import type { HeldOpenPgpKey } from './openpgp-setup.ts';

type Digest = Parameters<typeof readKeyPacket>[1];

/** One transferable key of a key ring: its octets as they stand there. */
export interface RingKey {
  /** Of the primary key, hexadecimal, lower case. */
  readonly fingerprint: string;
  readonly octets: Uint8Array;
}

/**
 * The transferable keys of a binary key ring, one after the other (RFC 9580 section 10).
 * @throws AppError input.malformed-openpgp, input.too-large
 */
export function readKeyRing(octets: Uint8Array, digest: Digest): readonly RingKey[] {
  const starts = readPackets(octets).filter(({ type }) => type === packetType.publicKey || type === packetType.secretKey);
  return starts.map((packet: Packet, at) => ({
    fingerprint: readKeyPacket(packet.body, digest).fingerprint,
    octets: octets.subarray(packet.offset, starts[at + 1]?.offset),
  }));
}

/** What a key is good for at a time, by what its own signatures say; undefined for octets that are no key. Nothing is verified. */
export function describeHeld(octets: Uint8Array, digest: Digest, now: Date): HeldOpenPgpKey | undefined {
  const [key] = inspectOpenPgp(octets, digest).certificates;
  if (key === undefined) return undefined;
  const isOver = ({ expires }: InspectedKey): boolean => expires !== null && Date.parse(expires) <= now.getTime();
  const good = [key, ...key.subkeys].filter((part) => !part.isRevoked && !isOver(part));
  const can = (usage: 'sign' | 'encrypt'): boolean => good.some((part) => part.usage.includes(usage));
  return { isRevoked: key.isRevoked, isExpired: isOver(key), canSign: can('sign'), canEncrypt: can('encrypt') };
}

/** As programs name a key in their settings (RFC 9580 section 5.5.4.2): the end of its fingerprint, hexadecimal, upper case. */
export const keyIdOf = (fingerprint: string): string => fingerprint.slice(-16).toUpperCase();

export const isNamedBy = (name: string, fingerprint: string): boolean => {
  const wanted = name.replace(/^0x/i, '').toLowerCase();
  return wanted.length >= 16 && fingerprint.endsWith(wanted);
};
