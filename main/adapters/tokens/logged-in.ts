import { AppError } from '../../domain/errors.ts';
import { wrongPin } from '../../domain/token/pin-status.ts';
import type { Pkcs11Module } from '../../../native/pkcs11/index.ts';
import type { Pkcs11Session } from '../../../native/pkcs11/session.ts';
import type { Slot } from '../../../native/pkcs11/token.ts';
import { pinStatus, slotOf } from './survey-tokens.ts';

/**
 * One session with one token, logged in with exactly one C_Login, and closed whatever happens.
 * @throws AppError token.absent; token.pin-incorrect or token.pin-locked with what the token says about tries
 */
export function loggedIn<T>(module: Pkcs11Module, serialNumber: string, pin: Uint8Array, act: (session: Pkcs11Session) => T): T {
  const slot = slotOf(module, serialNumber);
  const session = module.openSession(slot, 'read-write');
  try {
    logIn(module, slot, session, pin);
    return act(session);
  } finally {
    closeQuietly(session);
  }
}

function logIn(module: Pkcs11Module, slot: Slot, session: Pkcs11Session, pin: Uint8Array): void {
  try {
    session.login('user', pin);
  } catch (error) {
    const isWrong = error instanceof AppError && (error.code === 'token.pin-incorrect' || error.code === 'token.pin-locked');
    throw isWrong ? wrongPin(error.code === 'token.pin-locked' ? 'locked' : pinStatus(module.token(slot))) : error;
  }
}

/** A token that was pulled out has closed its sessions by itself. */
function closeQuietly(session: Pkcs11Session): void {
  try {
    session.close();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
