import { rsaWeakness } from '../../key/weak-rsa.ts';
import { hexEncode } from '../../encoding/hex.ts';
import type { AlgorithmIdentifier, DigestName, SignatureScheme } from '../algorithm-identifier.ts';
import { signatureScheme } from '../algorithm-identifier.ts';
import { algorithmOid } from '../oid.ts';
import type { BitString } from '../../asn1/read-value.ts';
import type { Certificate } from '../read-certificate.ts';
import type { SubjectPublicKeyInfo } from '../read-public-key.ts';
import type { PathContext } from './context.ts';
import { finding } from './context.ts';
import type { PathFinding } from './result.ts';

/** A signed object, whatever it is. */
export interface Signed {
  readonly algorithm: AlgorithmIdentifier;
  readonly data: Uint8Array;
  readonly signature: BitString;
}

export const signedCertificate = (certificate: Certificate): Signed => ({
  algorithm: certificate.signatureAlgorithm,
  data: certificate.tbsCertificate,
  signature: certificate.signatureValue,
});

/** Digests still trusted to be free of collisions. */
const strongDigests: readonly DigestName[] = ['sha224', 'sha256', 'sha384', 'sha512'];

/** The scheme of an algorithm unless it is one Keyward does not verify: unknown, or MD5, which anyone can forge. */
function verifiableScheme(algorithm: AlgorithmIdentifier): SignatureScheme | undefined {
  const scheme = signatureScheme(algorithm);
  return scheme !== undefined && 'digest' in scheme && scheme.digest === 'md5' ? undefined : scheme;
}

const isWeakScheme = (scheme: SignatureScheme): boolean => 'digest' in scheme && !strongDigests.includes(scheme.digest);

/** Whether the request refuses an algorithm: not understood, or weak without leave. */
export function isWeak(context: PathContext, algorithm: AlgorithmIdentifier): boolean {
  const scheme = verifiableScheme(algorithm);
  return scheme === undefined || (context.request.allowWeak !== true && isWeakScheme(scheme));
}

const keyAlgorithms: Readonly<Record<SignatureScheme['scheme'], readonly string[]>> = {
  'rsa-pkcs1': [algorithmOid.rsaEncryption],
  'rsa-pss': [algorithmOid.rsaEncryption, algorithmOid.rsassaPss],
  ecdsa: [algorithmOid.ecPublicKey],
  ed25519: [algorithmOid.ed25519],
  ed448: [algorithmOid.ed448],
};

/**
 * Whether `signed` carries the signature of `key`. Answers are remembered; when the budget is spent every further
 * answer is no.
 */
export function isSignedBy(context: PathContext, signed: Signed, key: SubjectPublicKeyInfo): boolean {
  const scheme = verifiableScheme(signed.algorithm);
  if (scheme === undefined || signed.signature.unusedBits !== 0 || !keyAlgorithms[scheme.scheme].includes(key.algorithm.oid)) return false;
  const id = signatureId(context, signed, key);
  const known = context.signatures.get(id);
  if (known !== undefined) return known;
  if (context.budget.signatures <= 0) return false;
  context.budget.signatures--;
  const isGood = context.primitives.verify(key.der, scheme, signed.data, signed.signature.bytes);
  context.signatures.set(id, isGood);
  return isGood;
}

function signatureId(context: PathContext, signed: Signed, key: SubjectPublicKeyInfo): string {
  const parts = [signed.data, signed.algorithm.der, signed.signature.bytes, key.der];
  return parts.map((part) => hexEncode(context.primitives.digest('sha256', part))).join();
}

/** What is to be said about the signature algorithm of one certificate, before its signature is checked. */
export function checkSignatureAlgorithm(context: PathContext, certificate: Certificate): PathFinding[] {
  const { name } = certificate.signatureAlgorithm;
  const scheme = verifiableScheme(certificate.signatureAlgorithm);
  if (!certificate.isSignatureAlgorithmRepeated) {
    return [finding(context, certificate, 'path.malformed', 'The two signature algorithms differ.', { what: 'signatureAlgorithm' })];
  }
  if (scheme === undefined) {
    return [
      finding(context, certificate, 'path.unsupported-algorithm', `Signature algorithm ${name} is not supported.`, { algorithm: name }),
    ];
  }
  if (context.request.allowWeak === true || !isWeakScheme(scheme)) return [];
  return [finding(context, certificate, 'path.weak-algorithm', `Signature algorithm ${name} is weak.`, { algorithm: name })];
}

/** RSA below 2048 bits (1024 where weak is allowed), an unusable exponent or a modulus that can be factored, or a curve nobody trusts here. */
export function checkKeyStrength(context: PathContext, certificate: Certificate): PathFinding[] {
  const { algorithm, keySize, rsa, curve } = certificate.subjectPublicKeyInfo;
  if (rsa !== undefined) return checkRsa(context, certificate, rsa, keySize ?? 0);
  if (keySize !== undefined) return [];
  const name = curve ?? algorithm.name;
  return [
    finding(context, certificate, 'path.unsupported-algorithm', `Public key algorithm ${name} is not supported.`, { algorithm: name }),
  ];
}

/** No leave is given for a key whose private half anybody can compute. */
function checkRsa(
  context: PathContext,
  certificate: Certificate,
  { publicExponent, modulus }: NonNullable<SubjectPublicKeyInfo['rsa']>,
  keySize: number,
): PathFinding[] {
  const smallest = context.request.allowWeak === true ? 1024 : 2048;
  const isEvenExponent = ((publicExponent.at(-1) ?? 0) & 1) === 0;
  const isOne = publicExponent.length === 1 && publicExponent[0] === 1;
  const weak = (text: string) => [finding(context, certificate, 'path.weak-algorithm', text, { algorithm: `RSA ${keySize}` })];
  if (keySize < smallest || isEvenExponent || isOne) return weak(`An RSA key of ${keySize} bits.`);
  const weakness = rsaWeakness(modulus);
  return weakness === undefined ? [] : weak(`An RSA key that can be broken: ${weakness.replace('-', ' ')}.`);
}
