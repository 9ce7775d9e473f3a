import { canonicalJson } from './canonical-json.ts';
import { openCheckpoint } from './checkpoint.ts';
import { hashFromBase64, hashToBase64, type Hash, type TreeHasher } from './hash.ts';
import { isLeaf } from './leaf-form.ts';
import { verifyConsistency } from './merkle-proof.ts';
import { appendLeaves, decodeEdge, edgeRoot, emptyEdge, encodeEdge, type TreeEdge } from './merkle-tree.ts';
import type { NoteKey } from './signed-note.ts';
import type { LogPrimitives } from './verify.ts';
import { base64Decode, base64Encode } from '../encoding/base64.ts';
import { AppError } from '../errors.ts';

/**
 * The first line of an archive. The entries from `from` on, and before `to`, follow, a line each. `edge` is the tree's right edge before the
 * first of them; with them it gives the root over `to` entries, which `path` ties to a signed checkpoint (RFC 9162 section 2.1.4).
 */
export interface ArchiveHead {
  readonly from: number;
  readonly to: number;
  readonly edge: TreeEdge;
  /** The signed note. */
  readonly checkpoint: string;
  readonly path: readonly Hash[];
}

const format = 'keyward-log-archive-1';

export const archiveHeadLine = ({ from, to, edge, checkpoint, path }: ArchiveHead): string =>
  canonicalJson({ format, from, to, edge: base64Encode(encodeEdge(edge)), checkpoint, path: path.map(hashToBase64) }, (text) => text);

/** @throws AppError integrity.audit-broken for what is not the first line of an archive */
function readArchiveHead(line: string): ArchiveHead {
  const { from, to, edge, checkpoint, path, ...more } = parsed(line);
  const size = Number(from);
  const hashes = Array.isArray(path) ? path.map((text) => hashFromBase64(String(text))) : [undefined];
  const octets = typeof edge === 'string' ? base64Decode(edge) : undefined;
  const before = octets && (size === 0 ? emptyEdge : decodeEdge(size, octets));
  const isWhole = more['format'] === format && Number.isSafeInteger(size) && Number.isSafeInteger(to) && typeof checkpoint === 'string';
  if (!isWhole || before === undefined || hashes.includes(undefined)) throw malformed();
  return { from: size, to: Number(to), edge: before, checkpoint, path: hashes.flatMap((hash) => hash ?? []) };
}

/** Which entries follow a first line. @throws AppError integrity.audit-broken for what is not the first line of an archive */
export function archiveRange(line: string): Pick<ArchiveHead, 'from' | 'to'> {
  const { from, to } = readArchiveHead(line);
  return { from, to };
}

const malformed = () => new AppError('integrity.audit-broken', 'This is no archive of a log.', { kind: 'archive-malformed' });

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** What checking an archive gave: which entries, and the root over all up to its end. */
export interface ArchiveVerification {
  readonly from: number;
  readonly to: number;
  /** Over the first `to` entries of the log. */
  readonly root: Hash;
}

/**
 * Recomputes an archive, line by line: each line is an entry, there are as many as it says, and they lead to the signed checkpoint.
 * @throws AppError integrity.audit-broken with details {kind, index}; integrity.checkpoint-signature
 */
export async function verifyArchive(
  lines: AsyncIterable<string>,
  key: NoteKey,
  { hasher, verifyEd25519 }: LogPrimitives,
): Promise<ArchiveVerification> {
  let head: ArchiveHead | undefined;
  let edge: TreeEdge = emptyEdge;
  for await (const line of lines) {
    if (head === undefined) {
      head = readArchiveHead(line);
      edge = head.edge;
    } else edge = withLeaf(hasher, edge, line);
  }
  if (head === undefined) throw malformed();
  if (edge.size !== head.to) throw broken('leaf-missing', edge.size);
  const root = edgeRoot(hasher, edge);
  const { size, root: signed } = openCheckpoint(head.checkpoint, key, verifyEd25519);
  const proof = { size1: head.to, root1: root, size2: size, root2: signed, path: head.path };
  if (!verifyConsistency(hasher, proof)) throw broken('entries-rewritten', head.from);
  return { from: head.from, to: head.to, root };
}

function withLeaf(hasher: TreeHasher, edge: TreeEdge, line: string): TreeEdge {
  if (!isLeaf(line)) throw broken('leaf-malformed', edge.size);
  return appendLeaves(hasher, edge, [hasher.leaf(line)]);
}

const broken = (kind: string, index: number) => new AppError('integrity.audit-broken', 'This archive does not add up.', { kind, index });
