import { integer, nullValue, octetString, oid, sequence } from '../asn1/der-writer.ts';
import { contentEncryptionOid } from '../x509/oid.ts';
import type { PasswordEncryption } from './password-encryption.ts';

/** RFC 8018 appendix A. */
const pbes2Oid = { pbes2: '1.2.840.113549.1.5.13', pbkdf2: '1.2.840.113549.1.5.12', hmacWithSha256: '1.2.840.113549.2.9' } as const;

/** PBES2 with PBKDF2, HMAC-SHA-256 and AES-256-CBC (RFC 8018 section 6.2, appendix A). */
export const encryptPbes2: PasswordEncryption = async (plaintext, { password, iterations, primitives }) => {
  const [salt, iv] = [primitives.randomBytes(16), primitives.randomBytes(16)];
  const key = await primitives.pbkdf2({ digest: 'sha256', password, salt, iterations, length: 32 });
  const ciphertext = primitives.encryptCbc('aes-256-cbc', key, iv, plaintext);
  key.fill(0);
  const prf = sequence(oid(pbes2Oid.hmacWithSha256), nullValue());
  const kdf = sequence(oid(pbes2Oid.pbkdf2), sequence(octetString(salt), integer(iterations), prf));
  const scheme = sequence(oid(contentEncryptionOid.aes256Cbc), octetString(iv));
  return { algorithm: sequence(oid(pbes2Oid.pbes2), sequence(kdf, scheme)), ciphertext };
};
