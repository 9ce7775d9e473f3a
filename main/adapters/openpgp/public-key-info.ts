import { createPublicKey, hash } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';
import type { StoredKeyAlgorithm } from '../../domain/key/algorithm.ts';

/** The public numbers of a packet as the library names them. */
interface PublicNumbers {
  readonly n?: unknown;
  readonly e?: unknown;
  readonly Q?: unknown;
}

/** The octet in front of a native point (RFC 9580 section 11.2.2). */
const nativePoint = 0x40;

const curveNames: Partial<Readonly<Record<StoredKeyAlgorithm, string>>> = { ed25519: 'Ed25519', x25519: 'X25519' };

/** SHA-256, in hex, of an OpenPGP public key as a SubjectPublicKeyInfo: the same key has the same hash whatever it is packed in. */
export function spkiSha256(algorithm: StoredKeyAlgorithm, numbers: PublicNumbers): string {
  const key = createPublicKey({ key: webKeyOf(algorithm, numbers), format: 'jwk' });
  return hash('sha256', key.export({ format: 'der', type: 'spki' }), 'hex');
}

function webKeyOf(algorithm: StoredKeyAlgorithm, { n, e, Q }: PublicNumbers): Record<string, string> {
  const curve = curveNames[algorithm];
  if (curve === undefined) return { kty: 'RSA', n: base64Url(n), e: base64Url(e) };
  if (!(Q instanceof Uint8Array) || Q[0] !== nativePoint) throw unexpected();
  return { kty: 'OKP', crv: curve, x: base64Url(Q.subarray(1)) };
}

function base64Url(octets: unknown): string {
  if (!(octets instanceof Uint8Array)) throw unexpected();
  return Buffer.from(octets).toString('base64url');
}

const unexpected = (): AppError => new AppError('internal', 'an OpenPGP key has other numbers than were asked for');
