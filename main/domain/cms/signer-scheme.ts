import { algorithmOid, digestOid, nameOfOid } from '../x509/oid.ts';
import { signatureScheme, type AlgorithmIdentifier, type DigestName, type SignatureScheme } from '../x509/algorithm-identifier.ts';

const digests: readonly DigestName[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

/** The digest an AlgorithmIdentifier names; undefined for one that is not known here, MD5 among them. */
export function digestOf(algorithm: AlgorithmIdentifier): DigestName | undefined {
  const name = nameOfOid(digestOid, algorithm.oid);
  return digests.find((digest) => digest === name);
}

/**
 * How a signer's signature is verified. Most name RSA alone and leave the digest to the field beside (RFC 3370 section
 * 3.2); where both name one they must agree. Undefined for what is not verified here.
 * @throws AppError input.malformed-der
 */
export function signerScheme(signature: AlgorithmIdentifier, digest: DigestName): SignatureScheme | undefined {
  if (signature.oid === algorithmOid.rsaEncryption) return { scheme: 'rsa-pkcs1', digest };
  const scheme = signatureScheme(signature);
  if (scheme === undefined || !('digest' in scheme)) return scheme;
  return scheme.digest === digest ? scheme : undefined;
}

const keys: Readonly<Record<SignatureScheme['scheme'], readonly string[]>> = {
  'rsa-pkcs1': [algorithmOid.rsaEncryption],
  'rsa-pss': [algorithmOid.rsaEncryption, algorithmOid.rsassaPss],
  ecdsa: [algorithmOid.ecPublicKey],
  ed25519: [algorithmOid.ed25519],
  ed448: [algorithmOid.ed448],
};

/** Whether a public key of this algorithm can have made such a signature. */
export const isSchemeOf = ({ scheme }: SignatureScheme, keyOid: string): boolean => keys[scheme].includes(keyOid);
