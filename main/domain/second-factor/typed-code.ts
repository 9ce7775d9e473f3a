import { AppError } from '../errors.ts';
import { codeDigits } from './totp.ts';

/** Crockford's base 32, as in the recovery code of the vault: no I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 50 bits: tries are few, and what is kept is keyed. */
export const recoveryCodeLetters = 10;
/** How many are made at once. */
export const recoveryCodeCount = 8;

export type TypedCode = { readonly kind: 'app'; readonly digits: string } | { readonly kind: 'recovery'; readonly letters: string };

/**
 * Reads what somebody typed as a code of their app or as one of their recovery codes, by its form: spaces and hyphens anywhere or nowhere,
 * either case, I and L for 1, O for 0.
 * @throws AppError input.invalid for what can be neither; it is no try
 */
export function readTypedCode(typed: Uint8Array): TypedCode {
  const text = String.fromCharCode(...typed.subarray(0, 100))
    .replaceAll(/[\s-]/g, '')
    .toUpperCase();
  if (text.length === codeDigits && /^\d+$/.test(text)) return { kind: 'app', digits: text };
  const letters = text.replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  if (letters.length === recoveryCodeLetters && /^[0-9A-HJKMNP-TV-Z]+$/.test(letters)) return { kind: 'recovery', letters };
  throw new AppError('input.invalid', 'A code has six digits, a recovery code ten letters and digits.', { field: 'code', rule: 'form' });
}

/** A recovery code from random octets, one for each letter. */
export const recoveryCodeFrom = (random: Uint8Array): string => Array.from(random, (octet) => alphabet[octet & 31] ?? '').join('');

/** In two groups, for reading. */
export const groupRecoveryCode = (letters: string): string => `${letters.slice(0, 5)}-${letters.slice(5)}`;
