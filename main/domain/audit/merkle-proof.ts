import { AppError } from '../errors.ts';
import { isHash, type Hash, type TreeHasher } from './hash.ts';

/**
 * Gives the Merkle tree hash over the leaves from `from` up to, not including, `to` (RFC 6962 section 2.1, MTH(D[from:to])).
 * Only the range at the right end of the tree may be anything else than a perfect subtree.
 */
export type RangeHashes = (from: number, to: number) => Hash | Promise<Hash>;

/** Shows that a leaf is in a tree (RFC 9162 section 2.1.3). */
export interface InclusionProof {
  readonly leafHash: Hash;
  readonly index: number;
  readonly treeSize: number;
  readonly path: readonly Hash[];
  readonly rootHash: Hash;
}

/** Shows that the second tree begins with the whole first one (RFC 9162 section 2.1.4). */
export interface ConsistencyProof {
  readonly size1: number;
  readonly root1: Hash;
  readonly size2: number;
  readonly root2: Hash;
  readonly path: readonly Hash[];
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * The path from leaf `index` to the root of a tree of `treeSize` leaves, lowest first.
 * @throws AppError input.invalid when the tree has no such leaf.
 */
export async function inclusionPath(index: number, treeSize: number, hashes: RangeHashes): Promise<Hash[]> {
  if (!isCount(index) || !isCount(treeSize) || index >= treeSize) throw invalid('index');
  const siblings: Range[] = [];
  let within: Range = { from: 0, to: treeSize };
  while (within.to - within.from > 1) {
    const { left, right } = halves(within);
    const isLeft = index < left.to;
    siblings.unshift(isLeft ? right : left);
    within = isLeft ? left : right;
  }
  return await hashAll(siblings, hashes);
}

/**
 * The path that shows a tree of `size2` leaves to extend the one of `size1`, in the order of RFC 9162.
 * @throws AppError input.invalid unless 0 < size1 <= size2: every tree extends the empty one.
 */
export async function consistencyPath(size1: number, size2: number, hashes: RangeHashes): Promise<Hash[]> {
  if (!isCount(size1) || !isCount(size2) || size1 === 0 || size1 > size2) throw invalid('size1');
  const siblings: Range[] = [];
  let within: Range = { from: 0, to: size2 };
  while (within.to !== size1) {
    const { left, right } = halves(within);
    const isLeft = size1 <= left.to;
    siblings.unshift(isLeft ? right : left);
    within = isLeft ? left : right;
  }
  if (within.from !== 0) siblings.unshift(within);
  return await hashAll(siblings, hashes);
}

/** Checks a foreign inclusion proof (RFC 9162 section 2.1.3.2). Anything malformed does not hold. */
export function verifyInclusion(hasher: TreeHasher, proof: InclusionProof): boolean {
  const { leafHash, index, treeSize, path, rootHash } = proof;
  if (!isCount(index) || !isCount(treeSize) || index >= treeSize || !areHashes([leafHash, rootHash, ...path])) return false;
  const walk = { first: index, second: treeSize - 1 };
  let root = leafHash;
  for (const sibling of path) {
    if (walk.second === 0) return false;
    root = joinsFromLeft(walk) ? hasher.node(sibling, root) : hasher.node(root, sibling);
    climb(walk);
  }
  return walk.second === 0 && root === rootHash;
}

/** Checks a foreign consistency proof (RFC 9162 section 2.1.4.2). Anything malformed, or from an empty tree, does not hold. */
export function verifyConsistency(hasher: TreeHasher, proof: ConsistencyProof): boolean {
  const { size1, root1, size2, root2, path } = proof;
  if (!isCount(size1) || !isCount(size2) || size1 === 0 || size1 > size2) return false;
  if (size1 === size2) return path.length === 0 && root1 === root2;
  if (!areHashes([root1, root2, ...path])) return false;
  return reachesBothRoots(hasher, proof);
}

function reachesBothRoots(hasher: TreeHasher, { size1, root1, size2, root2, path }: ConsistencyProof): boolean {
  const walk = { first: size1 - 1, second: size2 - 1 };
  while (walk.first % 2 === 1) stepUp(walk);
  const [start, ...rest] = walk.first === 0 ? [root1, ...path] : path;
  if (start === undefined) return false;
  let first = start;
  let second = start;
  for (const sibling of rest) {
    if (walk.second === 0) return false;
    const isLeft = joinsFromLeft(walk);
    first = isLeft ? hasher.node(sibling, first) : first;
    second = isLeft ? hasher.node(sibling, second) : hasher.node(second, sibling);
    climb(walk);
  }
  return walk.second === 0 && first === root1 && second === root2;
}

/** Where a verifier stands: the node it has and the last node of the same level, counted from the left. */
interface Walk {
  first: number;
  second: number;
}

function joinsFromLeft(walk: Walk): boolean {
  return walk.first % 2 === 1 || walk.first === walk.second;
}

function climb(walk: Walk): void {
  if (walk.first === walk.second) while (walk.first % 2 === 0 && walk.first !== 0) stepUp(walk);
  stepUp(walk);
}

function stepUp(walk: Walk): void {
  walk.first = Math.floor(walk.first / 2);
  walk.second = Math.floor(walk.second / 2);
}

/** Where RFC 6962 section 2.1 divides a tree of more than one leaf. */
export function largestPowerBelow(width: number): number {
  let power = 1;
  while (power * 2 < width) power *= 2;
  return power;
}

function halves({ from, to }: Range): { left: Range; right: Range } {
  const middle = from + largestPowerBelow(to - from);
  return { left: { from, to: middle }, right: { from: middle, to } };
}

async function hashAll(ranges: readonly Range[], hashes: RangeHashes): Promise<Hash[]> {
  const path: Hash[] = [];
  for (const { from, to } of ranges) path.push(await hashes(from, to));
  return path;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function areHashes(values: readonly string[]): boolean {
  return values.every(isHash);
}

function invalid(field: string): AppError {
  return new AppError('input.invalid', 'The log has no such entry or size.', { field });
}
