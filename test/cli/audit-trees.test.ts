import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { newDesk } from './support/command-line.ts';

/** The leaves, in hexadecimal, and the roots over the first so many of them that implementations of Certificate Transparency share. */
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
].map((hex) => Buffer.from(hex, 'hex'));

const hash = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafHashes = leaves.map((leaf) => hash(Buffer.of(0), Buffer.from(leaf, 'hex')));
const splitOf = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));

/** MTH, PATH and SUBPROOF exactly as RFC 6962 sections 2.1, 2.1.1 and 2.1.2 have them. */
function root(row: readonly Buffer[]): Buffer {
  if (row.length <= 1) return row[0] ?? hash();
  const k = splitOf(row.length);
  return hash(Buffer.of(1), root(row.slice(0, k)), root(row.slice(k)));
}

function path(index: number, row: readonly Buffer[]): Buffer[] {
  if (row.length === 1) return [];
  const k = splitOf(row.length);
  return index < k ? [...path(index, row.slice(0, k)), root(row.slice(k))] : [...path(index - k, row.slice(k)), root(row.slice(0, k))];
}

function subproof(size: number, row: readonly Buffer[], isWhole: boolean): Buffer[] {
  if (size === row.length) return isWhole ? [] : [root(row)];
  const k = splitOf(row.length);
  return size <= k
    ? [...subproof(size, row.slice(0, k), isWhole), root(row.slice(k))]
    : [...subproof(size - k, row.slice(k), false), root(row.slice(0, k))];
}

type Proof = Record<string, unknown> & { readonly path: readonly string[] };
type Case = readonly [what: string, exit: 0 | 1 | 2, proof: Record<string, unknown>];

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64');
const other = base64(hash(Buffer.from('another')));

/** What is wrong with a path whatever it proves. */
const wrongPaths = (proof: Proof): readonly (readonly [string, readonly string[]])[] => [
  ['with a hash more at its end', [...proof.path, other]],
  ['with a hash more at its beginning', [other, ...proof.path]],
  ...proof.path.map((_, at) => [`without hash ${at}`, proof.path.toSpliced(at, 1)] as const),
  ...proof.path.map((_, at) => [`with another hash ${at}`, proof.path.with(at, other)] as const),
  ...proof.path.map((own, at) => [`with hash ${at} twice`, proof.path.toSpliced(at, 0, own)] as const),
  ...(proof.path.length > 1 ? [['in the other order', proof.path.toReversed()] as const] : []),
];

/** Counts that are none, in the member of this name. */
const noCounts = (proof: Proof, name: string): readonly Case[] =>
  [-1, 0.5, 2 ** 53, '01', '007', '+1', '1.0', '1e0', ' 1', '1 ', '0x1', '', '18446744073709551616', null, true, [1]].map((count) => [
    `${name} ${JSON.stringify(count)}`,
    2,
    { ...proof, [name]: count },
  ]);

/** What is no base64 in the one form of an encoder, and what is, but is no hash. */
function noHashes(proof: Proof, name: string): readonly Case[] {
  const text = String(proof[name]);
  const malformed = [
    text.slice(0, -1),
    `${text}=`,
    ` ${text}`,
    `${text}\n`,
    text.replace(/[A-Za-z0-9]/, '*'),
    text.replace(/.=$/, '9='),
    null,
    5,
  ];
  return [
    ...malformed.map((value): Case => [`${name} ${JSON.stringify(value)}`, 2, { ...proof, [name]: value }]),
    ...['', 'AAAA', base64(Buffer.alloc(31)), base64(Buffer.alloc(33))].map((value): Case => [
      `${name} of ${value.length} characters`,
      1,
      { ...proof, [name]: value },
    ]),
  ];
}

async function exits(command: string, cases: readonly Case[]): Promise<readonly (readonly [string, number])[]> {
  const requests = cases.map(([, , proof]) => JSON.stringify({ ...proof, command }));
  const { stdout } = await newDesk().runWith(requests.join('\n'), '--jsonl');
  return stdout
    .trim()
    .split('\n')
    .map((line, at) => [cases[at]?.[0] ?? '', (JSON.parse(line) as { exit: number }).exit]);
}

const expected = (cases: readonly Case[]) => cases.map(([what, exit]) => [what, exit]);

it('the roots computed here are the published ones', () => {
  expect(roots.map((_, size) => root(leafHashes.slice(0, size)))).toEqual(roots);
});

it('every inclusion proof of the published trees holds, and nothing that is near one', async () => {
  const proofs = roots.flatMap((rootHash, treeSize) =>
    leafHashes.slice(0, treeSize).map((leafHash, index) => {
      const siblings = path(index, leafHashes.slice(0, treeSize)).map(base64);
      return { leafHash: base64(leafHash), index, treeSize, path: siblings, rootHash: base64(rootHash) };
    }),
  );
  const near = proofs.flatMap((proof): Case[] => {
    const of = `${proof.index} of ${proof.treeSize}`;
    return [
      [of, 0, proof],
      [`${of} counted in text`, 0, { ...proof, index: String(proof.index), treeSize: String(proof.treeSize) }],
      ...wrongPaths(proof).map(([what, wrong]): Case => [`${of} ${what}`, 1, { ...proof, path: wrong }]),
      [`${of} as the next entry`, 1, { ...proof, index: proof.index + 1 }],
      [`${of} beyond the tree`, 1, { ...proof, index: proof.treeSize }],
      [`${of} in no tree`, 1, { ...proof, treeSize: 0 }],
      [`${of} in a tree twice as large`, 1, { ...proof, treeSize: proof.treeSize * 2 }],
      [`${of} of another leaf`, 1, { ...proof, leafHash: other }],
      [`${of} to another root`, 1, { ...proof, rootHash: other }],
    ];
  });
  const last = proofs.at(-1);
  const malformed =
    last === undefined
      ? []
      : [
          ...['index', 'treeSize'].flatMap((name) => noCounts(last, name)),
          ...['leafHash', 'rootHash'].flatMap((name) => noHashes(last, name)),
        ];
  const cases = [...near, ...malformed];
  expect(proofs).toHaveLength(36);
  expect(await exits('audit verify-inclusion', cases)).toEqual(expected(cases));
});

it('every consistency proof of the published trees holds, and nothing that is near one', async () => {
  const proofs = roots.flatMap((root2, size2) =>
    roots.slice(1, size2 + 1).map((root1, at) => {
      const siblings = subproof(at + 1, leafHashes.slice(0, size2), true).map(base64);
      return { size1: at + 1, root1: base64(root1), size2, root2: base64(root2), path: siblings };
    }),
  );
  const near = proofs.flatMap((proof): Case[] => {
    const of = `${proof.size1} to ${proof.size2}`;
    return [
      [of, 0, proof],
      [`${of} counted in text`, 0, { ...proof, size1: String(proof.size1), size2: String(proof.size2) }],
      ...wrongPaths(proof).map(([what, wrong]): Case => [`${of} ${what}`, 1, { ...proof, path: wrong }]),
      [`${of} from no tree`, 1, { ...proof, size1: 0 }],
      [`${of} to no tree`, 1, { ...proof, size2: 0 }],
      [`${of} from a larger one`, 1, { ...proof, size1: proof.size2 + 1 }],
      [`${of} from another root`, 1, { ...proof, root1: other }],
      [`${of} to another root`, 1, { ...proof, root2: other }],
    ];
  });
  const empty = { size1: 0, root1: base64(roots[0] ?? hash()), size2: 0, root2: base64(roots[0] ?? hash()), path: [] };
  const last = proofs.find(({ size1, size2 }) => size1 === 5 && size2 === 8) ?? { ...empty };
  const cases: Case[] = [
    ...near,
    ['an empty tree to itself', 1, empty],
    ['an empty tree to one of one', 1, { ...empty, size2: 1, root2: base64(roots[1] ?? hash()) }],
    ...['size1', 'size2'].flatMap((name) => noCounts(last, name)),
    ...['root1', 'root2'].flatMap((name) => noHashes(last, name)),
  ];
  expect(proofs).toHaveLength(36);
  expect(await exits('audit verify-consistency', cases)).toEqual(expected(cases));
});
