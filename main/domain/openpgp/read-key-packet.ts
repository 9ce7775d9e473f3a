import { concatenate } from '../asn1/der-writer.ts';
import { hexEncode } from '../encoding/hex.ts';
import type { DigestName } from '../x509/algorithm-identifier.ts';
import { bigEndian, malformedOpenPgp } from './packet.ts';

type Digest = (name: DigestName, octets: Uint8Array) => Uint8Array;

/** A key packet as read: the public half, whatever else is behind it. */
export interface OpenPgpKey {
  readonly version: number;
  /** Lower-case hexadecimal. */
  readonly fingerprint: string;
  readonly keyId: string;
  readonly created: Date;
  /** `rsa`, `ecdh`, `ed25519`, ... or `algorithm-N`. */
  readonly algorithm: string;
  readonly keySize?: number;
  readonly curve?: string;
  /** Version 3 only: how long it is good for, in days. */
  readonly daysValid?: number;
}

/** Public-key algorithms (RFC 9580 section 9.1) and what their public half is made of. */
const algorithms = new Map<number, { readonly name: string; readonly parts: readonly ('mpi' | 'curve' | 'kdf' | number)[] }>([
  [1, { name: 'rsa', parts: ['mpi', 'mpi'] }],
  [2, { name: 'rsa-encrypt', parts: ['mpi', 'mpi'] }],
  [3, { name: 'rsa-sign', parts: ['mpi', 'mpi'] }],
  [16, { name: 'elgamal', parts: ['mpi', 'mpi', 'mpi'] }],
  [17, { name: 'dsa', parts: ['mpi', 'mpi', 'mpi', 'mpi'] }],
  [18, { name: 'ecdh', parts: ['curve', 'mpi', 'kdf'] }],
  [19, { name: 'ecdsa', parts: ['curve', 'mpi'] }],
  [22, { name: 'eddsaLegacy', parts: ['curve', 'mpi'] }],
  [25, { name: 'x25519', parts: [32] }],
  [26, { name: 'x448', parts: [56] }],
  [27, { name: 'ed25519', parts: [32] }],
  [28, { name: 'ed448', parts: [57] }],
]);

/** RFC 9580 section 9.2. */
const curves = new Map([
  ['2a8648ce3d030107', 'p256'],
  ['2b81040022', 'p384'],
  ['2b81040023', 'p521'],
  ['2b8104000a', 'secp256k1'],
  ['2b2403030208010107', 'brainpoolP256r1'],
  ['2b240303020801010b', 'brainpoolP384r1'],
  ['2b240303020801010d', 'brainpoolP512r1'],
  ['2b06010401da470f01', 'ed25519Legacy'],
  ['2b060104019755010501', 'curve25519Legacy'],
]);

/**
 * The public half of a key packet (RFC 9580 section 5.5.2): versions 3, 4 and 6. A secret key packet begins with the same.
 * @throws AppError input.malformed-openpgp with the octet within the packet
 */
export function readKeyPacket(body: Uint8Array, digest: Digest): OpenPgpKey {
  const version = bigEndian(body, 0, 1);
  if (version !== 2 && version !== 3 && version !== 4 && version !== 6) throw malformedOpenPgp('a key of a version that is not known', 0);
  const created = new Date(bigEndian(body, 1, 4) * 1000);
  const daysValid = version < 4 ? bigEndian(body, 5, 2) : undefined;
  const algorithmAt = version < 4 ? 7 : 5;
  const number = bigEndian(body, algorithmAt, 1);
  const start = algorithmAt + (version === 6 ? 5 : 1);
  const material = readMaterial(body, start, number, version === 6 ? bigEndian(body, algorithmAt + 1, 4) : undefined);
  const { end, ...about } = material;
  const fingerprint = hexEncode(fingerprintOf(version, body.subarray(0, end), start, digest));
  const keyId = version === 6 ? fingerprint.slice(0, 16) : version === 4 ? fingerprint.slice(-16) : oldKeyId(body, start);
  return {
    version,
    fingerprint,
    keyId,
    created,
    algorithm: algorithms.get(number)?.name ?? `algorithm-${number}`,
    ...about,
    ...(daysValid === undefined ? {} : { daysValid }),
  };
}

/** RFC 9580 section 5.5.4; of version 3 the octets of both numbers, without their lengths. */
function fingerprintOf(version: number, publicPart: Uint8Array, material: number, digest: Digest): Uint8Array {
  const { length } = publicPart;
  if (version === 6)
    return digest(
      'sha256',
      concatenate([Uint8Array.of(0x9b, (length >>> 24) & 0xff, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff), publicPart]),
    );
  if (version === 4) return digest('sha1', concatenate([Uint8Array.of(0x99, (length >> 8) & 0xff, length & 0xff), publicPart]));
  const first = Math.ceil(bigEndian(publicPart, material, 2) / 8);
  return digest('md5', concatenate([publicPart.subarray(material + 2, material + 2 + first), publicPart.subarray(material + 4 + first)]));
}

/** The lowest 64 bits of the modulus. */
function oldKeyId(body: Uint8Array, material: number): string {
  const size = Math.ceil(bigEndian(body, material, 2) / 8);
  return hexEncode(body.subarray(Math.max(material + 2, material + 2 + size - 8), material + 2 + size));
}

function readMaterial(
  body: Uint8Array,
  start: number,
  number: number,
  declared: number | undefined,
): { end: number; keySize?: number; curve?: string } {
  const known = algorithms.get(number);
  // Of an algorithm that is not known, all that is left is taken as its public half.
  if (known === undefined) return { end: declared === undefined ? body.length : within(body, start, declared) };
  let at = start;
  let found: { keySize?: number; curve?: string } = {};
  for (const part of known.parts) {
    if (part === 'mpi') {
      const bits = bigEndian(body, at, 2);
      if (at === start) found = { keySize: bits };
      at = within(body, at + 2, Math.ceil(bits / 8));
    } else if (typeof part === 'number') at = within(body, at, part);
    else {
      const length = bigEndian(body, at, 1);
      const end = within(body, at + 1, length);
      if (part === 'curve') found = { curve: curves.get(hexEncode(body.subarray(at + 1, end))) ?? hexEncode(body.subarray(at + 1, end)) };
      at = end;
    }
  }
  if (declared !== undefined && at !== start + declared) throw malformedOpenPgp('a key that is not as long as it says', start);
  return { end: at, ...found };
}

function within(body: Uint8Array, start: number, length: number): number {
  if (start + length > body.length) throw malformedOpenPgp('a key that is cut off', start);
  return start + length;
}
