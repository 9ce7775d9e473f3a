import { hexEncode } from '../encoding/hex.ts';
import { utf8Encode } from '../encoding/utf8.ts';
import type { SignaturePrimitives } from '../x509/signature-primitives.ts';
import type { SubjectPublicKeyInfo } from '../x509/read-public-key.ts';
import { rsaPublicKeyInfo } from './subject-public-key-info.ts';

type Digest = SignaturePrimitives['digest'];
type PublicKey = Pick<SubjectPublicKeyInfo, 'der' | 'rsa'>;

/** SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal. */
const spkiFingerprint = ({ der }: PublicKey, digest: Digest): string => hexEncode(digest('sha256', der));

/**
 * The names under which a list of compromised keys may have a key: its fingerprint, and of RSA the end of the SHA-1 that Debian's
 * openssl-blacklist goes by, over the modulus as `openssl rsa -modulus` prints it.
 */
export function listedNames(key: PublicKey, digest: Digest): readonly string[] {
  const spki = spkiFingerprint(key, digest);
  if (key.rsa === undefined) return [spki];
  const modulus = hexEncode(key.rsa.modulus).toUpperCase();
  return [spki, hexEncode(digest('sha1', utf8Encode(`Modulus=${modulus}\n`))).slice(20)];
}

/** The fingerprint an RSA key would have with the usual exponent; undefined for one that has it, and for other keys. */
export function usualTwin({ rsa }: PublicKey, digest: Digest): string | undefined {
  if (rsa === undefined || hexEncode(rsa.publicExponent) === '010001') return undefined;
  return hexEncode(digest('sha256', rsaPublicKeyInfo(rsa.modulus, Uint8Array.of(1, 0, 1))));
}
