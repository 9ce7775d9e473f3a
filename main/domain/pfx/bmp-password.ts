import { AppError } from '../errors.ts';

/**
 * The password (UTF-8) as PKCS #12 hashes it: BMPString with two zero octets at the end (RFC 7292 appendix B.1). To be wiped.
 * @throws AppError input.invalid for characters a BMPString does not know
 */
export function bmpPassword(password: Uint8Array): Uint8Array {
  const bmp = new Uint8Array(password.length * 2 + 2);
  let length = 0;
  for (let at = 0; at < password.length; length += 2) {
    const [unit, octets] = unitAt(password, at);
    bmp[length] = unit >> 8;
    bmp[length + 1] = unit & 0xff;
    at += octets;
  }
  return bmp.subarray(0, length + 2);
}

/** The character that begins at an octet, and of how many octets it is. */
function unitAt(password: Uint8Array, at: number): readonly [unit: number, octets: number] {
  const first = password[at] ?? 0;
  if (first < 0x80) return [first, 1];
  const next = (index: number): number => (password[at + index] ?? 0) & 0x3f;
  if (first >= 0xc0 && first < 0xe0) return [((first & 0x1f) << 6) | next(1), 2];
  if (first >= 0xe0 && first < 0xf0) return [((first & 0x0f) << 12) | (next(1) << 6) | next(2), 3];
  throw new AppError('input.invalid', 'This password holds characters that a PKCS #12 file cannot have.', { what: 'password' });
}
