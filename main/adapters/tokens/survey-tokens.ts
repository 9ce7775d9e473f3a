import { AppError } from '../../domain/errors.ts';
import type { KeyAlgorithm } from '../../domain/key/algorithm.ts';
import type { PinStatus, UnlockCodeStatus } from '../../domain/token/pin-status.ts';
import type { Pkcs11Module } from '../../../native/pkcs11/index.ts';
import type { Slot, Token } from '../../../native/pkcs11/token.ts';
import { mechanismsOf, tokenAlgorithms } from './key-mechanisms.ts';
import type { ShownToken } from './module-protocol.ts';

/** Every initialised token the module shows; one that goes meanwhile is not there. */
export function surveyTokens(module: Pkcs11Module): ShownToken[] {
  return module.slots('with-token').flatMap((slot) => {
    const token = tokenIn(module, slot);
    return token?.isInitialized === true ? [describe(module, slot, token)] : [];
  });
}

/** @throws AppError token.absent */
export function slotOf(module: Pkcs11Module, serialNumber: string): Slot {
  const slot = module.slots('with-token').find((candidate) => tokenIn(module, candidate)?.serialNumber === serialNumber);
  if (slot === undefined) throw new AppError('token.absent', 'This token is not there any more.', { token: serialNumber });
  return slot;
}

export function pinStatus({ hasUserPin, userPin }: Token): PinStatus {
  if (!hasUserPin) return 'not-set';
  return userPin === 'ready' ? 'fine' : userPin;
}

export const unlockCodeStatus = ({ soPin }: Token): UnlockCodeStatus => (soPin === 'ready' ? 'fine' : soPin);

function tokenIn(module: Pkcs11Module, slot: Slot): Token | undefined {
  try {
    return module.token(slot);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'token.absent' || error.code === 'token.removed')) return undefined;
    throw error;
  }
}

function describe(module: Pkcs11Module, slot: Slot, token: Token): ShownToken {
  const { serialNumber, label, manufacturer, model } = token;
  const algorithms = token.isWriteProtected ? [] : algorithmsOf(module, slot);
  return {
    serialNumber,
    label,
    manufacturer,
    model,
    reader: slot.description,
    pin: pinStatus(token),
    pinLength: { minimum: token.minimumPinLength, maximum: token.maximumPinLength },
    unlockCode: unlockCodeStatus(token),
    tries: { pin: null, unlockCode: null },
    isUnlockCodeFactory: null,
    algorithms,
  };
}

function algorithmsOf(module: Pkcs11Module, slot: Slot): KeyAlgorithm[] {
  const has = new Set(module.mechanisms(slot));
  return tokenAlgorithms.filter((algorithm) => {
    const { generate, sign, bits } = mechanismsOf(algorithm);
    if (!has.has(generate) || !has.has(sign)) return false;
    const { minimum, maximum } = module.keySizes(slot, generate);
    return minimum <= bits && bits <= maximum;
  });
}
