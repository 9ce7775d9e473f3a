import { concatenate } from '../asn1/der-writer.ts';
import { readArmor } from './armor.ts';
import { malformedOpenPgp, packetType, readPackets } from './packet.ts';
import { writePacket } from './write-packet.ts';

/** Of a signature that ends a primary key (RFC 9580 section 5.2.1.11). */
const keyRevocation = 0x20;

/**
 * A certificate (RFC 9580 section 10.1) with what ends it right behind its primary key, where every reader looks for it. `revocation` is armored,
 * as it was made with the key. @throws AppError input.malformed-openpgp where one of them is something else
 */
export function withRevocation(certificate: Uint8Array, revocation: Uint8Array): Uint8Array {
  const [primaryKey, ...rest] = readPackets(certificate);
  const ends = readArmor(revocation).flatMap(({ octets }) => readPackets(octets));
  const signature = ends.find(({ type, body }) => type === packetType.signature && body[1] === keyRevocation);
  if (primaryKey?.type !== packetType.publicKey) throw malformedOpenPgp('a certificate without a primary key', 0);
  if (signature === undefined) throw malformedOpenPgp('a revocation certificate without a revocation', 0);
  return concatenate([primaryKey, signature, ...rest].map(({ type, body }) => writePacket(type, body)));
}
