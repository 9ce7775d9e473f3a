import { DerCursor, malformed } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readSmallInteger } from '../asn1/read-value.ts';
import { AppError } from '../errors.ts';
import { ciphers } from '../inspect/oid-names.ts';
import { readRc2Parameters } from '../pfx/password-decryption.ts';
import { decryptRc2Cbc } from '../pfx/rc2.ts';
import type { AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { nameOfOid } from '../x509/oid.ts';
import type { ContentCipher, ContentDecipher, GcmCipher, MessagePrimitives } from './message-primitives.ts';
import type { EnvelopedData } from './read-enveloped-data.ts';

/** How the content of one message opens. */
export interface OpenCipher {
  readonly keyLength: number;
  /** Of a short message. */
  decrypt(key: Uint8Array, ciphertext: Uint8Array, primitives: MessagePrimitives): Uint8Array | undefined;
  /** Of a long one, piece by piece: good only when the end is. Undefined for a cipher that nobody uses for long ones. */
  decipher(key: Uint8Array, primitives: MessagePrimitives): ContentDecipher | undefined;
}

const cbcCiphers = new Map<string, { readonly cipher: ContentCipher; readonly keyLength: number; readonly ivLength: number }>([
  [ciphers['aes128-CBC'], { cipher: 'aes-128-cbc', keyLength: 16, ivLength: 16 }],
  [ciphers['aes192-CBC'], { cipher: 'aes-192-cbc', keyLength: 24, ivLength: 16 }],
  [ciphers['aes256-CBC'], { cipher: 'aes-256-cbc', keyLength: 32, ivLength: 16 }],
  [ciphers['des-ede3-cbc'], { cipher: 'des-ede3-cbc', keyLength: 24, ivLength: 8 }],
]);

const gcmCiphers = new Map<string, { readonly cipher: GcmCipher; readonly keyLength: number }>([
  [ciphers['aes128-GCM'], { cipher: 'aes-128-gcm', keyLength: 16 }],
  [ciphers['aes192-GCM'], { cipher: 'aes-192-gcm', keyLength: 24 }],
  [ciphers['aes256-GCM'], { cipher: 'aes-256-gcm', keyLength: 32 }],
]);

/**
 * The cipher an EnvelopedData or AuthEnvelopedData names, with its parameters (RFC 3370, RFC 3565, RFC 5084).
 * @throws AppError input.unsupported-algorithm, input.malformed-der: all of it known before a key is touched
 */
export function contentCipher(data: EnvelopedData): OpenCipher {
  return data.authentication === undefined ? cbcCipher(data) : gcmCipher(data, data.authentication);
}

function cbcCipher({ algorithm }: EnvelopedData): OpenCipher {
  if (algorithm.oid === ciphers['rc2-cbc']) return rc2Cipher(algorithm);
  const known = cbcCiphers.get(algorithm.oid);
  if (known === undefined) throw unsupported(nameOfOid(ciphers, algorithm.oid));
  const { cipher, keyLength, ivLength } = known;
  const iv = algorithm.parameters;
  if (iv?.tag !== tag.octetString || iv.length !== ivLength)
    throw malformed('an initialisation vector of the wrong length', iv?.offset ?? 0);
  return {
    keyLength,
    decrypt: (key, ciphertext, primitives) => primitives.decryptCbc(cipher, key, iv.content, ciphertext),
    decipher: (key, primitives) => primitives.decipherCbc(cipher, key, iv.content),
  };
}

/** Mail of the last century. */
function rc2Cipher(algorithm: AlgorithmIdentifier): OpenCipher {
  const { bits, iv } = readRc2Parameters(algorithm);
  return { keyLength: bits / 8, decrypt: (key, ciphertext) => decryptRc2Cbc(key, bits, iv, ciphertext), decipher: () => undefined };
}

/** GCMParameters (RFC 5084 section 3.2): a nonce, and how long the tag is. */
function gcmCipher(
  { algorithm }: EnvelopedData,
  { additionalData, tag: authenticationTag }: NonNullable<EnvelopedData['authentication']>,
): OpenCipher {
  const known = gcmCiphers.get(algorithm.oid);
  if (known === undefined) throw unsupported(nameOfOid(ciphers, algorithm.oid));
  if (algorithm.parameters?.tag !== tag.sequence) throw malformed('GCM without its parameters', 0);
  const cursor = new DerCursor(algorithm.parameters);
  const nonce = cursor.next(tag.octetString);
  const lengthNode = cursor.optional(tag.integer);
  cursor.finish();
  const tagLength = lengthNode === undefined ? 12 : readSmallInteger(lengthNode);
  if (tagLength < 12 || tagLength > 16 || authenticationTag.length !== tagLength || nonce.length === 0 || nonce.length > 64)
    throw malformed('a nonce or tag of the wrong length', nonce.offset);
  const request = { cipher: known.cipher, nonce: nonce.content, additionalData, tag: authenticationTag };
  return {
    keyLength: known.keyLength,
    decrypt: (key, ciphertext, primitives) => primitives.decryptGcm({ ...request, key, ciphertext }),
    decipher: (key, primitives) => primitives.decipherGcm({ ...request, key }),
  };
}

const unsupported = (algorithm: string): AppError =>
  new AppError('input.unsupported-algorithm', 'Content encrypted in this way is not read here.', { algorithm });
