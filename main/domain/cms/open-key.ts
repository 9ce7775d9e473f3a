import { DerCursor, malformed, only } from '../asn1/der-reader.ts';
import { bitString, concatenate, context, octetString, sequence, tag } from '../asn1/der-writer.ts';
import { ciphers } from '../inspect/oid-names.ts';
import type { BlockCipher } from '../pfx/password-primitives.ts';
import { readPbkdf2, type Opening } from '../pfx/password-decryption.ts';
import { digestOctets, type PfxDigest } from '../pfx/primitives.ts';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { algorithmOid } from '../x509/oid.ts';
import type { DecryptionKey, MessagePrimitives, WrapCipher } from './message-primitives.ts';
import { agreementOid, specifiedLabelOid, wrapOid } from './oid.ts';
import { decodeOaep } from './oaep.ts';
import type { RecipientInfo } from './read-enveloped-data.ts';
import { digestOf } from './signer-scheme.ts';

/** Ways from a recipient's secret to the key of the content. Undefined where it is not to be had: which step said no is not told. */

type Transport = Extract<RecipientInfo, { kind: 'transport' }>;
type Agreement = Extract<RecipientInfo, { kind: 'agreement' }>;
type Password = Extract<RecipientInfo, { kind: 'password' }>;

/** RSA: PKCS #1 v1.5 with implicit rejection, or OAEP with any two digests (RFC 3560, RFC 4055 section 4.1). */
export function openTransported(
  { algorithm, encryptedKey }: Transport,
  key: DecryptionKey,
  primitives: MessagePrimitives,
): Uint8Array | undefined {
  if (algorithm.oid === algorithmOid.rsaEncryption) return key.decryptPkcs1(encryptedKey);
  if (algorithm.oid !== algorithmOid.rsaesOaep) return undefined;
  const scheme = readOaep(algorithm);
  const encoded = scheme === undefined ? undefined : key.decryptRaw(encryptedKey);
  return scheme === undefined || encoded === undefined ? undefined : decodeOaep(encoded, scheme, primitives.digest);
}

function readOaep({ parameters }: AlgorithmIdentifier): Parameters<typeof decodeOaep>[1] | undefined {
  if (parameters === undefined) return { digest: 'sha1', maskDigest: 'sha1', label: new Uint8Array(0) };
  const cursor = new DerCursor(parameters);
  const [hash, mask, source] = [0xa0, 0xa1, 0xa2].map((tagOctet) => cursor.optional(tagOctet));
  cursor.finish();
  const digest = hash === undefined ? 'sha1' : digestOf(readAlgorithmIdentifier(only(hash, tag.sequence)));
  const generator = mask === undefined ? undefined : readAlgorithmIdentifier(only(mask, tag.sequence));
  if (generator !== undefined && (generator.oid !== algorithmOid.mgf1 || generator.parameters?.tag !== tag.sequence)) return undefined;
  const maskDigest = generator?.parameters === undefined ? 'sha1' : digestOf(readAlgorithmIdentifier(generator.parameters));
  const label = source === undefined ? undefined : readAlgorithmIdentifier(only(source, tag.sequence));
  if (label !== undefined && (label.oid !== specifiedLabelOid || label.parameters?.tag !== tag.octetString)) return undefined;
  if (digest === undefined || maskDigest === undefined) return undefined;
  return { digest, maskDigest, label: label?.parameters?.content ?? new Uint8Array(0) };
}

const derivations = new Map<string, { readonly digest: PfxDigest; readonly isHkdf: boolean }>([
  [agreementOid.stdDhSha1, { digest: 'sha1', isHkdf: false }],
  [agreementOid.stdDhSha224, { digest: 'sha224', isHkdf: false }],
  [agreementOid.stdDhSha256, { digest: 'sha256', isHkdf: false }],
  [agreementOid.stdDhSha384, { digest: 'sha384', isHkdf: false }],
  [agreementOid.stdDhSha512, { digest: 'sha512', isHkdf: false }],
  [agreementOid.cofactorDhSha1, { digest: 'sha1', isHkdf: false }],
  [agreementOid.cofactorDhSha224, { digest: 'sha224', isHkdf: false }],
  [agreementOid.cofactorDhSha256, { digest: 'sha256', isHkdf: false }],
  [agreementOid.cofactorDhSha384, { digest: 'sha384', isHkdf: false }],
  [agreementOid.cofactorDhSha512, { digest: 'sha512', isHkdf: false }],
  [agreementOid.stdDhHkdfSha256, { digest: 'sha256', isHkdf: true }],
  [agreementOid.stdDhHkdfSha384, { digest: 'sha384', isHkdf: true }],
  [agreementOid.stdDhHkdfSha512, { digest: 'sha512', isHkdf: true }],
]);

const wraps = new Map<string, { readonly cipher: WrapCipher; readonly length: number }>([
  [wrapOid.aes128, { cipher: 'aes128', length: 16 }],
  [wrapOid.aes192, { cipher: 'aes192', length: 24 }],
  [wrapOid.aes256, { cipher: 'aes256', length: 32 }],
  [wrapOid.tripleDes, { cipher: 'tripleDes', length: 24 }],
]);

/**
 * ECDH and X25519 (RFC 5753, RFC 8418): shared secret, derivation, unwrapping. On the curves that are used here the cofactor
 * is one or part of the scalar, so both families agree on the same secret.
 * @param publicKeyInfo the originator's
 */
export function openAgreed(
  { algorithm, userKeyingMaterial }: Agreement,
  encryptedKey: Uint8Array,
  publicKeyInfo: Uint8Array,
  key: DecryptionKey,
  primitives: MessagePrimitives,
): Uint8Array | undefined {
  const derivation = derivations.get(algorithm.oid);
  if (derivation === undefined || algorithm.parameters?.tag !== tag.sequence) return undefined;
  const wrapping = readAlgorithmIdentifier(algorithm.parameters);
  const wrap = wraps.get(wrapping.oid);
  const secret = wrap === undefined ? undefined : key.agree(publicKeyInfo);
  if (wrap === undefined || secret === undefined) return undefined;
  const info = sharedInfo(wrapping.der, wrap.length, userKeyingMaterial);
  const wrappingKey = derivation.isHkdf
    ? primitives.hkdf(derivation.digest, secret, info, wrap.length)
    : deriveX963(derivation.digest, secret, info, wrap.length, primitives);
  return primitives.unwrapKey(wrap.cipher, wrappingKey, encryptedKey);
}

/** ECC-CMS-SharedInfo (RFC 5753 section 7.2). */
export function sharedInfo(wrapAlgorithm: Uint8Array, length: number, userKeyingMaterial: Uint8Array | undefined): Uint8Array {
  const bits = length * 8;
  const material = userKeyingMaterial === undefined ? [] : [context(0, octetString(userKeyingMaterial))];
  return sequence(wrapAlgorithm, ...material, context(2, octetString(Uint8Array.of(0, 0, bits >> 8, bits & 0xff))));
}

/** The derivation of ANSI X9.63 (SEC 1 section 3.6.1). */
export function deriveX963(
  digest: PfxDigest,
  secret: Uint8Array,
  info: Uint8Array,
  length: number,
  primitives: Pick<MessagePrimitives, 'digest'>,
): Uint8Array {
  const rounds = Array.from({ length: Math.ceil(length / digestOctets[digest]) }, (_, at) =>
    primitives.digest(digest, concatenate([secret, Uint8Array.of(0, 0, 0, at + 1), info])),
  );
  return concatenate(rounds).subarray(0, length);
}

/** SubjectPublicKeyInfo of an originator: ephemeral keys leave out the curve, which is the recipient's (RFC 5753 section 7.1.1). */
export function originatorKeyInfo(
  { oid, der, parameters }: AlgorithmIdentifier,
  publicKey: Uint8Array,
  own: AlgorithmIdentifier | undefined,
): Uint8Array {
  const isWhole = oid !== algorithmOid.ecPublicKey || parameters?.tag === tag.oid;
  return sequence(isWhole ? der : (own?.der ?? der), bitString(publicKey));
}

const passwordCiphers = new Map<string, { readonly cipher: BlockCipher; readonly length: number; readonly block: number }>([
  [ciphers['aes128-CBC'], { cipher: 'aes-128-cbc', length: 16, block: 16 }],
  [ciphers['aes192-CBC'], { cipher: 'aes-192-cbc', length: 24, block: 16 }],
  [ciphers['aes256-CBC'], { cipher: 'aes-256-cbc', length: 32, block: 16 }],
  [ciphers['des-ede3-cbc'], { cipher: 'des-ede3-cbc', length: 24, block: 8 }],
]);

/** A password recipient (RFC 3211): PBKDF2, then the key under two passes of CBC. @throws AppError input.too-large, input.malformed-der */
export async function openUnderPassword(
  { derivation, algorithm, encryptedKey }: Password,
  password: Uint8Array,
  opening: Pick<Opening, 'budget'> & { readonly primitives: MessagePrimitives },
): Promise<Uint8Array | undefined> {
  if (derivation === undefined || algorithm.oid !== wrapOid.password || algorithm.parameters?.tag !== tag.sequence) return undefined;
  const cipher = readAlgorithmIdentifier(algorithm.parameters);
  const known = passwordCiphers.get(cipher.oid);
  if (known === undefined || cipher.parameters?.tag !== tag.octetString) return undefined;
  if (cipher.parameters.length !== known.block) throw malformed('an initialisation vector of the wrong length', cipher.parameters.offset);
  const { keyLength, derive } = readPbkdf2(derivation);
  if (keyLength !== undefined && keyLength !== known.length) return undefined;
  const key = await derive(password, known.length, opening);
  return unwrapTwice(encryptedKey, cipher.parameters.content, key, known, opening.primitives);
}

/** RFC 3211 section 2.3.2: the last block, by the one before it, is the vector of the outer pass. */
function unwrapTwice(
  wrapped: Uint8Array,
  iv: Uint8Array,
  key: Uint8Array,
  { cipher, block }: { readonly cipher: BlockCipher; readonly block: number },
  primitives: MessagePrimitives,
): Uint8Array | undefined {
  if (wrapped.length < 2 * block || wrapped.length % block !== 0 || wrapped.length > 1024) return undefined;
  const last = wrapped.length - block;
  const outerIv = primitives.decryptBlocks(cipher, key, wrapped.subarray(last - block, last), wrapped.subarray(last));
  const inner = concatenate([primitives.decryptBlocks(cipher, key, outerIv, wrapped.subarray(0, last)), outerIv]);
  const formatted = primitives.decryptBlocks(cipher, key, iv, inner);
  const [length = 0, ...check] = formatted.subarray(0, 4);
  const isRight = check.every((octet, at) => (octet ^ (formatted[4 + at] ?? 0)) === 0xff) && length >= 3 && length <= formatted.length - 4;
  return isRight ? formatted.subarray(4, 4 + length) : undefined;
}
