import { expect, test } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import {
  requireUsablePin,
  requireUsableUnlockCode,
  wrongPin,
  wrongUnlockCode,
  type PinStatus,
} from '../../../main/domain/token/pin-status.ts';

function refusal(pin: PinStatus, isFinalTryAccepted: boolean): string {
  try {
    requireUsablePin(pin, isFinalTryAccepted);
    return 'may be tried';
  } catch (error) {
    return error instanceof AppError ? error.code : 'another error';
  }
}

test('a PIN is tried unless it is locked or not set', () => {
  for (const isFinalTryAccepted of [true, false]) {
    expect(refusal('fine', isFinalTryAccepted)).toBe('may be tried');
    expect(refusal('count-low', isFinalTryAccepted)).toBe('may be tried');
    expect(refusal('locked', isFinalTryAccepted)).toBe('token.pin-locked');
    expect(refusal('not-set', isFinalTryAccepted)).toBe('token.pin-not-set');
  }
});

test('the last try is taken only by somebody who was told that it is the last', () => {
  expect(refusal('final-try', false)).toBe('token.pin-final-try');
  expect(refusal('final-try', true)).toBe('may be tried');
});

test('after a wrong PIN the error says what the token says about tries, and when it has locked itself', () => {
  expect(wrongPin('fine')).toMatchObject({ code: 'token.pin-incorrect', details: { pin: 'fine' } });
  expect(wrongPin('count-low')).toMatchObject({ code: 'token.pin-incorrect', details: { pin: 'count-low' } });
  expect(wrongPin('final-try').message).toContain('one more wrong one locks it');
  expect(wrongPin('locked')).toMatchObject({ code: 'token.pin-locked', details: { pin: 'locked' } });
});

test('an unlock code is tried while it may be, and its last try only by somebody who was told', () => {
  expect(() => requireUsableUnlockCode('count-low', false)).not.toThrow();
  expect(() => requireUsableUnlockCode('final-try', true)).not.toThrow();
  expect(() => requireUsableUnlockCode('final-try', false)).toThrow(expect.objectContaining({ code: 'token.unlock-code-final-try' }));
  expect(() => requireUsableUnlockCode('locked', true)).toThrow(expect.objectContaining({ code: 'token.unlock-code-locked' }));
});

test('after a wrong unlock code the error says what is left', () => {
  expect(wrongUnlockCode('final-try')).toMatchObject({ code: 'token.unlock-code-incorrect', details: { unlockCode: 'final-try' } });
  expect(wrongUnlockCode('locked')).toMatchObject({ code: 'token.unlock-code-locked' });
});
