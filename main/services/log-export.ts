import { FileContent } from '../contract/secret.ts';
import { entryBundle } from '../domain/audit/entry-bundle.ts';
import type { TreeHasher } from '../domain/audit/hash.ts';
import { buildTiles, tileOctets, tilePath, tileWidth } from '../domain/audit/log-tiles.ts';
import { sealedText } from '../domain/audit/sealed-part.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { LeafRecord } from '../ports/stores/audit-log.ts';
import { readArchivedLeaves, type ArchivedLeafParts } from './archived-leaves.ts';
import type { AreaHandlers } from './handler.ts';
import { proofFiles } from './checkpoint-proofs.ts';
import { requireNewestSigned } from './newest-signed.ts';
import { storedHash } from './log-proofs.ts';

export interface LogExportParts extends ArchivedLeafParts {
  readonly read: () => ReadStores;
  /** For whoever verifies what is exported. */
  readonly logGuide: string;
  /** A program that does, without Keyward. */
  readonly logVerifier: () => Uint8Array;
}

/** Most tiles of entries in one answer, and about how many octets of entries. */
const mostTiles = 32;
const manyOctets = 16 << 20;
/** As many files as may travel in one answer. */
const mostUpperTiles = 250;

type ExportCall = 'exportHead' | 'exportPart' | 'exportUpperTiles';

/** The log as a stranger can verify it: what is signed of it, as lines to read and as the tiles of C2SP tlog-tiles. */
export function createLogExport(parts: LogExportParts): Pick<AreaHandlers<'audit'>, ExportCall> {
  const { read, hasher } = parts;
  return {
    exportHead: async ({ part, withArchives }) => head(parts, part === 'whole' && !withArchives),
    exportPart: async ({ size, from, archives }) => {
      const stores = read();
      await requireSigned(stores, size);
      const tiles = await withContents(parts, archives, await tilesFrom(stores, from, size));
      const to = from + tiles.reduce((sum, { length }) => sum + length, 0);
      return { files: [...linesFiles(tiles.flat()), ...tiles.flatMap((tile) => tileFiles(tile))], next: to < size ? to : null };
    },
    exportUpperTiles: async ({ size }) => ({ files: await upperTiles(read(), size, hasher) }),
  };
}

/** What went to archives comes from them, where they were given; else its hashes are all there is of it. */
async function withContents(
  parts: LogExportParts,
  archives: readonly string[],
  tiles: readonly (readonly LeafRecord[])[],
): Promise<readonly (readonly LeafRecord[])[]> {
  const sealed = tiles.flat().filter(isSealed);
  if (archives.length === 0 || sealed.length === 0) return tiles;
  const contents = new Map((await readArchivedLeaves(parts, archives, sealed)).map((record) => [record.index, record]));
  return tiles.map((tile) => tile.map((record) => contents.get(record.index) ?? record));
}

const isSealed = ({ leaf }: LeafRecord): boolean => leaf === '';

/** What says how much is in archives, and in which. */
async function sealedFiles({ auditLog, archives }: ReadStores): Promise<readonly FileContent[]> {
  const entries = await auditLog.archivedSize();
  if (entries === 0) return [];
  const made = (await archives.inState('made'))
    .toReversed()
    .map(({ from, to, createdAt, sha256 }) => ({ from, to, createdAt, sha256: sha256 ?? '' }));
  return [new FileContent('sealed', Buffer.from(sealedText(entries, made)))];
}

async function head({ read, logGuide, logVerifier }: LogExportParts, isSealable: boolean) {
  const stores = read();
  const [entries, { size, note, vkey }] = [await stores.auditLog.size(), await requireNewestSigned(stores)];
  const files = [
    new FileContent('README.txt', Buffer.from(logGuide)),
    new FileContent('verify_log.py', logVerifier()),
    new FileContent('log-key', Buffer.from(`${vkey}\n`)),
    new FileContent('checkpoint', Buffer.from(note)),
    ...(isSealable ? await sealedFiles(stores) : []),
    ...(await proofFiles(stores)),
  ];
  return { size, unsignedTail: entries - size, archived: await stores.auditLog.archivedSize(), vkey, files };
}

/** @throws AppError not-found: only what was signed at once is given out as a whole. */
export async function requireSigned(stores: ReadStores, size: number): Promise<void> {
  for await (const [checkpoint] of stores.auditLog.checkpoints(size, 1))
    if (checkpoint?.size === size && checkpoint.note !== null) return;
    else break;
  throw new AppError('not-found', 'No signed total counts as many entries.', { what: 'checkpoint' });
}

/** Whole tiles, but at the right end, until they are many. */
async function tilesFrom(stores: ReadStores, from: number, size: number): Promise<readonly (readonly LeafRecord[])[]> {
  const tiles: (readonly LeafRecord[])[] = [];
  let octets = 0;
  for (let at = from; at < size && tiles.length < mostTiles && octets < manyOctets; at += tileWidth) {
    const tile = await leavesBetween(stores, at, Math.min(at + tileWidth, size));
    octets += tile.reduce((sum, { leaf }) => sum + leaf.length, 0);
    tiles.push(tile);
  }
  return tiles;
}

/** @throws AppError integrity.audit-broken where the log has a gap. */
async function leavesBetween(stores: ReadStores, from: number, to: number): Promise<readonly LeafRecord[]> {
  for await (const batch of stores.auditLog.leaves(from, to - from))
    if (batch.every(({ index }, at) => index === from + at) && batch.length === to - from) return batch;
    else break;
  throw new AppError('integrity.audit-broken', 'Entries of the log are missing.', { kind: 'leaf-missing', index: from });
}

/** The entries among them that are here, as lines; those in archives come before all others. */
function linesFiles(leaves: readonly LeafRecord[]): FileContent[] {
  const here = leaves.filter((leaf) => !isSealed(leaf));
  const [first] = here;
  if (first === undefined) return [];
  const name = `entries/${String(first.index).padStart(12, '0')}.jsonl`;
  return [new FileContent(name, Buffer.from(here.map(({ leaf }) => `${leaf}\n`).join('')))];
}

function tileFiles(leaves: readonly LeafRecord[]): FileContent[] {
  const [tile, bundle] = [
    { index: Math.floor((leaves[0]?.index ?? 0) / tileWidth), width: leaves.length },
    entryBundle(leaves.map(({ leaf }) => leaf)),
  ];
  if (bundle === undefined) throw new AppError('unsupported', 'An entry is too long for a tile of a log.', { what: 'entry' });
  const hashes = new FileContent(tilePath(0, tile), Buffer.concat(leaves.map(({ leafHash }) => leafHash)));
  return leaves.some(isSealed) ? [hashes] : [hashes, new FileContent(tilePath('entries', tile), bundle)];
}

async function upperTiles(stores: ReadStores, size: number, hasher: TreeHasher): Promise<FileContent[]> {
  const files: FileContent[] = [];
  const builder = buildTiles(hasher, (tile, hashes) => {
    if (tile.level > 0) files.push(new FileContent(tilePath(tile.level, tile), tileOctets(hashes)));
  });
  for (let at = 0; at < size; at += 1000)
    for (const hash of await stores.auditLog.leafHashes(at, Math.min(at + 1000, size))) builder.add(storedHash(hash));
  builder.end();
  if (files.length > mostUpperTiles) throw new AppError('unsupported', 'This log is too long to be exported at once.', { what: 'log' });
  return files;
}
