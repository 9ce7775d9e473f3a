import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor, malformed } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readOid, readSmallInteger } from '../asn1/read-value.ts';
import { AppError } from '../errors.ts';
import type { CbcCipher, Pbkdf2Request } from '../pkcs8/primitives.ts';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { bmpPassword } from './bmp-password.ts';
import { derivePkcs12, purpose } from './key-derivation.ts';
import type { PfxPrimitives } from './primitives.ts';
import { decryptRc2Cbc } from './rc2.ts';

/** More rounds than anybody asks for; a file that does was made to keep its reader busy. */
const mostIterations = 10_000_000;

/** Old schemes of PKCS #12 (RFC 7292 appendix C) with the octets of their keys. */
const oldSchemes: Readonly<Partial<Record<string, { readonly cipher: 'des-ede3-cbc' | 'rc2-cbc'; readonly keyOctets: number }>>> = {
  '1.2.840.113549.1.12.1.3': { cipher: 'des-ede3-cbc', keyOctets: 24 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2-cbc', keyOctets: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2-cbc', keyOctets: 5 },
};
const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';

const digests: Readonly<Partial<Record<string, Pbkdf2Request['digest']>>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

const ciphers: Readonly<Partial<Record<string, { readonly cipher: CbcCipher; readonly keyOctets: number }>>> = {
  '1.2.840.113549.3.7': { cipher: 'des-ede3-cbc', keyOctets: 24 },
  '2.16.840.1.101.3.4.1.2': { cipher: 'aes-128-cbc', keyOctets: 16 },
  '2.16.840.1.101.3.4.1.22': { cipher: 'aes-192-cbc', keyOctets: 24 },
  '2.16.840.1.101.3.4.1.42': { cipher: 'aes-256-cbc', keyOctets: 32 },
};

/**
 * Decrypts what a password protects in a PKCS #12 file. To be wiped.
 * @throws AppError input.unsupported-algorithm; input.wrong-password when what comes out has no padding; input.malformed-der
 */
export async function decryptContent(
  algorithm: AlgorithmIdentifier,
  ciphertext: Uint8Array,
  password: Uint8Array,
  primitives: PfxPrimitives,
): Promise<Uint8Array> {
  if (ciphertext.length === 0 || ciphertext.length % 8 !== 0) throw malformed('encrypted octets that are no blocks', 0);
  const parameters = algorithm.parameters;
  if (parameters?.tag !== tag.sequence) throw unsupported(algorithm.oid);
  const protection = { parameters, password, primitives };
  if (algorithm.oid === pbes2) return decryptPbes2(protection, ciphertext);
  const scheme = oldSchemes[algorithm.oid];
  if (scheme === undefined) throw unsupported(algorithm.oid);
  return decryptOld(scheme, protection, ciphertext);
}

interface Protection {
  readonly parameters: DerNode;
  readonly password: Uint8Array;
  readonly primitives: PfxPrimitives;
}

async function decryptOld(
  { cipher, keyOctets }: NonNullable<(typeof oldSchemes)[string]>,
  { parameters, password, primitives }: Protection,
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  const cursor = new DerCursor(parameters);
  const salt = cursor.next(tag.octetString).content;
  const iterations = readIterations(cursor.next(tag.integer));
  cursor.finish();
  const bmp = bmpPassword(password);
  const derive = (id: (typeof purpose)[keyof typeof purpose], length: number) =>
    derivePkcs12({ digest: 'sha1', purpose: id, bmpPassword: bmp, salt, iterations, length }, primitives);
  const key = await derive(purpose.encryptionKey, keyOctets);
  const iv = await derive(purpose.initialisationVector, 8);
  const plaintext = cipher === 'rc2-cbc' ? decryptRc2Cbc(key, iv, ciphertext) : primitives.decryptCbc(cipher, key, iv, ciphertext);
  for (const secret of [bmp, key]) secret.fill(0);
  return withoutPadding(plaintext, 8);
}

/** PBES2 (RFC 8018 section 6.2) with PBKDF2. */
async function decryptPbes2({ parameters, password, primitives }: Protection, ciphertext: Uint8Array): Promise<Uint8Array> {
  const cursor = new DerCursor(parameters);
  const derivation = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const scheme = readAlgorithmIdentifier(cursor.next(tag.sequence));
  cursor.finish();
  const known = ciphers[scheme.oid];
  const iv = scheme.parameters;
  if (known === undefined || iv?.tag !== tag.octetString) throw unsupported(scheme.oid);
  const block = known.cipher === 'des-ede3-cbc' ? 8 : 16;
  if (iv.length !== block || ciphertext.length % block !== 0) throw malformed('a cipher whose blocks do not fit', iv.offset);
  const key = await primitives.pbkdf2({ ...readPbkdf2(derivation), password, length: known.keyOctets });
  const plaintext = primitives.decryptCbc(known.cipher, key, iv.content, ciphertext);
  key.fill(0);
  return withoutPadding(plaintext, block);
}

function readPbkdf2({ oid, parameters }: AlgorithmIdentifier): Pick<Pbkdf2Request, 'digest' | 'salt' | 'iterations'> {
  if (oid !== pbkdf2 || parameters?.tag !== tag.sequence) throw unsupported(oid);
  const cursor = new DerCursor(parameters);
  const salt = cursor.next(tag.octetString).content;
  const iterations = readIterations(cursor.next(tag.integer));
  cursor.optional(tag.integer);
  const prf = cursor.optional(tag.sequence);
  cursor.finish();
  const prfOid = prf === undefined ? '1.2.840.113549.2.7' : readOid(new DerCursor(prf).next(tag.oid));
  const digest = digests[prfOid];
  if (digest === undefined) throw unsupported(prfOid);
  return { digest, salt, iterations };
}

/** @throws AppError input.too-large */
export function readIterations(node: DerNode): number {
  const iterations = readSmallInteger(node);
  if (iterations < 1 || iterations > mostIterations)
    throw new AppError('input.too-large', 'This file asks for more work than a password is worth.', { limit: mostIterations });
  return iterations;
}

/** RFC 8018 section 6.1.1. A wrong password shows here as a rule. */
function withoutPadding(plaintext: Uint8Array, block: number): Uint8Array {
  const count = plaintext.at(-1) ?? 0;
  const padding = plaintext.subarray(plaintext.length - count);
  if (count === 0 || count > block || padding.some((octet) => octet !== count))
    throw new AppError('input.wrong-password', 'This file does not open with this password.');
  return plaintext.subarray(0, plaintext.length - count);
}

export const unsupported = (algorithm: string): AppError =>
  new AppError('input.unsupported-algorithm', 'This file is protected in a way Keyward does not read.', { algorithm });
