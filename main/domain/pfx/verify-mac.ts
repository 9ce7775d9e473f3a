import { DerCursor, malformed, type DerNode } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';
import { passwordSchemes } from '../inspect/oid-names.ts';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { digestOid, nameOfOid } from '../x509/oid.ts';
import { derivePkcs12, purpose } from './key-derivation.ts';
import { hmacDigest, readIterations, readPbkdf2, type Opening } from './password-decryption.ts';
import { digestOctets, type PfxDigest } from './primitives.ts';

/** Shorter keys of PBMAC1 are refused: whoever writes the file could make every password right (RFC 9579 section 9). */
const shortestMacKey = 20;
const longestMacKey = 1024;

/** How the right password was written when the MAC was made, for opening the contents likewise. */
export interface MacAnswer {
  readonly bmp?: Uint8Array;
  readonly octets?: Uint8Array;
}

/**
 * Verifies the MAC of a PFX over its authenticated safe (RFC 7292 section 5.1, RFC 9579): the old derivation or PBMAC1.
 * @throws AppError input.wrong-password when it does not hold in any form of the password, because the password is another
 * or the file was changed; input.malformed-der, input.unsupported-algorithm, input.too-large
 */
export async function verifyMac(macData: DerNode, authenticatedSafe: Uint8Array, opening: Opening): Promise<MacAnswer> {
  const cursor = new DerCursor(macData);
  const digestInfo = new DerCursor(cursor.next(tag.sequence));
  const algorithm = readAlgorithmIdentifier(digestInfo.next(tag.sequence));
  const expected = digestInfo.next(tag.octetString).content;
  digestInfo.finish();
  const salt = cursor.next(tag.octetString).content;
  const iterationsNode = cursor.optional(tag.integer);
  cursor.finish();
  if (algorithm.oid === passwordSchemes.pbmac1) return verifyPbmac1(algorithm, expected, authenticatedSafe, opening);
  const iterations = iterationsNode === undefined ? 1 : readIterations(iterationsNode);
  return verifyOld(algorithm, { salt, iterations, expected }, authenticatedSafe, opening);
}

async function verifyOld(
  algorithm: AlgorithmIdentifier,
  { salt, iterations, expected }: { salt: Uint8Array; iterations: number; expected: Uint8Array },
  authenticatedSafe: Uint8Array,
  { forms, primitives, budget }: Opening,
): Promise<MacAnswer> {
  const digest = nameOfOid(digestOid, algorithm.oid);
  if (!isPfxDigest(digest)) throw new AppError('input.unsupported-algorithm', 'This MAC is not known here.', { algorithm: digest });
  const length = digestOctets[digest];
  for (const bmp of forms.bmp) {
    budget.spendPkcs12(digest, iterations, 1);
    const derived = await derivePkcs12({ digest, purpose: purpose.macKey, bmpPassword: bmp, salt, iterations, length }, primitives);
    const mac = primitives.hmac(digest, derived, authenticatedSafe);
    derived.fill(0);
    if (isEqual(mac, expected)) return { bmp };
  }
  throw wrong();
}

/** PBMAC1-params (RFC 8018 appendix A.5); the key length must be written (RFC 9579 section 4). */
async function verifyPbmac1(
  { parameters }: AlgorithmIdentifier,
  expected: Uint8Array,
  authenticatedSafe: Uint8Array,
  opening: Opening,
): Promise<MacAnswer> {
  if (parameters?.tag !== tag.sequence) throw malformed('PBMAC1 without parameters', parameters?.offset ?? 0);
  const cursor = new DerCursor(parameters);
  const { keyLength, derive } = readPbkdf2(readAlgorithmIdentifier(cursor.next(tag.sequence)));
  const digest = hmacDigest(readAlgorithmIdentifier(cursor.next(tag.sequence)));
  cursor.finish();
  if (keyLength === undefined || keyLength < shortestMacKey || keyLength > longestMacKey)
    throw malformed('PBMAC1 without a key length that can be used', parameters.offset);
  for (const octets of opening.forms.octets) {
    const key = await derive(octets, keyLength, opening);
    const mac = opening.primitives.hmac(digest, key, authenticatedSafe);
    key.fill(0);
    if (isEqual(mac, expected)) return { octets };
  }
  throw wrong();
}

const isPfxDigest = (name: string): name is PfxDigest => Object.hasOwn(digestOctets, name);

/** In the same time wherever they differ. */
function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}

const wrong = (): AppError =>
  new AppError('input.wrong-password', 'The password is another one, or the file was changed.', { what: 'mac' });
