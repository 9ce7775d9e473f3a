import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { DerCursor, readDer } from '../../domain/asn1/der-reader.ts';
import { tag } from '../../domain/asn1/der-writer.ts';
import { AppError } from '../../domain/errors.ts';
import type { KeyPair } from '../../ports/key-pairs.ts';

const largestFile = 64 * 1024;

/** A pair from the file of a private key, through OpenSSL: see `KeyPairs.open`. */
export function openKeyFile(file: Uint8Array, password: Uint8Array | undefined): KeyPair {
  if (file.length > largestFile) throw new AppError('input.too-large', 'This file is too large for a key.', { limit: '64 KiB' });
  const key = readKey(Buffer.from(file.buffer, file.byteOffset, file.length), password);
  return {
    pkcs8: key.export({ format: 'der', type: 'pkcs8' }),
    subjectPublicKeyInfo: createPublicKey(key).export({ format: 'der', type: 'spki' }),
  };
}

function readKey(file: Buffer, password: Uint8Array | undefined): KeyObject {
  const passphrase = password === undefined ? {} : { passphrase: Buffer.from(password.buffer, password.byteOffset, password.length) };
  if (file.includes('-----BEGIN ')) return reading(() => createPrivateKey({ key: file, format: 'pem', ...passphrase }));
  if (isEncrypted(file)) return readingEncrypted(() => createPrivateKey({ key: file, format: 'der', type: 'pkcs8', ...passphrase }));
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    try {
      return createPrivateKey({ key: file, format: 'der', type, ...passphrase });
    } catch {
      /* The next form, and the last word below. */
    }
  }
  throw new AppError('input.invalid', 'This is no private key, or it is encrypted under another password.', { field: 'key' });
}

/** EncryptedPrivateKeyInfo begins with an algorithm, every other form of key with its version. */
function isEncrypted(file: Buffer): boolean {
  try {
    return new DerCursor(readDer(file)).nextTag === tag.sequence;
  } catch {
    return false;
  }
}

/** Whatever comes out of octets decrypted with a wrong password, it is no key. */
function readingEncrypted(read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch {
    throw new AppError('input.wrong-password', 'This key does not open with this password.');
  }
}

/** OpenSSL's own words could hold octets of the file: they are left behind. */
function reading(read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (isAboutPassword(code)) throw new AppError('input.wrong-password', 'This key does not open with this password.');
    throw new AppError('input.invalid', 'This is no private key.', { field: 'key' });
  }
}

const isAboutPassword = (code: string): boolean => code === 'ERR_MISSING_PASSPHRASE' || /DECRYPT|PASS/.test(code);
