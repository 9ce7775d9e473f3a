import { randomFillSync } from 'node:crypto';

const slab = Buffer.allocUnsafeSlow(8192);
let used = slab.length;

/**
 * Fills `target` with fresh random octets. Drawn from OpenSSL 8 KiB at a time, because each draw costs as much as
 * sealing a key; octets are erased from the slab as they are given out, and each thread has a slab of its own.
 */
export function fillRandom<T extends Uint8Array>(target: T): T {
  if (target.length > slab.length) return randomFillSync(target);
  if (used + target.length > slab.length) {
    randomFillSync(slab);
    used = 0;
  }
  const end = used + target.length;
  target.set(slab.subarray(used, end));
  slab.fill(0, used, end);
  used = end;
  return target;
}
