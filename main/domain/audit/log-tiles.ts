import type { Hash, TreeHasher } from './hash.ts';
import { hashLength, hashToBytes } from './hash.ts';
import { rootOfLeaves } from './merkle-tree.ts';

/** Hashes in a full tile (C2SP tlog-tiles). */
export const tileWidth = 256;

/** A row of up to 256 hashes of one height of the tree: at level 0 of leaves, above of full tiles one level below. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  /** 1 to 256 hashes. Fewer than 256 stand at the right end of the tree only. */
  readonly width: number;
}

/** Where a tile lies in the folder of a log; `entries` for the entries of a tile of level 0. */
export function tilePath(level: number | 'entries', { index, width }: Pick<Tile, 'index' | 'width'>): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const parts = digits.match(/\d{3}/g) ?? [];
  const place = parts.map((part, at) => (at === parts.length - 1 ? part : `x${part}`)).join('/');
  return `tile/${level}/${place}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** Every tile of a tree of that size, level by level. */
export function* tilesOf(size: number): Generator<Tile> {
  for (let [level, count] = [0, size]; count > 0; level++, count = Math.floor(count / tileWidth))
    for (let index = 0; index * tileWidth < count; index++) yield { level, index, width: Math.min(tileWidth, count - index * tileWidth) };
}

/** Gathers leaf hashes into tiles, and full tiles into those above, in memory that grows with the height of the tree only. */
export interface TileBuilder {
  add(leafHash: Hash): void;
  /** Gives out the partial tiles of the right end. */
  end(): void;
}

/** `give` hears of each tile as it is complete, in no order of levels. */
export function buildTiles(hasher: TreeHasher, give: (tile: Tile, hashes: readonly Hash[]) => void): TileBuilder {
  const levels: { index: number; hashes: Hash[] }[] = [];
  const giveOut = (level: number): readonly Hash[] => {
    const row = levels[level];
    const hashes = row?.hashes ?? [];
    if (row === undefined || hashes.length === 0) return [];
    give({ level, index: row.index, width: hashes.length }, hashes);
    levels[level] = { index: row.index + 1, hashes: [] };
    return hashes;
  };
  const add = (level: number, hash: Hash): void => {
    const row = (levels[level] ??= { index: 0, hashes: [] });
    if (row.hashes.push(hash) === tileWidth) add(level + 1, rootOfLeaves(hasher, giveOut(level)));
  };
  return { add: (leafHash) => add(0, leafHash), end: () => levels.forEach((_, level) => giveOut(level)) };
}

/** The octets of a tile. */
export function tileOctets(hashes: readonly Hash[]): Uint8Array {
  const octets = new Uint8Array(hashes.length * hashLength);
  hashes.forEach((hash, at) => octets.set(hashToBytes(hash), at * hashLength));
  return octets;
}
