import { expect, test } from 'vitest';
import { AppError } from '../../../main/domain/errors.ts';
import { requireUsablePin, wrongPin, type PinStatus } from '../../../main/domain/token/pin-status.ts';

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
