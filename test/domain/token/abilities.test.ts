import { expect, test } from 'vitest';
import { abilitiesOf, requireOpeningKeyFits } from '../../../main/domain/token/abilities.ts';

const softHsm = abilitiesOf({ description: 'Implementation of PKCS11', decrypts: true, agrees: true });
const yubiKey = abilitiesOf({ description: 'PKCS#11 PIV Library (SP-800-73)', decrypts: true, agrees: true });
const tpm = abilitiesOf({ description: 'TPM2.0 Cryptoki', decrypts: true, agrees: false });

const fault = (act: () => void): unknown => {
  try {
    act();
    return 'none';
  } catch (error) {
    return error;
  }
};

test('a TPM is told from a card by its driver, a PIV card by who makes keys on it, and what opens mail by what the driver offers', () => {
  expect(softHsm).toEqual({ kind: 'card', opens: ['rsa', 'ec'], takesKeys: true, keysBy: 'pin' });
  expect(yubiKey).toEqual({ kind: 'card', opens: ['rsa', 'ec'], takesKeys: true, keysBy: 'management-key' });
  expect(tpm).toEqual({ kind: 'tpm', opens: ['rsa'], takesKeys: false, keysBy: 'pin' });
});

test('a key that opens mail is refused where nothing could open with it, or where no key is taken', () => {
  expect(fault(() => requireOpeningKeyFits(softHsm, 'p256'))).toBe('none');
  expect(fault(() => requireOpeningKeyFits(softHsm, 'rsa-3072'))).toBe('none');
  expect(fault(() => requireOpeningKeyFits(tpm, 'p384'))).toMatchObject({
    code: 'token.mechanism-unsupported',
    details: { offered: ['rsa'] },
  });
  expect(fault(() => requireOpeningKeyFits(tpm, 'rsa-2048'))).toMatchObject({ code: 'token.takes-no-keys' });
});
