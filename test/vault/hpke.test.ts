import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { expect, test } from 'vitest';
import { hpkeOpen, hpkeSeal } from '../../main/adapters/key-stores/vault/hpke.ts';
import { generateKeyPair, importPrivateKey, importPublicKey } from '../../main/adapters/key-stores/vault/x25519.ts';
import vectors from '../vectors/hpke/base-mode.json' with { type: 'json' };
import { flipped, octets, refusalCode } from './support.ts';

const vector = vectors['rfc9180-a.1.1'];
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const cryptoKeyPair = (privateKey: string, publicKey: string) => ({
  privateKey: importPrivateKey(hex(privateKey)).toCryptoKey('X25519', true, ['deriveBits']),
  publicKey: importPublicKey(hex(publicKey)).toCryptoKey('X25519', true, []),
});
const aad = octets('ids this belongs to');

test('the HPKE library opens and makes the ciphertext of RFC 9180 appendix A.1.1', async () => {
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
  const recipientKey = cryptoKeyPair(vector.privateKey, vector.publicKey);
  const info = hex(vector.info);
  const opened = await suite.open({ recipientKey, enc: hex(vector.enc), info }, hex(vector.ciphertext), hex(vector.aad));
  expect(Buffer.from(opened).toString('hex')).toBe(vector.plaintext);

  const ekm = cryptoKeyPair(vector.ephemeralPrivateKey, vector.enc);
  const sealed = await suite.seal({ recipientPublicKey: recipientKey.publicKey, info, ekm }, hex(vector.plaintext), hex(vector.aad));
  expect(Buffer.from(sealed.enc).toString('hex')).toBe(vector.enc);
  expect(Buffer.from(sealed.ct).toString('hex')).toBe(vector.ciphertext);
});

test('what is sealed to a public half opens with its private half', async () => {
  const pair = generateKeyPair();
  const sealed = await hpkeSeal(pair.publicKey, octets('sealed'), aad);
  expect((await hpkeOpen(pair, sealed, aad))?.toString()).toBe('sealed');
});

test('it opens with no other key, no other binding and no altered octet', async () => {
  const pair = generateKeyPair();
  const sealed = await hpkeSeal(pair.publicKey, octets('sealed'), aad);
  expect(await hpkeOpen(generateKeyPair(), sealed, aad)).toBeUndefined();
  expect(await hpkeOpen(pair, sealed, octets('other ids'))).toBeUndefined();
  expect(await hpkeOpen(pair, { ...sealed, ciphertext: flipped(sealed.ciphertext, 0) }, aad)).toBeUndefined();
  expect(await hpkeOpen(pair, { ...sealed, enc: flipped(sealed.enc, 0) }, aad)).toBeUndefined();
  expect(await hpkeOpen(pair, { ...sealed, enc: sealed.enc.subarray(1) }, aad)).toBeUndefined();
});

test('nothing is sealed to octets that are no public half', async () => {
  expect(await refusalCode(() => hpkeSeal(new Uint8Array(31), octets('sealed'), aad))).toBe('store.corrupt');
  expect(await refusalCode(() => hpkeSeal(new Uint8Array(32), octets('sealed'), aad))).toBe('store.corrupt');
});
