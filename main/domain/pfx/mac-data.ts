import { integer, nullValue, octetString, oid, sequence } from '../asn1/der-writer.ts';
import type { PasswordProtection } from '../pkcs8/password-encryption.ts';
import { digestOid } from '../x509/oid.ts';
import { derivePkcs12, purpose } from './key-derivation.ts';
import { bmpPassword } from './bmp-password.ts';
import { digestOctets, type PfxDigest, type PfxPrimitives } from './primitives.ts';

/** MacData over the authenticated safe (RFC 7292 sections 4 and 5.1, appendix B.4). */
export async function encodeMacData(
  authenticatedSafe: Uint8Array,
  digest: PfxDigest,
  { password, iterations, primitives }: PasswordProtection<PfxPrimitives>,
): Promise<Uint8Array> {
  const length = digestOctets[digest];
  const salt = primitives.randomBytes(length);
  const bmp = bmpPassword(password);
  const key = await derivePkcs12({ digest, purpose: purpose.macKey, bmpPassword: bmp, salt, iterations, length }, primitives);
  const mac = primitives.hmac(digest, key, authenticatedSafe);
  for (const secret of [bmp, key]) secret.fill(0);
  const digestInfo = sequence(sequence(oid(digestOid[digest]), nullValue()), octetString(mac));
  return sequence(digestInfo, octetString(salt), integer(iterations));
}
