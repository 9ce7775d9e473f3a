import { AppError } from '../errors.ts';
import { formatCheckedCode, parseCheckedCode } from './checked-code.ts';

/** 160 random bits: beyond any search, so the code needs no slow hashing. */
export const recoveryCodeOctets = 20;

/** Eight groups, ASCII, to be printed once and wiped. */
export function formatRecoveryCode(secret: Uint8Array): Uint8Array {
  if (secret.length !== recoveryCodeOctets) throw new AppError('internal', 'a recovery code of the wrong length');
  return formatCheckedCode(secret);
}

/** The secret octets of a code as somebody typed it, the caller's to wipe. @throws AppError input.invalid with `group` of the first slip */
export const parseRecoveryCode = (typed: Uint8Array): Uint8Array => parseCheckedCode(typed, recoveryCodeOctets, 'recovery code');
