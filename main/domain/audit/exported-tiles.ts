import { isSameOctets } from '../encoding/octets.ts';
import { entryBundle } from './entry-bundle.ts';
import { hashLength, type Hash, type TreeHasher } from './hash.ts';
import { buildTiles, tileOctets, tilePath, tilesOf, tileWidth, type Tile } from './log-tiles.ts';

/**
 * A file of the tiles that is not as the entries of the log give it: one that has to be there and is not, one that has no place there, or
 * one that holds something else.
 */
export interface TileFault {
  readonly kind: 'tile-missing' | 'tile-unexpected' | 'tile-changed';
  readonly file: string;
}

/** The tiles of a log that was written out, checked beside its entries. */
export interface ExportedTiles {
  /** Octets that were written as the hashes of this tile of leaves; nothing where there is no such tile. */
  leafHashes(index: number): Uint8Array;
  /** Takes the entries of a tile, one tile after another. */
  add(index: number, leaves: readonly string[]): void;
  /** Takes a tile of which the hashes alone are there, and gives them. */
  addSealed(index: number): Uint8Array;
  /** The first file that is wrong, once all entries have been taken. */
  fault(): TileFault | undefined;
}

export interface TileFiles {
  readonly names: readonly string[];
  read(name: string): Uint8Array | undefined;
}

/** Checks tiles of a log of that size, the first so many entries of which are there by their hashes. Reads one file at a time. */
export function checkTiles(
  files: TileFiles,
  { size, sealed }: { readonly size: number; readonly sealed: number },
  hasher: TreeHasher,
): ExportedTiles {
  let fault = misplaced(files.names, size, sealed);
  const leafHashes = (index: number): Uint8Array => files.read(tilePath(0, tileAt(index, size))) ?? new Uint8Array();
  const compare = (file: string, octets: Uint8Array | undefined): void => {
    if (fault !== undefined) return;
    const found = files.read(file);
    if (found === undefined || octets === undefined || !isSameOctets(found, octets)) fault = { kind: 'tile-changed', file };
  };
  const builder = buildTiles(hasher, (tile, hashes) => compare(tilePath(tile.level, tile), tileOctets(hashes)));
  const addHashes = (index: number): Uint8Array => {
    const [tile, octets] = [tileAt(index, size), leafHashes(index)];
    if (octets.length !== tile.width * hashLength) fault ??= { kind: 'tile-changed', file: tilePath(0, tile) };
    for (let at = 0; at + hashLength <= octets.length && at < tile.width * hashLength; at += hashLength) builder.add(hashAt(octets, at));
    return octets;
  };
  return {
    leafHashes,
    add: (index, leaves) => {
      addHashes(index);
      compare(tilePath('entries', tileAt(index, size)), entryBundle(leaves));
    },
    addSealed: addHashes,
    fault: () => {
      builder.end();
      return fault;
    },
  };
}

const tileAt = (index: number, size: number): Tile => ({ level: 0, index, width: Math.min(tileWidth, size - index * tileWidth) });

/** Which files there have to be follows from the size alone. A size that is claimed and not there costs nothing: the first gap ends it. */
function misplaced(names: readonly string[], size: number, sealed: number): TileFault | undefined {
  const left = new Set(names);
  for (const file of filesOf(size, sealed)) if (!left.delete(file)) return { kind: 'tile-missing', file };
  const [file] = left;
  return file === undefined ? undefined : { kind: 'tile-unexpected', file };
}

function* filesOf(size: number, sealed: number): Generator<string> {
  for (const tile of tilesOf(size)) {
    yield tilePath(tile.level, tile);
    if (tile.level === 0 && tile.index * tileWidth >= sealed) yield tilePath('entries', tile);
  }
}

const hashAt = (octets: Uint8Array, at: number): Hash => String.fromCharCode(...octets.subarray(at, at + hashLength));
