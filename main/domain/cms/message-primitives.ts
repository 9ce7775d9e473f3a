import type { PasswordPrimitives, BlockCipher } from '../pfx/password-primitives.ts';
import type { PfxDigest } from '../pfx/primitives.ts';
import type { ContentPrimitives } from './content-primitives.ts';

export type WrapCipher = 'aes128' | 'aes192' | 'aes256' | 'tripleDes';
export type ContentCipher = 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc';
export type GcmCipher = 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm';

/** A private key (PrivateKeyInfo, DER) that opens messages. Where a token holds the key, the same two acts happen there. */
export interface DecryptionKey {
  /** Octets that are no key come out as other octets (implicit rejection), never as an error. */
  decryptPkcs1(encryptedKey: Uint8Array): Uint8Array | undefined;
  /** RSA alone, without looking at any padding: as many octets as the modulus has. */
  decryptRaw(encryptedKey: Uint8Array): Uint8Array | undefined;
  /** The shared secret with somebody's public key (SubjectPublicKeyInfo); undefined for one of another curve, or of small order. */
  agree(publicKeyInfo: Uint8Array): Uint8Array | undefined;
}

/** What reading and writing encrypted messages needs of cryptography. Trusted fully; no state. */
export interface MessagePrimitives extends PasswordPrimitives, ContentPrimitives {
  /** Undefined for a key the engine cannot take. */
  decryptionKey(pkcs8: Uint8Array): DecryptionKey | undefined;
  /** PrivateKeyInfo of a key in that form, or in a traditional one (RSAPrivateKey, ECPrivateKey); undefined for none. */
  privateKeyInfoOf(der: Uint8Array): Uint8Array | undefined;
  /** SubjectPublicKeyInfo of a PrivateKeyInfo. */
  publicKeyInfoOf(pkcs8: Uint8Array): Uint8Array | undefined;
  /** Undefined where the wrapped key was changed. */
  unwrapKey(cipher: WrapCipher, key: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined;
  /** CBC of whole blocks, no padding taken off. */
  decryptBlocks(cipher: BlockCipher, key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array;
  /** Undefined where the tag does not hold. */
  decryptGcm(request: GcmRequest): Uint8Array | undefined;
  /** As `decryptCbc`, piece by piece. */
  decipherCbc(cipher: ContentCipher, key: Uint8Array, iv: Uint8Array): ContentDecipher;
  /** As `decryptGcm`, piece by piece: what comes out before the end is not authenticated. */
  decipherGcm(request: Omit<GcmRequest, 'ciphertext'>): ContentDecipher;
  hkdf(digest: PfxDigest, secret: Uint8Array, info: Uint8Array, length: number): Uint8Array;
  randomBytes(length: number): Uint8Array;
}

/** Content on its way through a cipher. */
export interface ContentDecipher {
  update(piece: Uint8Array): Uint8Array;
  /** The rest; undefined where the padding or the tag does not hold. */
  finish(): Uint8Array | undefined;
}

export interface GcmRequest {
  readonly cipher: GcmCipher;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly additionalData: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** What writing messages needs beside: signing, and encrypting to a public key. */
export interface WritingPrimitives extends MessagePrimitives {
  /** The signature with a private key (PrivateKeyInfo); `digest` null for Ed25519. */
  sign(pkcs8: Uint8Array, digest: 'sha256' | 'sha384' | 'sha512' | null, data: Uint8Array): Uint8Array;
  encryptCbc(cipher: 'aes-256-cbc', key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Uint8Array;
  /** As `encryptCbc`, piece by piece. */
  encipherCbc(cipher: 'aes-256-cbc', key: Uint8Array, iv: Uint8Array): { update(piece: Uint8Array): Uint8Array; finish(): Uint8Array };
  encryptPkcs1(publicKeyInfo: Uint8Array, key: Uint8Array): Uint8Array;
  /** A fresh key pair on the curve of a public key: its own public half, and the secret it shares with that key. */
  agreeEphemeral(publicKeyInfo: Uint8Array): { readonly publicKeyInfo: Uint8Array; readonly secret: Uint8Array };
  wrapKey(key: Uint8Array, wrapped: Uint8Array): Uint8Array;
}
