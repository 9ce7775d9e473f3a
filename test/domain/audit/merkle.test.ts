import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hash } from '../../../main/domain/audit/hash.ts';
import { hashFromBase64, hashFromBytes, hashToBase64, hashToBytes } from '../../../main/domain/audit/hash.ts';
import { consistencyPath, inclusionPath, verifyConsistency, verifyInclusion } from '../../../main/domain/audit/merkle-proof.ts';
import {
  appendLeaves,
  decodeEdge,
  edgeEqualsBytes,
  edgeRoot,
  emptyEdge,
  encodeEdge,
  rootOfLeaves,
} from '../../../main/domain/audit/merkle-tree.ts';
import { fromHex, hasher, sha256, toHex } from './primitives.ts';

/** The eight-leaf tree that certificate-transparency implementations share as test vector. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leafHashes = leaves.map((leaf) => hasher.leaf(fromHex(leaf)));

const inclusions: readonly [number, number, string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
const consistencies: readonly [number, number, string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

/** RFC 6962 section 2.1 as it stands there, recursive and slow. */
function treeHash(hashes: readonly Hash[]): Hash {
  const [only] = hashes;
  if (only === undefined) return sha256('');
  if (hashes.length === 1) return only;
  const k = 2 ** Math.floor(Math.log2(hashes.length - 1));
  return sha256(Buffer.concat([Buffer.of(1), Buffer.from(treeHash(hashes.slice(0, k)) + treeHash(hashes.slice(k)), 'latin1')]));
}

const manyHashes = Array.from({ length: 200 }, (_, at) => hasher.leaf(`entry ${at}`));
const known = new Map<string, Hash>();
const ranges = (from: number, to: number): Hash => {
  const root = known.get(`${from} ${to}`) ?? rootOfLeaves(hasher, manyHashes.slice(from, to));
  known.set(`${from} ${to}`, root);
  return root;
};
const treeOf = (size: number) => ranges(0, size);
const otherHash = sha256('another');
const size = fc.integer({ min: 1, max: 200 });

describe('the Merkle tree of the log', () => {
  it('has the roots of the certificate-transparency test vectors at every size', () => {
    expect(roots.map((_, count) => toHex(rootOfLeaves(hasher, leafHashes.slice(0, count))))).toEqual(roots);
  });

  it('has the root of RFC 6962 section 2.1 recomputed from scratch at every size to 200', () => {
    const sizes = Array.from({ length: 201 }, (_, count) => count);
    expect(sizes.map(treeOf)).toEqual(sizes.map((count) => treeHash(manyHashes.slice(0, count))));
  });

  it('grows the same tree whether leaves come one by one or in batches', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 5 }), (batches) => {
        let edge = emptyEdge;
        for (const count of batches) edge = appendLeaves(hasher, edge, manyHashes.slice(edge.size, edge.size + count));
        expect(edgeRoot(hasher, edge)).toBe(treeOf(edge.size));
      }),
    );
  });

  it('goes on from a stored edge, and keeps one hash for each binary one of its size', () => {
    fc.assert(
      fc.property(size, (count) => {
        const edge = appendLeaves(hasher, emptyEdge, manyHashes.slice(0, count - 1));
        const stored = encodeEdge(edge);
        expect(stored.length / 32).toBe((count - 1).toString(2).replaceAll('0', '').length);
        expect(edgeEqualsBytes(edge, stored)).toBe(true);
        const read = decodeEdge(count - 1, stored) ?? emptyEdge;
        expect(edgeRoot(hasher, appendLeaves(hasher, read, manyHashes.slice(count - 1, count)))).toBe(treeOf(count));
      }),
    );
  });

  it('does not read an edge whose length does not fit its size', () => {
    const stored = encodeEdge(appendLeaves(hasher, emptyEdge, manyHashes.slice(0, 5)));
    expect(decodeEdge(5, stored)?.hashes).toHaveLength(2);
    for (const wrong of [4, 7, 8, -1, 0.5, Number.NaN, 2 ** 60]) expect(decodeEdge(wrong, stored)).toBeUndefined();
    expect(decodeEdge(5, stored.subarray(1))).toBeUndefined();
  });

  it('sees a change in any octet of a stored edge', () => {
    const edge = appendLeaves(hasher, emptyEdge, manyHashes.slice(0, 6));
    for (let at = 0; at < 64; at++) {
      const stored = encodeEdge(edge);
      stored[at] = (stored[at] ?? 0) ^ 1;
      expect(edgeEqualsBytes(edge, stored)).toBe(false);
    }
  });

  it('hashes text as its UTF-8 octets', () => {
    expect(hasher.leaf('Олена 田中 \u{1f600}')).toBe(sha256(Buffer.from('\0Олена 田中 \u{1f600}', 'utf8')));
  });
});

describe('hashes as text', () => {
  it('come back from octets and from base64', () => {
    const hash = sha256('a');
    expect(Buffer.from(hashToBytes(hash)).toString('hex')).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
    expect(hashFromBytes(hashToBytes(hash))).toBe(hash);
    expect(hashFromBase64(hashToBase64(hash))).toBe(hash);
    expect(hashToBase64(hash)).toBe(Buffer.from(hash, 'latin1').toString('base64'));
  });

  it('are refused with another length, white space or stray bits', () => {
    const text = hashToBase64(sha256('a'));
    expect(hashFromBytes(new Uint8Array(31))).toBeUndefined();
    for (const wrong of ['', 'AAAA', ` ${text}`, `${text}\n`, text.slice(0, -1), `${text.slice(0, -2)}t=`, `${text.slice(0, -2)}/=`]) {
      expect(hashFromBase64(wrong)).toBeUndefined();
    }
  });
});

describe('inclusion proofs', () => {
  it.each(inclusions)('follow the test vector for leaf %i of %i', async (index, treeSize, path) => {
    const given = await inclusionPath(index, treeSize, (from, to) => rootOfLeaves(hasher, leafHashes.slice(from, to)));
    expect(given.map(toHex)).toEqual(path);
    const proof = { leafHash: leafHashes[index] ?? '', index, treeSize, path: path.map(fromHex), rootHash: fromHex(roots[treeSize] ?? '') };
    expect(verifyInclusion(hasher, proof)).toBe(true);
  });

  it('hold for every leaf of every tree to 200 leaves', async () => {
    let failed = 0;
    for (let treeSize = 1; treeSize <= 200; treeSize++) {
      for (let index = 0; index < treeSize; index++) {
        const path = await inclusionPath(index, treeSize, ranges);
        const proof = { leafHash: manyHashes[index] ?? '', index, treeSize, path, rootHash: treeOf(treeSize) };
        if (!verifyInclusion(hasher, proof)) failed += 1;
      }
    }
    expect(failed).toBe(0);
  });

  it('do not hold for anything else than their leaf, place, tree, root and path', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), async (treeSize, chosen) => {
        const index = chosen % treeSize;
        const path = await inclusionPath(index, treeSize, ranges);
        const proof = { leafHash: manyHashes[index] ?? '', index, treeSize, path, rootHash: treeOf(treeSize) };
        const wrong = [
          { ...proof, leafHash: otherHash },
          { ...proof, rootHash: otherHash },
          { ...proof, index: index + 1 },
          { ...proof, index: index - 1 },
          { ...proof, index: index + 0.5 },
          { ...proof, treeSize: treeSize * 2 },
          { ...proof, treeSize: 0 },
          { ...proof, path: [...path, otherHash] },
          { ...proof, path: [...path, ''] },
          { ...proof, path: [otherHash, ...path] },
          { ...proof, rootHash: '' },
          ...path.map((_, at) => ({ ...proof, path: path.with(at, otherHash) })),
          ...path.map((_, at) => ({ ...proof, path: path.toSpliced(at, 1) })),
        ];
        expect(wrong.filter((each) => verifyInclusion(hasher, each))).toEqual([]);
      }),
    );
  });

  it('are not made for an entry the tree does not have', async () => {
    await expect(inclusionPath(5, 5, ranges)).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(inclusionPath(-1, 5, ranges)).rejects.toMatchObject({ code: 'input.invalid' });
  });
});

describe('consistency proofs', () => {
  it.each(consistencies)('follow the test vector from %i to %i leaves', async (size1, size2, path) => {
    const given = await consistencyPath(size1, size2, (from, to) => rootOfLeaves(hasher, leafHashes.slice(from, to)));
    expect(given.map(toHex)).toEqual(path);
    const proof = { size1, root1: fromHex(roots[size1] ?? ''), size2, root2: fromHex(roots[size2] ?? ''), path: path.map(fromHex) };
    expect(verifyConsistency(hasher, proof)).toBe(true);
  });

  it('hold between any two sizes to 130', async () => {
    let failed = 0;
    for (let size2 = 1; size2 <= 130; size2++) {
      for (let size1 = 1; size1 <= size2; size1++) {
        const proof = { size1, root1: treeOf(size1), size2, root2: treeOf(size2), path: await consistencyPath(size1, size2, ranges) };
        if (!verifyConsistency(hasher, proof)) failed += 1;
      }
    }
    expect(failed).toBe(0);
  });

  it('do not hold for anything else than their two trees and path', async () => {
    await fc.assert(
      fc.asyncProperty(size, size, async (one, other) => {
        const [size1, size2] = one < other ? [one, other] : [other, one];
        const path = await consistencyPath(size1, size2, ranges);
        const proof = { size1, root1: treeOf(size1), size2, root2: treeOf(size2), path };
        const wrong = [
          { ...proof, root1: otherHash },
          { ...proof, root2: otherHash },
          { ...proof, size1: size1 + 0.5 },
          { ...proof, size1: -1 },
          { ...proof, size2: size1 - 1 },
          { ...proof, path: [...path, otherHash] },
          { ...proof, path: [...path, ''] },
          { ...proof, path: [otherHash, ...path] },
          ...path.map((_, at) => ({ ...proof, path: path.with(at, otherHash) })),
          ...path.map((_, at) => ({ ...proof, path: path.toSpliced(at, 1) })),
          ...(path.length > 0
            ? [
                { ...proof, path: [] },
                { ...proof, size1: size1 - 1 },
                { ...proof, size2: size2 * 2 },
              ]
            : []),
        ];
        expect(wrong.filter((each) => verifyConsistency(hasher, each))).toEqual([]);
      }),
    );
  });

  it('do not hold from an empty tree, which every tree extends', async () => {
    expect(verifyConsistency(hasher, { size1: 0, root1: hasher.empty, size2: 5, root2: treeOf(5), path: [] })).toBe(false);
    expect(verifyConsistency(hasher, { size1: 0, root1: hasher.empty, size2: 0, root2: hasher.empty, path: [] })).toBe(false);
    await expect(consistencyPath(0, 5, ranges)).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('are not made from a larger tree to a smaller one', async () => {
    await expect(consistencyPath(6, 5, ranges)).rejects.toMatchObject({ code: 'input.invalid' });
  });
});
