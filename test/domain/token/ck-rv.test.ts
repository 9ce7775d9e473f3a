import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { errorOfReturnValue } from '../../../main/domain/token/ck-rv.ts';

/** The addon's own table of return values, taken from the PKCS #11 headers. */
const headers = createRequire(import.meta.url)('pkcs11js') as Readonly<Record<string, unknown>>;

const codes = {
  CKR_PIN_INCORRECT: 'token.pin-incorrect',
  CKR_PIN_LOCKED: 'token.pin-locked',
  CKR_PIN_LEN_RANGE: 'token.pin-refused',
  CKR_TOKEN_NOT_PRESENT: 'token.absent',
  CKR_DEVICE_REMOVED: 'token.removed',
  CKR_SESSION_HANDLE_INVALID: 'token.removed',
  CKR_USER_NOT_LOGGED_IN: 'token.login-required',
  CKR_MECHANISM_INVALID: 'token.mechanism-unsupported',
  CKR_DEVICE_MEMORY: 'token.full',
  CKR_TOKEN_WRITE_PROTECTED: 'token.read-only',
  CKR_DEVICE_ERROR: 'token.device-failed',
  CKR_KEY_UNEXTRACTABLE: 'unsupported',
  CKR_FUNCTION_REJECTED: 'cancelled',
} as const;

test.each(Object.entries(codes))('%s is %s, and carries its name', (name, code) => {
  const error = errorOfReturnValue(Number(headers[name]));
  expect({ code: error.code, details: error.details }).toEqual({ code, details: { returnValue: name } });
});

test('every value the table names has the name the headers give it', () => {
  const values = Object.entries(headers).filter(([name]) => name.startsWith('CKR_') && name !== 'CKR_OK');
  const named = values.filter(([, value]) => !String(errorOfReturnValue(Number(value)).details['returnValue']).startsWith('0x'));
  expect(named.length).toBeGreaterThan(55);
  for (const [name, value] of named) expect(errorOfReturnValue(Number(value)).details['returnValue']).toBe(name);
});

test('wrong padding and wrong length of encrypted data cannot be told apart but by the name in the log', () => {
  const [padding, length] = [errorOfReturnValue(0x40), errorOfReturnValue(0x41)];
  expect([padding.code, padding.message]).toEqual([length.code, length.message]);
});

test('a vendor value nobody knows is a failure of the device', () => {
  const { code, details } = errorOfReturnValue(0x80000001);
  expect({ code, details }).toEqual({ code: 'token.device-failed', details: { returnValue: '0x80000001' } });
});
