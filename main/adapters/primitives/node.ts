import { constants, createHash, createPublicKey, createVerify, hash, verify, type KeyObject, type VerifyKeyObjectInput } from 'node:crypto';
import type { SignatureScheme } from '../../domain/x509/algorithm-identifier.ts';
import type { Primitives } from '../../ports/primitives.ts';

/** Primitives of Node's OpenSSL. Which algorithms are good enough is the domain's decision, not made here. */
export const nodePrimitives: Primitives = {
  digest: (name, bytes) => hash(name, bytes, 'buffer'),
  verify: (subjectPublicKeyInfo, scheme, data, signature) => {
    const key = publicKey(subjectPublicKeyInfo);
    return key !== undefined && isKeyFor(key, scheme) && check(key, scheme, data, signature);
  },
  digestPieces: (name, pieces) => {
    const digest = createHash(name);
    for (const piece of pieces) digest.update(piece);
    return digest.digest();
  },
  verifyPieces: (subjectPublicKeyInfo, scheme, pieces, signature) => {
    const key = publicKey(subjectPublicKeyInfo);
    return key !== undefined && isKeyFor(key, scheme) && checkPieces(key, scheme, pieces, signature);
  },
};

function publicKey(subjectPublicKeyInfo: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(subjectPublicKeyInfo), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

const keyTypes: Readonly<Record<SignatureScheme['scheme'], readonly string[]>> = {
  'rsa-pkcs1': ['rsa'],
  'rsa-pss': ['rsa', 'rsa-pss'],
  ecdsa: ['ec'],
  ed25519: ['ed25519'],
  ed448: ['ed448'],
};

const isKeyFor = (key: KeyObject, { scheme }: SignatureScheme): boolean => keyTypes[scheme].includes(key.asymmetricKeyType ?? '');

/** OpenSSL throws on what it finds absurd (a salt longer than the modulus, a digest a PSS key forbids): no signature either. */
function check(key: KeyObject, scheme: SignatureScheme, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify('digest' in scheme ? scheme.digest : null, data, verifyKey(key, scheme), signature);
  } catch {
    return false;
  }
}

/** What reading a piece throws is thrown on: it is no answer about the signature. */
function checkPieces(key: KeyObject, scheme: SignatureScheme, pieces: Iterable<Uint8Array>, signature: Uint8Array): boolean {
  if (!('digest' in scheme)) {
    const whole = together(pieces);
    return whole !== undefined && check(key, scheme, whole, signature);
  }
  const verifier = createVerify(scheme.digest);
  for (const piece of pieces) verifier.update(piece);
  try {
    return verifier.verify(verifyKey(key, scheme), signature);
  } catch {
    return false;
  }
}

const longestAtOnce = 64 << 20;

function together(pieces: Iterable<Uint8Array>): Uint8Array | undefined {
  const found: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    length += piece.length;
    if (length > longestAtOnce) return undefined;
    found.push(piece);
  }
  return Buffer.concat(found, length);
}

function verifyKey(key: KeyObject, scheme: SignatureScheme): KeyObject | VerifyKeyObjectInput {
  if (scheme.scheme !== 'rsa-pss') return key;
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength };
}
