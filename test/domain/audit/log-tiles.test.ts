import { expect, it } from 'vitest';
import { entryBundle } from '../../../main/domain/audit/entry-bundle.ts';
import { verifyExportedLog } from '../../../main/domain/audit/exported-log.ts';
import { buildTiles, tileOctets, tilePath, tilesOf, type Tile } from '../../../main/domain/audit/log-tiles.ts';
import { rootOfLeaves } from '../../../main/domain/audit/merkle-tree.ts';
import { signCheckpoint } from '../../../main/domain/audit/checkpoint.ts';
import { noteKey } from '../../../main/domain/audit/signed-note.ts';
import { hasher, newSigner, sha256, verifyEd25519 } from './primitives.ts';

const hashes = Array.from({ length: 66_000 }, (_, at) => hasher.leaf(`entry ${at}`));

function builtFrom(count: number): [Tile, readonly string[]][] {
  const tiles: [Tile, readonly string[]][] = [];
  const builder = buildTiles(hasher, (tile, row) => tiles.push([tile, row]));
  for (const hash of hashes.slice(0, count)) builder.add(hash);
  builder.end();
  return tiles;
}

it('tiles have the names of C2SP tlog-tiles', () => {
  expect(tilePath(0, { index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
  expect(tilePath(1, { index: 0, width: 17 })).toBe('tile/1/000.p/17');
  expect(tilePath('entries', { index: 999, width: 256 })).toBe('tile/entries/999');
  expect(tilePath('entries', { index: 1000, width: 1 })).toBe('tile/entries/x001/000.p/1');
});

it('a tree of 70,000 has the tiles that C2SP counts, one of 256 a full tile and one above, an empty one none', () => {
  const tiles = [...tilesOf(70_000)];
  const counted = [0, 1, 2, 3].map((level) => tiles.filter((tile) => tile.level === level));
  expect(counted.map(({ length }) => length)).toEqual([274, 2, 1, 0]);
  expect(counted.slice(0, 3).map((row) => row.at(-1)?.width)).toEqual([112, 17, 1]);
  expect([...tilesOf(256)]).toEqual([
    { level: 0, index: 0, width: 256 },
    { level: 1, index: 0, width: 1 },
  ]);
  expect([...tilesOf(0)]).toEqual([]);
});

it('each hash of a tile is the root over the leaves it stands for, at every level', () => {
  for (const count of [1, 255, 256, 257, 513, 66_000]) {
    const tiles = builtFrom(count);
    const expected = new Set(Array.from(tilesOf(count), (tile) => JSON.stringify(tile)));
    expect(new Set(tiles.map(([tile]) => JSON.stringify(tile)))).toEqual(expected);
    for (const [{ level, index, width }, row] of tiles) {
      const span = 256 ** level;
      const first = index * 256 * span;
      expect(row).toHaveLength(width);
      expect(row.at(-1)).toBe(rootOfLeaves(hasher, hashes.slice(first + (width - 1) * span, first + width * span)));
    }
  }
});

it('entries stand in a tile with their length before them, and one that is too long for that has no place', () => {
  expect(Buffer.from(entryBundle(['ab', '', 'é']) ?? []).toString('hex')).toBe(`00026162${'0000'}${'0002c3a9'}`);
  expect(entryBundle(['x'.repeat(65_535)])).toHaveLength(65_537);
  expect(entryBundle(['x'.repeat(65_536)])).toBeUndefined();
});

it('a signed total over entries that are not there costs no time', async () => {
  const signer = newSigner();
  const key = noteKey('log', signer.publicKey, sha256);
  const size = Number.MAX_SAFE_INTEGER;
  const checkpoint = signCheckpoint({ origin: key.name, size, root: sha256('') }, key, signer.sign);
  const tiles = { names: ['tile/0/000'], read: () => tileOctets(hashes.slice(0, 256)) };
  const log = { entries: [], tiles, leafHashes: undefined, checkpoint, key };
  expect(await verifyExportedLog(log, { hasher, verifyEd25519 })).toMatchObject({ holds: false, firstWrong: { kind: 'truncated' } });
});
