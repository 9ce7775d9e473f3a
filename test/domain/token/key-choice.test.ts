import { expect, test } from 'vitest';
import { chooseKeys } from '../../../main/domain/token/key-choice.ts';

const refused = expect.objectContaining({ code: 'token.mechanism-unsupported' }) as unknown;

test('the key on the token is of the practice’s usual kind if the token offers it, else of the first it offers', () => {
  expect(chooseKeys(undefined, 'rsa-3072', ['p256', 'rsa-2048', 'rsa-3072'])).toEqual({ signing: 'rsa-3072', decryption: 'rsa-3072' });
  expect(chooseKeys(undefined, 'rsa-3072', ['p256', 'rsa-2048'])).toEqual({ signing: 'p256', decryption: 'rsa-3072' });
});

test('what is asked for holds for both keys where it can decrypt, and is never replaced on the token', () => {
  expect(chooseKeys('p384', 'rsa-3072', ['p256', 'p384'])).toEqual({ signing: 'p384', decryption: 'p384' });
  expect(chooseKeys('ed25519', 'rsa-3072', ['ed25519'])).toEqual({ signing: 'ed25519', decryption: 'rsa-3072' });
  expect(() => chooseKeys('rsa-4096', 'p256', ['p256'])).toThrow(refused);
});

test('a token that makes no keys is refused', () => {
  expect(() => chooseKeys(undefined, 'p256', [])).toThrow(refused);
});
