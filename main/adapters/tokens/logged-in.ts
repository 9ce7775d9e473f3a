import { AppError } from '../../domain/errors.ts';
import { wrongPin, wrongUnlockCode } from '../../domain/token/pin-status.ts';
import type { Pkcs11Module } from '../../../native/pkcs11/index.ts';
import type { Pkcs11Session } from '../../../native/pkcs11/session.ts';
import type { Slot } from '../../../native/pkcs11/token.ts';
import { pinStatus, slotOf, unlockCodeStatus } from './survey-tokens.ts';

/**
 * One session with one token, logged in with exactly one C_Login, and closed whatever happens.
 * @throws AppError token.absent; token.pin-incorrect or token.pin-locked with what the token says about tries
 */
export function loggedIn<T>(module: Pkcs11Module, serialNumber: string, pin: Uint8Array, act: (session: Pkcs11Session) => T): T {
  return withSession(module, serialNumber, (session, slot) => {
    tryingPin(module, slot, () => session.login('user', pin));
    return act(session);
  });
}

/** One session with one token in which nobody is logged in, closed whatever happens. @throws AppError token.absent */
export function withSession<T>(module: Pkcs11Module, serialNumber: string, act: (session: Pkcs11Session, slot: Slot) => T): T {
  const slot = slotOf(module, serialNumber);
  const session = module.openSession(slot, 'read-write');
  try {
    return act(session, slot);
  } finally {
    closeQuietly(session);
  }
}

/** One try of the user's PIN. @throws AppError with what the token says about tries, where it was wrong */
export const tryingPin = (module: Pkcs11Module, slot: Slot, attempt: () => void): void =>
  trying(attempt, (isLocked) => wrongPin(isLocked ? 'locked' : pinStatus(module.token(slot))));

/** One try of the security officer's. @throws AppError with what the token says about tries, where it was wrong */
export const tryingUnlockCode = (module: Pkcs11Module, slot: Slot, attempt: () => void): void =>
  trying(attempt, (isLocked) => wrongUnlockCode(isLocked ? 'locked' : unlockCodeStatus(module.token(slot))));

function trying(attempt: () => void, wrong: (isLocked: boolean) => AppError): void {
  try {
    attempt();
  } catch (error) {
    const code = error instanceof AppError ? error.code : undefined;
    throw code === 'token.pin-incorrect' || code === 'token.pin-locked' ? wrong(code === 'token.pin-locked') : error;
  }
}

/** A token that was pulled out has closed its sessions by itself. */
export function closeQuietly(session: Pkcs11Session): void {
  try {
    session.close();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
