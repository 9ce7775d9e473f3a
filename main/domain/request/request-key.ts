import { AppError } from '../errors.ts';
import type { KeyAlgorithm } from '../key/algorithm.ts';
import { keyAlgorithmOf } from '../key/subject-public-key-info.ts';
import { rsaWeakness } from '../key/weak-rsa.ts';
import { signatureScheme } from '../x509/algorithm-identifier.ts';
import type { CertificationRequest } from '../x509/read-request.ts';
import type { SignaturePrimitives } from '../x509/signature-primitives.ts';

/**
 * The algorithm of the key a request asks a certificate for, once it is known to be a key worth certifying.
 * @throws AppError input.unsupported-algorithm for a key S/MIME BR section 6.1.5 does not allow; input.weak-key with details {weakness}
 *   for one whose private half can be computed; input.not-proven where the request is not signed with it (RFC 2986 section 3), or with
 *   a digest that can be forged
 */
export function requireSoundKey(request: CertificationRequest, verify: SignaturePrimitives['verify']): KeyAlgorithm {
  const { der, rsa, keySize } = request.subjectPublicKeyInfo;
  const algorithm = keyAlgorithmOf(der);
  if (algorithm === undefined) throw unsupported(request.subjectPublicKeyInfo.algorithm.name, keySize);
  const weakness = rsa && rsaWeakness(rsa.modulus);
  if (weakness !== undefined) throw new AppError('input.weak-key', 'The private half of this key can be computed.', { weakness });
  if (!isProven(request, verify)) throw new AppError('input.not-proven', 'The request does not prove that its sender holds the key.');
  return algorithm;
}

function isProven(
  { signatureAlgorithm, subjectPublicKeyInfo, certificationRequestInfo, signatureValue }: CertificationRequest,
  verify: SignaturePrimitives['verify'],
): boolean {
  const scheme = signatureScheme(signatureAlgorithm);
  if (scheme === undefined || signatureValue.unusedBits !== 0) return false;
  if ('digest' in scheme && forgeable.includes(scheme.digest)) return false;
  return verify(subjectPublicKeyInfo.der, scheme, certificationRequestInfo, signatureValue.bytes);
}

const forgeable: readonly string[] = ['md5', 'sha1'];

const unsupported = (algorithm: string, size: number | undefined): AppError =>
  new AppError('input.unsupported-algorithm', 'A certificate for mail cannot be issued to a key of this kind.', {
    algorithm: size === undefined ? algorithm : `${algorithm} ${size}`,
  });
