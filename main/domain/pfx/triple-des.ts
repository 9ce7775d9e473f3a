import { integer, octetString, oid, sequence } from '../asn1/der-writer.ts';
import type { PasswordEncryption } from '../pkcs8/password-encryption.ts';
import { bmpPassword } from './bmp-password.ts';
import { derivePkcs12, purpose } from './key-derivation.ts';
import type { PfxPrimitives } from './primitives.ts';

/** RFC 7292 appendix C. */
const pbeWithShaAnd3KeyTripleDesCbc = '1.2.840.113549.1.12.1.3';

/** pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292 appendix C): old, and all that old importers know. The salt has the 8 octets they want. */
export const encryptTripleDes: PasswordEncryption<PfxPrimitives> = async (plaintext, { password, iterations, primitives }) => {
  const salt = primitives.randomBytes(8);
  const bmp = bmpPassword(password);
  const derive = (id: (typeof purpose)[keyof typeof purpose], length: number) =>
    derivePkcs12({ digest: 'sha1', purpose: id, bmpPassword: bmp, salt, iterations, length }, primitives);
  const key = await derive(purpose.encryptionKey, 24);
  const iv = await derive(purpose.initialisationVector, 8);
  const ciphertext = primitives.encryptCbc('des-ede3-cbc', key, iv, plaintext);
  for (const secret of [bmp, key, iv]) secret.fill(0);
  const parameters = sequence(octetString(salt), integer(iterations));
  return { algorithm: sequence(oid(pbeWithShaAnd3KeyTripleDesCbc), parameters), ciphertext };
};
