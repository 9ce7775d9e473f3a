import { hashFromBytes, type Hash, type TreeHasher } from '../domain/audit/hash.ts';
import { tileWidth } from '../domain/audit/log-tiles.ts';
import { inclusionPath, largestPowerBelow } from '../domain/audit/merkle-proof.ts';
import { rootOfLeaves } from '../domain/audit/merkle-tree.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';

/** Gives inclusion paths (RFC 9162 section 2.1.3). What many paths have in common is hashed once. */
export type InclusionPaths = (index: number, treeSize: number) => Promise<readonly Hash[]>;

/** For one answer, not to be kept: what is stored may change meanwhile. */
export function createInclusionPaths(stores: Pick<ReadStores, 'auditLog'>, hasher: TreeHasher): InclusionPaths {
  const rangeHash = createRangeHashes(stores, hasher);
  return (index, treeSize) => inclusionPath(index, treeSize, rangeHash);
}

/** The root over the first so many entries, by their stored hashes. */
export function createRootAt(stores: Pick<ReadStores, 'auditLog'>, hasher: TreeHasher): (size: number) => Promise<Hash> {
  const rangeHash = createRangeHashes(stores, hasher);
  return (size) => rangeHash(0, size);
}

/** The roots over parts of a log, by their stored hashes. */
export function createRangeHashes(
  { auditLog }: Pick<ReadStores, 'auditLog'>,
  hasher: TreeHasher,
): (from: number, to: number) => Promise<Hash> {
  const known = new Map<string, Hash>();
  const compute = async (from: number, to: number): Promise<Hash> => {
    if (to - from <= tileWidth) return rootOfLeaves(hasher, (await auditLog.leafHashes(from, to)).map(storedHash));
    const middle = from + largestPowerBelow(to - from);
    return hasher.node(await rangeHash(from, middle), await rangeHash(middle, to));
  };
  const rangeHash = async (from: number, to: number): Promise<Hash> => {
    const name = `${from} ${to}`;
    const hash = known.get(name) ?? (await compute(from, to));
    known.set(name, hash);
    return hash;
  };
  return rangeHash;
}

/** @throws AppError integrity.audit-broken for what is no hash */
export function storedHash(octets: Uint8Array): Hash {
  const hash = hashFromBytes(octets);
  if (hash === undefined)
    throw new AppError('integrity.audit-broken', 'The log holds something that is not a hash.', { kind: 'edge-mismatch' });
  return hash;
}
