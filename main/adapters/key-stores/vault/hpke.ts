import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { fixedOctets } from '../../../domain/encoding/octets.ts';
import { AppError } from '../../../domain/errors.ts';
import { importPrivateKey, importPublicKey, type KeyPair } from './x25519.ts';

/** DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180 section 7), base mode. */
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

export interface HpkeSealed {
  /** The encapsulated key, 32 octets. */
  readonly enc: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/**
 * Seals to a public half (raw, 32 octets) in one message (RFC 9180 section 6.1), `info` empty.
 * @throws AppError store.corrupt for a public half nothing can be sealed to (wrong length, small order)
 */
export async function hpkeSeal(publicKey: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Promise<HpkeSealed> {
  const recipientPublicKey = publicCryptoKey(publicKey);
  // The library copies a view and leaves the copy behind; a whole ArrayBuffer it takes as it is.
  const copy = fixedOctets(plaintext.length);
  copy.set(plaintext);
  try {
    const { enc, ct } = await suite.seal({ recipientPublicKey }, copy.buffer, aad);
    return { enc: new Uint8Array(enc), ciphertext: new Uint8Array(ct) };
  } catch (cause) {
    throw new AppError('store.corrupt', 'A public key of the vault cannot be used.', { what: 'public key' }, { cause });
  } finally {
    copy.fill(0);
  }
}

/**
 * The plaintext, owned by the caller; undefined when key, data or binding is not the one it was sealed with.
 * The private half goes in as a key that cannot be exported, beside its public half: given alone, the library would
 * export it as JWK, a string nobody can wipe.
 */
export async function hpkeOpen(pair: KeyPair, sealed: HpkeSealed, aad: Uint8Array): Promise<Buffer | undefined> {
  const recipientKey = {
    publicKey: publicCryptoKey(pair.publicKey),
    privateKey: importPrivateKey(pair.privateKey).toCryptoKey('X25519', false, ['deriveBits']),
  };
  try {
    return Buffer.from(await suite.open({ recipientKey, enc: sealed.enc }, sealed.ciphertext, aad));
  } catch {
    return undefined;
  }
}

const publicCryptoKey = (raw: Uint8Array) => importPublicKey(raw).toCryptoKey('X25519', true, []);
