import { hexDecode } from '../encoding/hex.ts';
import { AppError } from '../errors.ts';
import type { BlockCipher, PasswordPrimitives } from '../pfx/password-primitives.ts';

/** How a key in PEM is encrypted by the old way of OpenSSL (RFC 1421 section 4.6.1.3 in form): one round of MD5, no authentication. */
export interface PemEncryption {
  /** As in the file: `AES-256-CBC`. */
  readonly name: string;
  readonly cipher: BlockCipher;
  readonly keyLength: number;
  /** Its first eight octets are the salt too. */
  readonly iv: Uint8Array;
}

const ciphers: Readonly<Record<string, Pick<PemEncryption, 'cipher' | 'keyLength'> & { readonly ivLength: number }>> = {
  'DES-EDE3-CBC': { cipher: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
  'AES-128-CBC': { cipher: 'aes-128-cbc', keyLength: 16, ivLength: 16 },
  'AES-192-CBC': { cipher: 'aes-192-cbc', keyLength: 24, ivLength: 16 },
  'AES-256-CBC': { cipher: 'aes-256-cbc', keyLength: 32, ivLength: 16 },
};

/** By the header lines of a PEM block; undefined where it is not encrypted like this. @throws AppError input.malformed-pem; unsupported for another cipher */
export function pemEncryptionOf(headers: readonly string[]): PemEncryption | undefined {
  if (!headers.some((header) => /^Proc-Type:.*ENCRYPTED/.test(header))) return undefined;
  const [, name = '', digits = ''] =
    headers.map((header) => /^DEK-Info:\s*([A-Za-z0-9-]+),\s*([0-9A-Fa-f]+)\s*$/.exec(header)).find(Boolean) ?? [];
  const known = ciphers[name.toUpperCase()];
  if (known === undefined && name !== '')
    throw new AppError('unsupported', 'This key is encrypted with a cipher nobody uses any more.', { what: name });
  const iv = hexDecode(digits.toLowerCase());
  if (known === undefined || iv?.length !== known.ivLength)
    throw new AppError('input.malformed-pem', 'This PEM text does not say how it is encrypted.', { what: 'a DEK-Info header', line: 1 });
  return { name: name.toUpperCase(), cipher: known.cipher, keyLength: known.keyLength, iv };
}

/** The plaintext under one password; undefined where its padding says that it is another. */
export function decryptPem(
  { cipher, keyLength, iv }: PemEncryption,
  ciphertext: Uint8Array,
  password: Uint8Array,
  { md5, decryptCbc }: Pick<PasswordPrimitives, 'md5' | 'decryptCbc'>,
): Uint8Array | undefined {
  const key = new Uint8Array(48);
  for (let at = 0, last: Uint8Array = new Uint8Array(0); at < keyLength; at += last.length) {
    last = md5(Uint8Array.from([...last, ...password, ...iv.subarray(0, 8)]));
    key.set(last, at);
  }
  try {
    return decryptCbc(cipher, key.subarray(0, keyLength), iv, ciphertext);
  } finally {
    key.fill(0);
  }
}
