import { AppError } from '../../domain/errors.ts';
import type { Pkcs11Module } from '../../../native/pkcs11/index.ts';
import { slotOf } from './survey-tokens.ts';

/** What a driver says that wants the null pointer of the standard in the place of a PIN without characters: it asked nobody for anything. */
const wantsNothing: unknown = 'CKR_ARGUMENTS_BAD';

/**
 * Acts with a PIN that has no characters, for a reader that asks for it on its own pad.
 * @throws AppError token.pin-refused where the reader has none: no try is spent; token.pin-pad-unused where its driver does not take it so
 */
export function typedAtReader<T>(module: Pkcs11Module, serialNumber: string, act: () => T): T {
  if (!module.token(slotOf(module, serialNumber)).hasPinPad)
    throw new AppError('token.pin-refused', 'No PIN was given, and this reader has no pad to type one on.');
  try {
    return act();
  } catch (error) {
    if (error instanceof AppError && error.details['returnValue'] === wantsNothing)
      throw new AppError('token.pin-pad-unused', 'The driver of this reader does not have the PIN typed on it.', {}, { cause: error });
    throw error;
  }
}
