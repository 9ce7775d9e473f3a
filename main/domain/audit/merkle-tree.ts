import { AppError } from '../errors.ts';
import { equalsBytes, hashLength, hashToBytes, type Hash, type TreeHasher } from './hash.ts';

/**
 * The right edge of a Merkle tree (RFC 6962 section 2.1): the roots of the perfect subtrees it is made of, largest
 * first, one for each binary one of `size`. It is all that appending needs.
 */
export interface TreeEdge {
  readonly size: number;
  readonly hashes: readonly Hash[];
}

export const emptyEdge: TreeEdge = { size: 0, hashes: [] };

/** The edge after appending leaf hashes in order: O(log size) for each, two hashes a leaf on average with its own. */
export function appendLeaves(hasher: TreeHasher, edge: TreeEdge, leafHashes: Iterable<Hash>): TreeEdge {
  const hashes = [...edge.hashes];
  let size = edge.size;
  for (const leafHash of leafHashes) {
    let joined = leafHash;
    for (let width = size; width % 2 === 1; width = (width - 1) / 2) joined = hasher.node(lastOf(hashes), joined);
    hashes.push(joined);
    size += 1;
  }
  return { size, hashes };
}

function lastOf(hashes: Hash[]): Hash {
  const last = hashes.pop();
  if (last === undefined) throw new AppError('internal', 'The edge of the log has fewer hashes than its size needs.');
  return last;
}

/** The root over everything left of the edge. */
export function edgeRoot(hasher: TreeHasher, edge: TreeEdge): Hash {
  if (edge.hashes.length === 0) return hasher.empty;
  return edge.hashes.reduceRight((right, left) => hasher.node(left, right));
}

/** The root of the tree over these leaf hashes alone. */
export function rootOfLeaves(hasher: TreeHasher, leafHashes: Iterable<Hash>): Hash {
  return edgeRoot(hasher, appendLeaves(hasher, emptyEdge, leafHashes));
}

/** The edge's hashes one after another, 32 octets each, as a checkpoint stores them. */
export function encodeEdge(edge: TreeEdge): Uint8Array {
  const bytes = new Uint8Array(edge.hashes.length * hashLength);
  edge.hashes.forEach((hash, at) => bytes.set(hashToBytes(hash), at * hashLength));
  return bytes;
}

/** Reads a stored edge; a length that does not fit the size gives `undefined`. */
export function decodeEdge(size: number, bytes: Uint8Array): TreeEdge | undefined {
  if (!Number.isSafeInteger(size) || size < 0 || bytes.length !== countOfOnes(size) * hashLength) return undefined;
  const hashes: Hash[] = [];
  for (let at = 0; at < bytes.length; at += hashLength) hashes.push(String.fromCharCode(...bytes.subarray(at, at + hashLength)));
  return { size, hashes };
}

/** Whether stored octets are this edge. */
export function edgeEqualsBytes(edge: TreeEdge, bytes: Uint8Array): boolean {
  if (bytes.length !== edge.hashes.length * hashLength) return false;
  return edge.hashes.every((hash, at) => equalsBytes(hash, bytes.subarray(at * hashLength, (at + 1) * hashLength)));
}

function countOfOnes(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
