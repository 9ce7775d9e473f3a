import { AppError } from '../../domain/errors.ts';
import type { TokenPinChange, TokenUnblocking, TokenWiping } from '../../ports/tokens.ts';
import type { Pkcs11Module } from '../../../native/pkcs11/index.ts';
import { tryingPin, tryingUnlockCode, withSession } from './logged-in.ts';
import { slotOf } from './survey-tokens.ts';

interface OfToken {
  readonly serialNumber: string;
}

/** Exactly one C_SetPIN, and no login before it, which would be another try. @throws AppError as `Tokens.changePin` */
export function changePin(module: Pkcs11Module, { serialNumber, pin, newPin }: OfToken & TokenPinChange): null {
  withSession(module, serialNumber, (session, slot) => {
    tryingPin(module, slot, () => wherePossible(() => session.setPin(pin, newPin)));
  });
  return null;
}

/** Exactly one C_Login of the security officer, then C_InitPIN. @throws AppError as `Tokens.unblock` */
export function unblock(module: Pkcs11Module, { serialNumber, soPin, newPin }: OfToken & TokenUnblocking): null {
  withSession(module, serialNumber, (session, slot) => {
    tryingUnlockCode(module, slot, () => wherePossible(() => session.login('so', soPin)));
    wherePossible(() => session.initPin(newPin));
  });
  return null;
}

/** Exactly one C_InitToken, which tries the security officer's PIN by itself. @throws AppError as `Tokens.wipe` */
export function wipe(module: Pkcs11Module, { serialNumber, soPin, label }: OfToken & TokenWiping): null {
  const slot = slotOf(module, serialNumber);
  tryingUnlockCode(module, slot, () => wherePossible(() => module.initToken(slot, soPin, label)));
  return null;
}

/** What such a module says of a call it does not have, has for others than its users, or has for new tokens only (TPMs). */
const notHere: readonly unknown[] = ['CKR_FUNCTION_NOT_SUPPORTED', 'CKR_USER_TYPE_INVALID', 'CKR_ARGUMENTS_BAD'];

function wherePossible(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError && notHere.includes(error.details['returnValue']))
      throw new AppError('token.unsupported', 'The driver of this token cannot do this.', error.details, { cause: error });
    throw error;
  }
}
