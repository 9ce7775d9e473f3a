import { AppError } from '../domain/errors.ts';
import { familyOf } from '../domain/key/algorithm.ts';
import { keyAlgorithmOf } from '../domain/key/subject-public-key-info.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';

/** What only the private half of a key makes `expected` of. */
export interface OpeningChallenge {
  /** A ciphertext (PKCS #1 v1.5) for an RSA key, a fresh point of its curve (uncompressed) for an EC key. */
  readonly challenge: Uint8Array;
  readonly expected: Uint8Array;
}

const randomOctets = 32;
const pointLengths: Readonly<Record<string, number>> = { p256: 65, p384: 97, p521: 133 };

/** For a public key (SubjectPublicKeyInfo, DER). @throws AppError input.unsupported-algorithm for one that opens nothing */
export function openingChallenge(
  { encryptPkcs1, agreeEphemeral, randomBytes }: Pick<ToolPrimitives, 'encryptPkcs1' | 'agreeEphemeral' | 'randomBytes'>,
  subjectPublicKeyInfo: Uint8Array,
): OpeningChallenge {
  const algorithm = keyAlgorithmOf(subjectPublicKeyInfo);
  if (algorithm !== undefined && familyOf(algorithm) === 'rsa') {
    const expected = randomBytes(randomOctets);
    return { challenge: encryptPkcs1(subjectPublicKeyInfo, expected), expected };
  }
  const length = pointLengths[algorithm ?? ''];
  if (length === undefined)
    throw new AppError('input.unsupported-algorithm', 'A key of this kind opens nothing.', { algorithm: algorithm ?? 'other' });
  const { publicKeyInfo, secret } = agreeEphemeral(subjectPublicKeyInfo);
  return { challenge: publicKeyInfo.subarray(-length), expected: secret };
}
