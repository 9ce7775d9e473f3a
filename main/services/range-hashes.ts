import { hashFromBytes, type Hash, type TreeHasher } from '../domain/audit/hash.ts';
import type { RangeHashes } from '../domain/audit/merkle-proof.ts';
import { appendLeaves, edgeRoot, emptyEdge } from '../domain/audit/merkle-tree.ts';
import { AppError } from '../domain/errors.ts';
import type { AuditLogReader } from '../ports/stores/audit-log.ts';

const batchSize = 1000;

/** Roots over parts of a log, from the hashes that are stored. */
export const rangeHashes =
  (hasher: TreeHasher, log: AuditLogReader): RangeHashes =>
  async (from, to) => {
    let edge = emptyEdge;
    for (let at = from; at < to; at += batchSize) {
      const hashes = await log.leafHashes(at, Math.min(at + batchSize, to));
      edge = appendLeaves(hasher, edge, hashes.map(storedHash));
    }
    return edgeRoot(hasher, edge);
  };

/** @throws AppError integrity.audit-broken */
export function storedHash(octets: Uint8Array): Hash {
  const hash = hashFromBytes(octets);
  if (hash === undefined)
    throw new AppError('integrity.audit-broken', 'The log holds something that is not a hash.', { kind: 'edge-mismatch' });
  return hash;
}
