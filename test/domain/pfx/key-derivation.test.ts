import { expect, test } from 'vitest';
import { pfxPrimitives } from '../../../main/adapters/primitives/pfx.ts';
import { bmpPassword } from '../../../main/domain/pfx/bmp-password.ts';
import { derivePkcs12, type Derivation } from '../../../main/domain/pfx/key-derivation.ts';

const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');
const password = (text: string): Uint8Array => bmpPassword(Buffer.from(text, 'ascii'));
const derive = async (derivation: Derivation): Promise<string> =>
  Buffer.from(await derivePkcs12(derivation, pfxPrimitives)).toString('hex');

test('a password becomes a BMPString with two zero octets at the end', () => {
  expect(Buffer.from(password('Beavis')).toString('hex')).toBe('0042006500610076006900730000');
});

test('keys, initialisation vectors and MAC keys of SHA-1 are those of the published vectors', async () => {
  const smeg = { digest: 'sha1', bmpPassword: password('smeg'), salt: hex('0a58cf64530d823f'), iterations: 1 } as const;
  const queeg = { digest: 'sha1', bmpPassword: password('queeg'), salt: hex('05dec959acff72f7'), iterations: 1000 } as const;
  expect(await derive({ ...smeg, purpose: 1, length: 24 })).toBe('8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3');
  expect(await derive({ ...smeg, purpose: 2, length: 8 })).toBe('79993dfe048d3b76');
  expect(await derive({ ...queeg, purpose: 1, length: 24 })).toBe('ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4');
  expect(await derive({ ...queeg, purpose: 2, length: 8 })).toBe('11dedad7758d4860');
});

test('SHA-256 over several blocks of salt, password and output gives what openssl kdf PKCS12KDF gives', async () => {
  const long = {
    digest: 'sha256',
    bmpPassword: password('a password that is longer than one block of the digest'),
    salt: hex('000102030405060708090a0b0c0d0e0f101112'),
    iterations: 17,
  } as const;
  expect(await derive({ ...long, purpose: 3, length: 32 })).toBe('6df72c2616efb25bccbb622ec484183700ca33846646d10baec1dcfd74f689a3');
  expect(await derive({ ...long, purpose: 1, length: 100 })).toBe(
    '53bd2965b562d8f01d005e71e32a82fd7c477e229bd00ab023ba3c9394e8f8e167fdb8bdc5cb63df21439366a99c8c05' +
      '2744be1eec54bfd2004a76ade8a74857cb6b03baa8fcecb2154dfa6f227e814fffa8ca9cf609f074b69fe12bc1f96207616fb051',
  );
});
