import { concatenate } from '../asn1/der-writer.ts';
import { hexDecode } from '../encoding/hex.ts';
import { AppError } from '../errors.ts';
import { fixedLengthPublicKeyInfo, rsaPublicKeyInfo } from '../key/subject-public-key-info.ts';
import type { StoredKeyAlgorithm } from '../key/algorithm.ts';
import { readCurveSecret, type CurveSecret } from './curve-secret.ts';
import { bigEndian } from './packet.ts';
import { bigEndianOctets, writeMpi } from './write-packet.ts';

/** The public half of a key that signs on a card. */
export type CardSigningKey =
  | { readonly kind: 'ed25519'; readonly point: Uint8Array }
  | { readonly kind: 'rsa'; readonly modulus: Uint8Array; readonly exponent: Uint8Array };

/** The secret half of an RSA key, out of its packet: numbers without zeros in front. The secret ones are the caller's to wipe. */
export interface RsaSecret {
  readonly curve: null;
  /** The content of its Public-Key packet (RFC 9580 section 5.5.2). */
  readonly publicPart: Uint8Array;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
  readonly privateExponent: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
  /** The inverse of p modulo q. */
  readonly u: Uint8Array;
}

/** A key that is put on a card. */
export type CardSecret = CurveSecret | RsaSecret;

const rsa = 1;
const eddsa = 22;
const [versionAt, timeAt, algorithmAt, numbersAt] = [0, 1, 5, 6];

/**
 * Reads the content of a version 4 Secret-Key packet that is not encrypted: RSA, or on Curve25519 (RFC 9580 sections 5.5.3 and 5.5.5).
 * @throws AppError token.mechanism-unsupported for any other; input.malformed-openpgp
 */
export function readCardSecret(body: Uint8Array): CardSecret {
  if (body[algorithmAt] !== rsa || bigEndian(body, versionAt, 1) !== 4) return readCurveSecret(body);
  const [modulus, exponentAt] = readMpi(body, numbersAt);
  const [exponent, publicEnd] = readMpi(body, exponentAt);
  if (body[publicEnd] !== 0)
    throw new AppError('token.mechanism-unsupported', 'Only OpenPGP keys that are not encrypted are put on a card.');
  const [privateExponent, pAt] = readMpi(body, publicEnd + 1);
  const [p, qAt] = readMpi(body, pAt);
  const [q, uAt] = readMpi(body, qAt);
  const [u] = readMpi(body, uAt);
  const secret = { privateExponent, p, q, u };
  return { curve: null, publicPart: body.subarray(0, publicEnd), createdAt: bigEndian(body, timeAt, 4), modulus, exponent, ...secret };
}

/** A multiprecision integer (RFC 9580 section 3.2), and where it ends. */
function readMpi(body: Uint8Array, at: number): readonly [number: Uint8Array, end: number] {
  const end = at + 2 + Math.ceil(bigEndian(body, at, 2) / 8);
  bigEndian(body, end - 1, 1);
  return [body.slice(at + 2, end), end];
}

/** What of it is secret. */
export function wipeCardSecret(secret: CardSecret): void {
  for (const octets of secret.curve === null ? [secret.privateExponent, secret.p, secret.q, secret.u] : [secret.scalar]) octets.fill(0);
}

/** The public half of a secret key that signs. */
export const signingKeyOf = (secret: CardSecret): CardSigningKey =>
  secret.curve === null ? { kind: 'rsa', modulus: secret.modulus, exponent: secret.exponent } : { kind: 'ed25519', point: secret.point };

/** A primary key as a version 4 Public-Key packet has it (RFC 9580 sections 5.5.2.2, 5.5.5.1 and 5.5.5.5). */
export const publicPartOf = (key: CardSigningKey, createdAt: number): Uint8Array =>
  concatenate([
    Uint8Array.of(4),
    bigEndianOctets(createdAt, 4),
    ...(key.kind === 'rsa'
      ? [Uint8Array.of(rsa), writeMpi(key.modulus), writeMpi(key.exponent)]
      : [
          Uint8Array.of(eddsa),
          hexDecode('092b06010401da470f01') ?? new Uint8Array(),
          writeMpi(concatenate([Uint8Array.of(0x40), key.point])),
        ]),
  ]);

/** The same as a SubjectPublicKeyInfo. */
export const publicKeyInfoOf = (key: CardSigningKey): Uint8Array =>
  key.kind === 'rsa' ? rsaPublicKeyInfo(key.modulus, key.exponent) : fixedLengthPublicKeyInfo('ed25519', key.point);

const rsaBySize: ReadonlyMap<number, StoredKeyAlgorithm> = new Map([
  [2048, 'rsa-2048'],
  [3072, 'rsa-3072'],
  [4096, 'rsa-4096'],
]);

/** How the practice records it. */
export const storedAlgorithmOf = (key: CardSigningKey): StoredKeyAlgorithm =>
  key.kind === 'ed25519' ? 'ed25519' : (rsaBySize.get(key.modulus.length * 8) ?? 'other');
