import type { SlotInfo, TokenInfo } from 'pkcs11js';
import { slotFlag, tokenFlag } from './constants.ts';

export interface Slot {
  readonly handle: Buffer;
  readonly description: string;
  readonly manufacturer: string;
  readonly hasToken: boolean;
  readonly isRemovable: boolean;
}

/** How many tries a PIN has left, as far as PKCS #11 tells: read before asking for it, never after trying. */
export type PinState = 'ready' | 'count-low' | 'final-try' | 'locked';

export interface Token {
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly isInitialized: boolean;
  readonly isWriteProtected: boolean;
  readonly needsLogin: boolean;
  readonly hasUserPin: boolean;
  /** The PIN is typed at the reader, never here. */
  readonly hasPinPad: boolean;
  readonly userPin: PinState;
  readonly soPin: PinState;
  readonly minimumPinLength: number;
  readonly maximumPinLength: number;
}

/** Text fields are padded with blanks, and with zeros by some drivers. */
const unpadded = (text: string): string => text.replace(/[ \0]+$/, '');

export const slotOf = (handle: Buffer, info: SlotInfo): Slot => ({
  handle,
  description: unpadded(info.slotDescription),
  manufacturer: unpadded(info.manufacturerID),
  hasToken: (info.flags & slotFlag.tokenPresent) !== 0,
  isRemovable: (info.flags & slotFlag.removableDevice) !== 0,
});

export function tokenOf(info: TokenInfo): Token {
  const has = (flag: number): boolean => (info.flags & flag) !== 0;
  return {
    label: unpadded(info.label),
    manufacturer: unpadded(info.manufacturerID),
    model: unpadded(info.model),
    serialNumber: unpadded(info.serialNumber),
    isInitialized: has(tokenFlag.tokenInitialized),
    isWriteProtected: has(tokenFlag.writeProtected),
    needsLogin: has(tokenFlag.loginRequired),
    hasUserPin: has(tokenFlag.userPinInitialized),
    hasPinPad: has(tokenFlag.protectedAuthenticationPath),
    userPin: pinState(has(tokenFlag.userPinCountLow), has(tokenFlag.userPinFinalTry), has(tokenFlag.userPinLocked)),
    soPin: pinState(has(tokenFlag.soPinCountLow), has(tokenFlag.soPinFinalTry), has(tokenFlag.soPinLocked)),
    minimumPinLength: info.minPinLen,
    maximumPinLength: info.maxPinLen,
  };
}

function pinState(isCountLow: boolean, isFinalTry: boolean, isLocked: boolean): PinState {
  if (isLocked) return 'locked';
  if (isFinalTry) return 'final-try';
  return isCountLow ? 'count-low' : 'ready';
}
