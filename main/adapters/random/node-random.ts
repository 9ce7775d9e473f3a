import { randomBytes } from 'node:crypto';
import type { Random } from '../../ports/random.ts';

/** The operating system's generator through OpenSSL. */
export const nodeRandom: Random = { bytes: (length) => randomBytes(length), uuid: uuidVersion7 };

/** RFC 9562 section 5.7: 48 bits of milliseconds, then random bits. */
function uuidVersion7(): string {
  const octets = randomBytes(16);
  octets.writeUIntBE(Date.now(), 0, 6);
  octets.writeUInt8((octets.readUInt8(6) & 0x0f) | 0x70, 6);
  octets.writeUInt8((octets.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = octets.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
