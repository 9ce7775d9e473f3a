import { AppError } from '../errors.ts';

/** What a token tells about the tries its user's PIN has left (CKF_USER_PIN_*, PKCS #11 v3.1 section 3.2): words, never a number. */
export type PinStatus = 'fine' | 'count-low' | 'final-try' | 'locked' | 'not-set';

/** The same of the unlock code: the security officer's PIN (CKF_SO_PIN_*), or the PUK in its place. */
export type UnlockCodeStatus = Exclude<PinStatus, 'not-set'>;

/**
 * Whether an unlock code may be tried, asked before it is.
 * @throws AppError token.unlock-code-locked, token.unlock-code-final-try
 */
export function requireUsableUnlockCode(unlockCode: UnlockCodeStatus, isFinalTryAccepted: boolean): void {
  if (unlockCode === 'locked') throw new AppError('token.unlock-code-locked', 'The unlock code of the token is locked.', { unlockCode });
  if (unlockCode === 'final-try' && !isFinalTryAccepted)
    throw new AppError('token.unlock-code-final-try', 'One more wrong unlock code locks it; nothing was tried.', { unlockCode });
}

/** Tries that a card has by its own count; null where it does not tell. */
export interface TriesLeft {
  readonly pin: number | null;
  readonly unlockCode: number | null;
}

/** What a card gives without being told otherwise (NIST SP 800-73-4). */
const usualTries = 3;

/** An exact count in the words of PKCS #11. */
export function triesStatus(left: number): UnlockCodeStatus {
  if (left === 0) return 'locked';
  if (left === 1) return 'final-try';
  return left < usualTries ? 'count-low' : 'fine';
}

/** The error after a wrong unlock code: what the token says about tries in details {unlockCode}, and {left} where it counts them. */
export function wrongUnlockCode(unlockCode: UnlockCodeStatus, left?: number): AppError {
  const [code, message] =
    unlockCode === 'locked'
      ? (['token.unlock-code-locked', 'The unlock code was not right, and the token has locked it.'] as const)
      : (['token.unlock-code-incorrect', 'The unlock code is not right.'] as const);
  return new AppError(code, message, { unlockCode, ...counted(left) });
}

const counted = (left: number | undefined) => (left === undefined ? {} : { left });

/**
 * Whether a PIN may be tried, asked before it is: a locked one is never tried, the last try only by somebody who was told.
 * @throws AppError token.pin-locked, token.pin-not-set, token.pin-final-try
 */
export function requireUsablePin(pin: PinStatus, isFinalTryAccepted: boolean): void {
  if (pin === 'locked') throw new AppError('token.pin-locked', 'The PIN of the token is locked.', { pin });
  if (pin === 'not-set') throw new AppError('token.pin-not-set', 'The token has no PIN yet.', { pin });
  if (pin === 'final-try' && !isFinalTryAccepted)
    throw new AppError('token.pin-final-try', 'One more wrong PIN locks the token; nothing was tried.', { pin });
}

const afterWrongPin: Readonly<Record<PinStatus, string>> = {
  fine: 'The PIN is not right.',
  'count-low': 'The PIN is not right, and the token says that few tries are left.',
  'final-try': 'The PIN is not right, and the token says that one more wrong one locks it.',
  locked: 'The PIN was not right, and the token has locked itself.',
  'not-set': 'The token has no PIN yet.',
};

/** The error after a wrong PIN: what the token says about tries in details {pin}, {left} where it counts them, and in the sentence. */
export function wrongPin(pin: PinStatus, left?: number): AppError {
  return new AppError(pin === 'locked' ? 'token.pin-locked' : 'token.pin-incorrect', afterWrongPin[pin], { pin, ...counted(left) });
}
