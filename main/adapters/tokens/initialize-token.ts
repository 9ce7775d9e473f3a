import { AppError } from '../../domain/errors.ts';
import type { TokenInitialization } from '../../ports/tokens.ts';
import type { Pkcs11Module } from '../../../native/pkcs11/index.ts';
import type { Slot } from '../../../native/pkcs11/token.ts';
import { slotOf, surveyTokens } from './survey-tokens.ts';

/**
 * Sets up a token that never was, and answers its serial number, which some have only from then on. One that is set up is
 * never touched. @throws AppError token.absent when none waits for it; conflict where another token goes by this label
 */
export function initializeToken(module: Pkcs11Module, { label, soPin, pin }: TokenInitialization): string {
  const before = new Set(surveyTokens(module).map(({ serialNumber }) => serialNumber));
  if (before.has(label)) throw new AppError('conflict', 'Another token of this driver has this label.', { what: 'token', id: label });
  module.initToken(freeSlot(module), soPin, label);
  const serialNumber = surveyTokens(module).find((token) => !before.has(token.serialNumber))?.serialNumber;
  if (serialNumber === undefined) throw new AppError('token.device-failed', 'The token did not become usable.', { label });
  setUserPin(module, slotOf(module, serialNumber), soPin, pin);
  return serialNumber;
}

function freeSlot(module: Pkcs11Module): Slot {
  const slot = module.slots('with-token').find((candidate) => !module.token(candidate).isInitialized);
  if (slot === undefined) throw new AppError('token.absent', 'No token that is still to be set up is there.');
  return slot;
}

function setUserPin(module: Pkcs11Module, slot: Slot, soPin: Uint8Array, pin: Uint8Array): void {
  const session = module.openSession(slot, 'read-write');
  try {
    session.login('so', soPin);
    session.initPin(pin);
  } finally {
    session.close();
  }
}
