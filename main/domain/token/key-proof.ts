import { readDer } from '../asn1/der-reader.ts';
import { concatenate } from '../asn1/der-writer.ts';
import { utf8Encode } from '../encoding/utf8.ts';
import { signatureAlgorithmOf, type KeyAlgorithm } from '../key/algorithm.ts';
import { isKeyOf } from '../key/subject-public-key-info.ts';
import { readAlgorithmIdentifier, signatureScheme } from '../x509/algorithm-identifier.ts';
import type { SignaturePrimitives } from '../x509/signature-primitives.ts';

/** Random octets in a challenge. */
export const challengeRandomOctets = 32;

const purpose = utf8Encode('Keyward proof of possession of a key on a token\n');

/** What a new key on a token signs: its purpose in words, so that the signature can stand for nothing else, and fresh random octets. */
export const proofChallenge = (random: Uint8Array): Uint8Array => concatenate([purpose, random]);

/**
 * Whether whoever holds the private half of this key (SubjectPublicKeyInfo, DER) of this algorithm has signed the challenge.
 * @throws AppError input.malformed-der
 */
export function isProven(
  primitives: Pick<SignaturePrimitives, 'verify'>,
  key: { readonly algorithm: KeyAlgorithm; readonly subjectPublicKeyInfo: Uint8Array },
  challenge: Uint8Array,
  proof: Uint8Array,
): boolean {
  const scheme = signatureScheme(readAlgorithmIdentifier(readDer(signatureAlgorithmOf(key.algorithm).algorithmIdentifier)));
  const isRight = scheme !== undefined && isKeyOf(key.algorithm, key.subjectPublicKeyInfo);
  return isRight && primitives.verify(key.subjectPublicKeyInfo, scheme, challenge, proof);
}
