import { randomBytes, randomFillSync } from 'node:crypto';
import type { Random } from '../../ports/random.ts';

/** The operating system's generator through OpenSSL. */
export const nodeRandom: Random = { bytes: (length) => randomBytes(length), uuid: uuidVersion7 };

const uuidOctets = 16;
/** Drawn many ids at a time: a draw costs ten times what an id does. Ids are no secrets, so what was used may stay. */
const slab = Buffer.allocUnsafeSlow(256 * uuidOctets);
let used = slab.length;

function freshOctets(): Buffer {
  if (used === slab.length) {
    randomFillSync(slab);
    used = 0;
  }
  used += uuidOctets;
  return slab.subarray(used - uuidOctets, used);
}

/** RFC 9562 section 5.7: 48 bits of milliseconds, then random bits. */
function uuidVersion7(): string {
  const octets = freshOctets();
  octets.writeUIntBE(Date.now(), 0, 6);
  octets.writeUInt8((octets.readUInt8(6) & 0x0f) | 0x70, 6);
  octets.writeUInt8((octets.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = octets.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
