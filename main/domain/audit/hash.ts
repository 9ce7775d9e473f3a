import { base64Decode, base64Encode } from '../encoding/base64.ts';

/** Octets of a SHA-256 hash. */
export const hashLength = 32;

/**
 * A SHA-256 hash as a string of 32 characters U+0000 to U+00FF, one an octet. Immutable, compared with `===`, and
 * verified in bulk about twice as fast as byte arrays.
 */
export type Hash = string;

/**
 * SHA-256 (FIPS 180-4), handed in by the caller. Text stands for its UTF-8 octets.
 * In Node: `(data) => hash('sha256', data, 'binary')`.
 */
export type Sha256 = (data: Uint8Array | string) => Hash;

/** The hashes of an RFC 6962 section 2.1 Merkle tree over texts. */
export interface TreeHasher {
  /** The root of a tree without leaves. */
  readonly empty: Hash;
  /** SHA-256(0x00 || UTF-8 of the text). */
  leaf(text: string): Hash;
  /** SHA-256(0x01 || left || right). */
  node(left: Hash, right: Hash): Hash;
}

/** Makes the tree's hashes from plain SHA-256. Not to be shared between threads. */
export function createTreeHasher(sha256: Sha256): TreeHasher {
  const pair = new Uint8Array(1 + 2 * hashLength);
  pair[0] = 1;
  return {
    empty: sha256(''),
    leaf: (text) => sha256(`\0${text}`),
    node: (left, right) => {
      for (let at = 0; at < hashLength; at++) {
        pair[1 + at] = left.charCodeAt(at);
        pair[1 + hashLength + at] = right.charCodeAt(at);
      }
      return sha256(pair);
    },
  };
}

/** Whether foreign text has the form of a hash: 32 characters up to U+00FF. */
export function isHash(text: string): text is Hash {
  if (text.length !== hashLength) return false;
  for (let at = 0; at < hashLength; at++) if (text.charCodeAt(at) > 0xff) return false;
  return true;
}

/** The 32 octets of a hash. */
export function hashToBytes(hash: Hash): Uint8Array {
  const bytes = new Uint8Array(hash.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = hash.charCodeAt(at);
  return bytes;
}

/** A hash from its octets; any other length than 32 gives `undefined`. */
export function hashFromBytes(bytes: Uint8Array): Hash | undefined {
  return bytes.length === hashLength ? String.fromCharCode(...bytes) : undefined;
}

/** Whether these octets are this hash. Made for bulk: nothing is allocated. */
export function equalsBytes(hash: Hash, bytes: Uint8Array): boolean {
  if (bytes.length !== hash.length) return false;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== hash.charCodeAt(at)) return false;
  return true;
}

/** Base64 (RFC 4648 section 4) of a hash, as notes and proofs carry it. */
export function hashToBase64(hash: Hash): string {
  return base64Encode(hashToBytes(hash));
}

/** Reads base64 of exactly 32 octets, in the one form an encoder writes; anything else gives `undefined`. */
export function hashFromBase64(text: string): Hash | undefined {
  const bytes = base64Decode(text);
  const hash = bytes === undefined ? undefined : hashFromBytes(bytes);
  return hash !== undefined && hashToBase64(hash) === text ? hash : undefined;
}
