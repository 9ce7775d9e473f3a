import { octetString, sequence } from '../asn1/der-writer.ts';
import { encodePem } from '../encoding/pem.ts';
import type { PasswordEncrypted } from './password-encryption.ts';
import { encryptPbes2 } from './pbes2.ts';
import { requirePortablePassword } from './portable-password.ts';
import type { Pbes2Primitives } from './primitives.ts';

/** PBKDF2 alone protects the file, so it costs what is advised for passwords people choose (600,000, HMAC-SHA-256). */
const iterations = 600_000;

/** EncryptedPrivateKeyInfo (RFC 5958 section 3), DER, from an encrypted PrivateKeyInfo. */
export const encryptedPrivateKeyInfo = ({ algorithm, ciphertext }: PasswordEncrypted): Uint8Array =>
  sequence(algorithm, octetString(ciphertext));

/**
 * A private key for export on its own: PBES2 with AES-256-CBC in PEM, `ENCRYPTED PRIVATE KEY` (RFC 7468 section 11).
 * `pkcs8` and `password` stay the caller's to wipe.
 * @throws AppError input.empty, input.too-large, input.invalid for the password
 */
export async function encodeEncryptedPrivateKey(pkcs8: Uint8Array, password: Uint8Array, primitives: Pbes2Primitives): Promise<string> {
  requirePortablePassword(password);
  const encrypted = await encryptPbes2(pkcs8, { password, iterations, primitives });
  return encodePem('ENCRYPTED PRIVATE KEY', encryptedPrivateKeyInfo(encrypted));
}
