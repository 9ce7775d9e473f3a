import { AppError } from '../../domain/errors.ts';
import type { KeyAlgorithm } from '../../domain/key/algorithm.ts';
import { abilitiesOf } from '../../domain/token/abilities.ts';
import type { PinStatus, UnlockCodeStatus } from '../../domain/token/pin-status.ts';
import { mechanismType } from '../../../native/pkcs11/constants.ts';
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

const isToken = (token: Token | undefined, serialNumber: string): boolean => token !== undefined && nameOf(token) === serialNumber;

/** The driver of TPMs gives all their tokens the same serial number, noughts: then it is the label that tells them apart. */
const nameOf = ({ serialNumber, label }: Token): string => (/^0*$/.test(serialNumber) ? label : serialNumber);

/** Where each token of a module was last: looking there first costs one call, looking through all slots a third of a signature. */
const lastSlots = new WeakMap<Pkcs11Module, Map<string, Slot>>();

/** @throws AppError token.absent */
export function slotOf(module: Pkcs11Module, serialNumber: string): Slot {
  const last = lastSlots.get(module) ?? new Map<string, Slot>();
  const isThere = (candidate: Slot): boolean => isToken(tokenIn(module, candidate), serialNumber);
  const before = last.get(serialNumber);
  if (before !== undefined && isThere(before)) return before;
  const slot = module.slots('with-token').find(isThere);
  if (slot !== undefined) lastSlots.set(module, last.set(serialNumber, slot));
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
  const { label, manufacturer, model } = token;
  const has = new Set(module.mechanisms(slot));
  const [decrypts, agrees] = [has.has(mechanismType.rsaPkcs), has.has(mechanismType.ecdh1Derive)];
  return {
    serialNumber: nameOf(token),
    label,
    manufacturer,
    model,
    reader: slot.description,
    pin: pinStatus(token),
    isPinTypedAtReader: token.hasPinPad,
    pinLength: { minimum: token.minimumPinLength, maximum: token.maximumPinLength },
    unlockCode: unlockCodeStatus(token),
    tries: { pin: null, unlockCode: null },
    isUnlockCodeFactory: null,
    isManagementKeyFactory: null,
    algorithms: token.isWriteProtected ? [] : algorithmsOf(module, slot, has),
    abilities: abilitiesOf({ description: module.info().description, decrypts, agrees }),
  };
}

function algorithmsOf(module: Pkcs11Module, slot: Slot, has: ReadonlySet<number>): KeyAlgorithm[] {
  return tokenAlgorithms.filter((algorithm) => {
    const { generate, sign, bits } = mechanismsOf(algorithm);
    if (!has.has(generate) || !has.has(sign)) return false;
    const { minimum, maximum } = module.keySizes(slot, generate);
    return minimum <= bits && bits <= maximum;
  });
}
