import { DerCursor, malformed, type DerNode } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readSmallInteger } from '../asn1/read-value.ts';
import { AppError } from '../errors.ts';
import { ciphers, passwordSchemes, pseudorandomFunctions } from '../inspect/oid-names.ts';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { nameOfOid } from '../x509/oid.ts';
import { derivePkcs12, purpose, type Sums } from './key-derivation.ts';
import type { PasswordForms } from './password.ts';
import type { BlockCipher, PasswordPrimitives } from './password-primitives.ts';
import { digestOctets, type PfxDigest } from './primitives.ts';
import { decryptRc2Cbc } from './rc2.ts';
import { rc4 } from './rc4.ts';
import type { WorkBudget } from './work-budget.ts';

/** What opening something under a password works with. */
export interface Opening {
  readonly forms: PasswordForms;
  readonly primitives: PasswordPrimitives;
  readonly budget: WorkBudget;
}

/**
 * Decrypts what is encrypted under a password: PBES2 (RFC 8018) and the schemes of PKCS #12 (RFC 7292 appendix C), trying
 * the forms a password has. `isRight` tells a plaintext from noise that happens to end in a padding.
 * @throws AppError input.wrong-password; input.unsupported-algorithm; input.too-large; input.malformed-der
 */
export async function decryptUnderPassword(
  algorithm: AlgorithmIdentifier,
  ciphertext: Uint8Array,
  opening: Opening,
  isRight: (plaintext: Uint8Array) => boolean,
): Promise<Uint8Array> {
  for (const attempt of attemptsAt(algorithm, ciphertext, opening)) {
    const plaintext = await attempt();
    if (plaintext !== undefined && isRight(plaintext)) return plaintext;
  }
  throw new AppError('input.wrong-password', 'This does not open with that password.');
}

type Attempt = () => Promise<Uint8Array | undefined>;

/** The forms of the password one by one; last what GnuPG encrypted with a key that nobody else derives. */
function attemptsAt(algorithm: AlgorithmIdentifier, ciphertext: Uint8Array, opening: Opening): readonly Attempt[] {
  if (algorithm.oid === passwordSchemes.pbes2)
    return opening.forms.octets.map((password) => () => decryptPbes2(algorithm, ciphertext, password, opening));
  const waysOfSums =
    algorithm.oid === passwordSchemes['pbeWithSHAAnd3-KeyTripleDES-CBC'] ? (['whole', 'shortened'] as const) : (['whole'] as const);
  return waysOfSums.flatMap((sums) =>
    opening.forms.bmp.map((password) => () => decryptPkcs12(algorithm, ciphertext, password, { ...opening, sums })),
  );
}

interface Pkcs12Scheme {
  readonly keyLength: number;
  readonly ivLength: number;
  decrypt(primitives: PasswordPrimitives, key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined;
}

const cbc = (cipher: BlockCipher, keyLength: number): Pkcs12Scheme => ({
  keyLength,
  ivLength: 8,
  decrypt: (primitives, key, iv, ciphertext) => primitives.decryptCbc(cipher, key, iv, ciphertext),
});
const rc2 = (keyLength: number): Pkcs12Scheme => ({
  keyLength,
  ivLength: 8,
  decrypt: (_, key, iv, ciphertext) => decryptRc2Cbc(key, keyLength * 8, iv, ciphertext),
});
const stream = (keyLength: number): Pkcs12Scheme => ({ keyLength, ivLength: 0, decrypt: (_, key, __, ciphertext) => rc4(key, ciphertext) });

const pkcs12Schemes = new Map<string, Pkcs12Scheme>([
  [passwordSchemes.pbeWithSHAAnd128BitRC4, stream(16)],
  [passwordSchemes.pbeWithSHAAnd40BitRC4, stream(5)],
  [passwordSchemes['pbeWithSHAAnd3-KeyTripleDES-CBC'], cbc('des-ede3-cbc', 24)],
  [passwordSchemes['pbeWithSHAAnd2-KeyTripleDES-CBC'], cbc('des-ede-cbc', 16)],
  [passwordSchemes['pbeWithSHAAnd128BitRC2-CBC'], rc2(16)],
  [passwordSchemes['pbeWithSHAAnd40BitRC2-CBC'], rc2(5)],
]);

async function decryptPkcs12(
  algorithm: AlgorithmIdentifier,
  ciphertext: Uint8Array,
  bmpPassword: Uint8Array,
  { primitives, budget, sums }: Opening & { readonly sums: Sums },
): Promise<Uint8Array | undefined> {
  const scheme = pkcs12Schemes.get(algorithm.oid);
  if (scheme === undefined) throw unsupported(nameOfOid(passwordSchemes, algorithm.oid));
  const cursor = new DerCursor(parametersOf(algorithm));
  const salt = cursor.next(tag.octetString).content;
  const iterations = readIterations(cursor.next(tag.integer));
  cursor.finish();
  const derive = (id: (typeof purpose)[keyof typeof purpose], length: number): Promise<Uint8Array> => {
    budget.spendPkcs12('sha1', iterations, Math.ceil(length / 20));
    return derivePkcs12({ digest: 'sha1', purpose: id, bmpPassword, salt, iterations, length }, primitives, sums);
  };
  const key = await derive(purpose.encryptionKey, scheme.keyLength);
  const iv = scheme.ivLength === 0 ? key : await derive(purpose.initialisationVector, scheme.ivLength);
  const plaintext = scheme.decrypt(primitives, key, iv, ciphertext);
  key.fill(0);
  return plaintext;
}

const aesCiphers = new Map<string, { cipher: BlockCipher; keyLength: number; ivLength: number }>([
  [ciphers['aes128-CBC'], { cipher: 'aes-128-cbc', keyLength: 16, ivLength: 16 }],
  [ciphers['aes192-CBC'], { cipher: 'aes-192-cbc', keyLength: 24, ivLength: 16 }],
  [ciphers['aes256-CBC'], { cipher: 'aes-256-cbc', keyLength: 32, ivLength: 16 }],
  [ciphers['des-ede3-cbc'], { cipher: 'des-ede3-cbc', keyLength: 24, ivLength: 8 }],
]);

/** SEQUENCE { keyDerivationFunc, encryptionScheme } (RFC 8018 appendix A.4). */
async function decryptPbes2(
  algorithm: AlgorithmIdentifier,
  ciphertext: Uint8Array,
  password: Uint8Array,
  opening: Opening,
): Promise<Uint8Array | undefined> {
  const cursor = new DerCursor(parametersOf(algorithm));
  const derivation = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const scheme = readAlgorithmIdentifier(cursor.next(tag.sequence));
  cursor.finish();
  if (scheme.oid === ciphers['rc2-cbc']) return decryptPbes2Rc2(derivation, scheme, ciphertext, password, opening);
  const known = aesCiphers.get(scheme.oid);
  if (known === undefined) throw unsupported(nameOfOid(ciphers, scheme.oid));
  const iv = parametersOf(scheme, tag.octetString);
  if (iv.length !== known.ivLength) throw malformed('an initialisation vector of the wrong length', iv.offset);
  const key = await deriveKey(derivation, password, known.keyLength, opening);
  const plaintext = opening.primitives.decryptCbc(known.cipher, key, iv.content, ciphertext);
  key.fill(0);
  return plaintext;
}

/** RC2-CBC-Parameter names the effective bits by a number of its own (RFC 8018 appendix B.2.3). */
const rc2Versions = new Map([
  [160, 40],
  [120, 64],
  [58, 128],
]);

/** How many bits of an RC2 key count, and the vector (RFC 8018 appendix B.2.3). @throws AppError input.unsupported-algorithm, input.malformed-der */
export function readRc2Parameters(scheme: AlgorithmIdentifier): { bits: number; iv: Uint8Array } {
  const cursor = new DerCursor(parametersOf(scheme));
  const version = readSmallInteger(cursor.next(tag.integer));
  const iv = cursor.next(tag.octetString);
  cursor.finish();
  const bits = rc2Versions.get(version);
  if (bits === undefined || iv.length !== 8) throw unsupported('rc2-cbc');
  return { bits, iv: iv.content };
}

async function decryptPbes2Rc2(
  derivation: AlgorithmIdentifier,
  scheme: AlgorithmIdentifier,
  ciphertext: Uint8Array,
  password: Uint8Array,
  opening: Opening,
): Promise<Uint8Array | undefined> {
  const { bits, iv } = readRc2Parameters(scheme);
  const key = await deriveKey(derivation, password, bits / 8, opening);
  const plaintext = decryptRc2Cbc(key, bits, iv, ciphertext);
  key.fill(0);
  return plaintext;
}

/** PBKDF2 or scrypt. A key length that is written has to be the one needed. */
async function deriveKey(derivation: AlgorithmIdentifier, password: Uint8Array, length: number, opening: Opening): Promise<Uint8Array> {
  if (derivation.oid === passwordSchemes.scrypt) return deriveScrypt(derivation, password, length, opening);
  const { keyLength, derive } = readPbkdf2(derivation);
  if (keyLength !== undefined && keyLength !== length) throw malformed('a key length that is not that of the cipher', 0);
  return derive(password, length, opening);
}

/** PBKDF2-params (RFC 8018 appendix A.2). */
export function readPbkdf2(derivation: AlgorithmIdentifier): {
  readonly keyLength: number | undefined;
  derive(password: Uint8Array, length: number, opening: Pick<Opening, 'primitives' | 'budget'>): Promise<Uint8Array>;
} {
  if (derivation.oid !== passwordSchemes.pbkdf2) throw unsupported(nameOfOid(passwordSchemes, derivation.oid));
  const cursor = new DerCursor(parametersOf(derivation));
  const salt = cursor.next(tag.octetString).content;
  const iterations = readIterations(cursor.next(tag.integer));
  const lengthNode = cursor.optional(tag.integer);
  const prf = cursor.optional(tag.sequence);
  cursor.finish();
  const digest = prf === undefined ? 'sha1' : hmacDigest(readAlgorithmIdentifier(prf));
  return {
    keyLength: lengthNode === undefined ? undefined : readSmallInteger(lengthNode),
    derive: (password, length, { primitives, budget }) => {
      budget.spendPbkdf2(digest, iterations, Math.ceil(length / digestOctets[digest]));
      return primitives.pbkdf2({ digest, password, salt, iterations, length });
    },
  };
}

const hmacDigests = new Map<string, PfxDigest>([
  [pseudorandomFunctions.hmacWithSHA1, 'sha1'],
  [pseudorandomFunctions.hmacWithSHA224, 'sha224'],
  [pseudorandomFunctions.hmacWithSHA256, 'sha256'],
  [pseudorandomFunctions.hmacWithSHA384, 'sha384'],
  [pseudorandomFunctions.hmacWithSHA512, 'sha512'],
]);

/** @throws AppError input.unsupported-algorithm */
export function hmacDigest(algorithm: AlgorithmIdentifier): PfxDigest {
  const digest = hmacDigests.get(algorithm.oid);
  if (digest === undefined) throw unsupported(nameOfOid(pseudorandomFunctions, algorithm.oid));
  return digest;
}

/** scrypt-params (RFC 7914 section 7). */
async function deriveScrypt(
  derivation: AlgorithmIdentifier,
  password: Uint8Array,
  length: number,
  { primitives, budget }: Opening,
): Promise<Uint8Array> {
  const cursor = new DerCursor(parametersOf(derivation));
  const salt = cursor.next(tag.octetString).content;
  const [cost, blockSize, parallelization] = [1, 2, 3].map(() => readIterations(cursor.next(tag.integer)));
  cursor.optional(tag.integer);
  cursor.finish();
  if (cost === undefined || blockSize === undefined || parallelization === undefined) throw malformed('scrypt without its costs', 0);
  if (cost < 2 || (cost & (cost - 1)) !== 0) throw malformed('a cost of scrypt that is no power of two', 0);
  budget.spendScrypt(cost, blockSize, parallelization);
  return primitives.scrypt({ password, salt, cost, blockSize, parallelization, length });
}

/** A count of at least one; one too large for its type counts as too much work. @throws AppError input.too-large, input.malformed-der */
export function readIterations(node: DerNode): number {
  if (node.length > 4 && (node.content[0] ?? 0x80) < 0x80)
    throw new AppError('input.too-large', 'A count out of range.', { what: 'iterations' });
  const count = readSmallInteger(node);
  if (count === 0) throw malformed('no rounds at all', node.offset);
  return count;
}

function parametersOf({ parameters, name }: AlgorithmIdentifier, wanted: number = tag.sequence): DerNode {
  if (parameters?.tag !== wanted) throw malformed(`wrong parameters of ${name}`, parameters?.offset ?? 0);
  return parameters;
}

const unsupported = (algorithm: string): AppError =>
  new AppError('input.unsupported-algorithm', 'This way of encrypting under a password is not read here.', { algorithm });
