import { integer, octetString, oid, sequence } from '../asn1/der-writer.ts';
import { isSameOctets } from '../encoding/octets.ts';
import type { PasswordEncryption } from '../pkcs8/password-encryption.ts';
import { bmpPassword } from './bmp-password.ts';
import { derivePkcs12, purpose, type Derivation } from './key-derivation.ts';
import type { PfxPrimitives } from './primitives.ts';

/** RFC 7292 appendix C. */
const pbeWithShaAnd3KeyTripleDesCbc = '1.2.840.113549.1.12.1.3';

/**
 * pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292 appendix C): old, and all that old importers know. The salt has the 8 octets they
 * want, and is one from which GnuPG derives the same key as everybody else.
 */
export const encryptTripleDes: PasswordEncryption<PfxPrimitives> = async (plaintext, { password, iterations, primitives }) => {
  const bmp = bmpPassword(password);
  const { salt, key, iv } = await keyForAll({ bmpPassword: bmp, iterations }, primitives);
  const ciphertext = primitives.encryptCbc('des-ede3-cbc', key, iv, plaintext);
  for (const secret of [bmp, key, iv]) secret.fill(0);
  const parameters = sequence(octetString(salt), integer(iterations));
  return { algorithm: sequence(oid(pbeWithShaAnd3KeyTripleDesCbc), parameters), ciphertext };
};

/** Draws salts, one in nearly all cases, until both ways of writing sums give one key. */
async function keyForAll(from: Pick<Derivation, 'bmpPassword' | 'iterations'>, primitives: PfxPrimitives) {
  for (;;) {
    const salt = primitives.randomBytes(8);
    const forKey = { ...from, salt, digest: 'sha1', purpose: purpose.encryptionKey, length: 24 } as const;
    const key = await derivePkcs12(forKey, primitives);
    const gnupgKey = await derivePkcs12(forKey, primitives, 'shortened');
    const isForAll = isSameOctets(key, gnupgKey);
    gnupgKey.fill(0);
    if (isForAll) return { salt, key, iv: await derivePkcs12({ ...forKey, purpose: purpose.initialisationVector, length: 8 }, primitives) };
    key.fill(0);
  }
}
