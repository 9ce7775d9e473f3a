import { AppError } from '../errors.ts';

/** Small letters and digits without i, l, o, 0 and 1: nothing that is misread on paper or misheard on the telephone. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const passwordGroups = 6;
const groupLength = 4;
const hyphen = 0x2d;

/** What `generatePassword` takes: four octets a character, so that taking the remainder favours none noticeably (2^-27). */
export const passwordRandomOctets = passwordGroups * groupLength * 4;

/**
 * A password to hand over on paper, for example `k7wd-...`: 24 characters of 31 are 118 bits, above the 112 that private
 * keys in transit need (S/MIME BR section 6.1.2). ASCII, to be wiped; `random` is the caller's to wipe too.
 */
export function generatePassword(random: Uint8Array): Uint8Array {
  if (random.length !== passwordRandomOctets) throw new AppError('internal', 'a password from too few random octets');
  const view = new DataView(random.buffer, random.byteOffset, random.length);
  const password = new Uint8Array(passwordGroups * (groupLength + 1) - 1).fill(hyphen);
  for (let index = 0; index < passwordGroups * groupLength; index++) {
    const at = index + Math.floor(index / groupLength);
    password[at] = alphabet.charCodeAt(view.getUint32(index * 4) % alphabet.length);
  }
  return password;
}
