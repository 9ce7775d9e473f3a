import { describe, expect, it } from 'vitest';
import { signCheckpoint } from '../../../main/domain/audit/checkpoint.ts';
import { hashToBytes } from '../../../main/domain/audit/hash.ts';
import { encodeLeaf } from '../../../main/domain/audit/leaf.ts';
import type { LogFault } from '../../../main/domain/audit/log-fault.ts';
import { appendLeaves, edgeRoot, emptyEdge, encodeEdge } from '../../../main/domain/audit/merkle-tree.ts';
import { noteKey } from '../../../main/domain/audit/signed-note.ts';
import type { StoredCheckpoint as Checkpoint, StoredLeaf as Leaf } from '../../../main/domain/audit/stored-log.ts';
import { verifyLog } from '../../../main/domain/audit/verify.ts';
import { hasher, newSigner, sha256, verifyEd25519 } from './primitives.ts';

const signer = newSigner();
const key = noteKey('practice.example/log', signer.publicKey, sha256);
const primitives = { hasher, verifyEd25519 };

type StoredCheckpoint = Checkpoint & { readonly edge: Uint8Array };

function leafText(index: number): string {
  return encodeLeaf({
    version: 1,
    time: new Date(Date.UTC(2026, 10, 23, 9, 0, index)).toISOString(),
    action: 'enrollment.issue',
    subject: { person: `person-${index}`, name: 'Олена' },
    outcome: 'success',
    origin: { host: 'core', machine: 'office-pc-3', version: '0.1.0' },
  });
}

type StoredLeaf = Leaf & { readonly leafHash: Uint8Array };

const storedLeaf = (index: number, leaf = leafText(index)): StoredLeaf => ({ index, leaf, leafHash: hashToBytes(hasher.leaf(leaf)) });

function storedCheckpoint(leaves: readonly StoredLeaf[], size: number, isSigned: boolean): StoredCheckpoint {
  const hashes = leaves.slice(0, size).map(({ leaf }) => hasher.leaf(leaf));
  const edge = appendLeaves(hasher, emptyEdge, hashes);
  const root = edgeRoot(hasher, edge);
  const note = isSigned ? signCheckpoint({ origin: key.name, size, root }, key, signer.sign) : null;
  return { size, root: hashToBytes(root), edge: encodeEdge(edge), note };
}

interface Log {
  readonly leaves: StoredLeaf[];
  readonly checkpoints: StoredCheckpoint[];
}

/** Twelve entries; signed at 1, 5 and 9, unsigned at 7 and 11. */
function sampleLog(): Log {
  const leaves = Array.from({ length: 12 }, (_, index) => storedLeaf(index));
  return { leaves, checkpoints: [1, 5, 7, 9, 11].map((size) => storedCheckpoint(leaves, size, ![7, 11].includes(size))) };
}

function* inBatches<T>(rows: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

const verify = async (log: Log, batch = 5) =>
  await verifyLog({ leaves: inBatches(log.leaves, batch), checkpoints: inBatches(log.checkpoints, 2), key }, primitives);

/** What is wrong with the sample log after `change`. */
async function faultAfter(change: (log: Log) => void): Promise<LogFault | undefined> {
  const log = sampleLog();
  change(log);
  const answer = await verify(log);
  expect(answer.holds).toBe(answer.firstWrong === undefined);
  return answer.firstWrong;
}

const at = <T>(rows: readonly T[], index: number): T => {
  const row = rows[index];
  if (row === undefined) throw new Error(`no row ${index}`);
  return row;
};

const flip = (bytes: Uint8Array, position: number) => bytes.with(position, at([...bytes], position) ^ 1);

describe('verifying the log', () => {
  it('holds for a log as it was written, and counts what is not signed yet', async () => {
    expect(await verify(sampleLog())).toEqual({ holds: true, entries: 12, checkpoints: 5, signedSize: 9, unsignedTail: 3 });
  });

  it('gives the same answer for any size of batch', async () => {
    for (let batch = 1; batch <= 13; batch++) expect((await verify(sampleLog(), batch)).holds).toBe(true);
  });

  it('holds for an empty log, signed or not', async () => {
    expect(await verify({ leaves: [], checkpoints: [] })).toMatchObject({ holds: true, entries: 0, signedSize: 0 });
    expect(await verify({ leaves: [], checkpoints: [storedCheckpoint([], 0, true)] })).toMatchObject({ holds: true, checkpoints: 1 });
  });

  it('begins at a checkpoint that was verified before', async () => {
    const { leaves, checkpoints } = sampleLog();
    const since = at(checkpoints, 1);
    const rest = { leaves: [leaves.slice(5)], checkpoints: [checkpoints.slice(2)], key };
    expect(await verifyLog({ ...rest, since }, primitives)).toEqual({
      holds: true,
      entries: 12,
      checkpoints: 4,
      signedSize: 9,
      unsignedTail: 3,
    });
    const changed = [
      [{ ...since, note: null }, 'checkpoint-signature'],
      [{ ...since, note: `${since.note}x` }, 'checkpoint-malformed'],
      [{ ...since, size: 6 }, 'checkpoint-changed'],
      [{ ...since, size: 7 }, 'edge-mismatch'],
      [{ ...since, edge: flip(since.edge, 40) }, 'entries-rewritten'],
      [{ ...since, root: flip(since.root, 3) }, 'checkpoint-changed'],
    ] as const;
    for (const [wrong, kind] of changed) {
      expect((await verifyLog({ ...rest, since: wrong }, primitives)).firstWrong?.kind).toBe(kind);
    }
  });

  it('reads a log that comes from elsewhere, and lets it go when something is wrong', async () => {
    let isClosed = false;
    async function* remote(): AsyncGenerator<readonly StoredLeaf[]> {
      try {
        await Promise.resolve();
        yield [storedLeaf(0), storedLeaf(2)];
        yield [storedLeaf(3)];
      } finally {
        isClosed = true;
      }
    }
    const answer = await verifyLog({ leaves: remote(), checkpoints: [], key }, primitives);
    expect(answer.firstWrong).toEqual({ kind: 'leaf-missing', index: 1 });
    expect(isClosed).toBe(true);
  });

  it('passes on what the store says when it cannot read', async () => {
    async function* failing(): AsyncGenerator<readonly StoredLeaf[]> {
      await Promise.reject(new Error('unreadable'));
      yield [];
    }
    await expect(verifyLog({ leaves: failing(), checkpoints: [], key }, primitives)).rejects.toThrow('unreadable');
  });
});

describe('one changed octet', () => {
  it('in the text of any entry is found there', async () => {
    for (const { index, leaf } of sampleLog().leaves) {
      const octets = Buffer.from(leaf, 'utf8');
      for (let position = 0; position < octets.length; position += 7) {
        const changed = Buffer.from(flip(octets, position)).toString('utf8');
        const answer = await verify({ ...sampleLog(), leaves: sampleLog().leaves.with(index, { ...storedLeaf(index), leaf: changed }) });
        expect(answer).toMatchObject({ holds: false, entries: index, firstWrong: { kind: 'leaf-changed', index } });
      }
    }
  });

  it('in the stored hash of any entry is told from a change of its text, where a checkpoint vouches for the text', async () => {
    for (const { index, leafHash } of sampleLog().leaves) {
      for (let position = 0; position < 32; position++) {
        const fault = await faultAfter((log) => log.leaves.splice(index, 1, { ...storedLeaf(index), leafHash: flip(leafHash, position) }));
        expect(fault).toEqual({ kind: index < 11 ? 'leaf-hash-changed' : 'leaf-changed', index });
      }
    }
  });

  it('in any stored root is found there', async () => {
    const { checkpoints } = sampleLog();
    for (const [row, checkpoint] of checkpoints.entries()) {
      for (let position = 0; position < 32; position++) {
        const fault = await faultAfter((log) => log.checkpoints.splice(row, 1, { ...checkpoint, root: flip(checkpoint.root, position) }));
        expect(fault).toEqual({ kind: 'checkpoint-changed', checkpoint: checkpoint.size });
      }
    }
  });

  it('in any stored edge is found there', async () => {
    for (const [row, checkpoint] of sampleLog().checkpoints.entries()) {
      for (let position = 0; position < checkpoint.edge.length; position++) {
        const fault = await faultAfter((log) => log.checkpoints.splice(row, 1, { ...checkpoint, edge: flip(checkpoint.edge, position) }));
        expect(fault).toEqual({ kind: 'edge-mismatch', checkpoint: checkpoint.size });
      }
    }
  });

  it('in any signed note is found there', async () => {
    for (const [row, checkpoint] of sampleLog().checkpoints.entries()) {
      const octets = Buffer.from(checkpoint.note ?? '', 'utf8');
      for (let position = 0; position < octets.length; position++) {
        const note = Buffer.from(flip(octets, position)).toString('utf8');
        const fault = await faultAfter((log) => log.checkpoints.splice(row, 1, { ...checkpoint, note }));
        expect(fault).toMatchObject({
          kind: expect.stringMatching(/^checkpoint-(?:signature|malformed)$/) as unknown,
          checkpoint: checkpoint.size,
        });
      }
    }
  });
});

describe('tampering with the log', () => {
  const rewritten = (index: number): StoredLeaf => storedLeaf(index, leafText(index).replace('success', 'refused'));
  const renumbered = (leaves: readonly StoredLeaf[]) => leaves.map((leaf, index) => ({ ...leaf, index }));

  it.each<[string, (log: Log) => void, LogFault]>([
    [
      'an entry rewritten with its hash',
      ({ leaves }) => leaves.splice(6, 1, rewritten(6)),
      { kind: 'entries-rewritten', from: 5, to: 6, checkpoint: 7 },
    ],
    ['an entry dropped', ({ leaves }) => leaves.splice(3, 1), { kind: 'leaf-missing', index: 3 }],
    ['the first entry dropped', ({ leaves }) => leaves.splice(0, 1), { kind: 'leaf-missing', index: 0 }],
    [
      'an entry dropped and the others renumbered',
      ({ leaves }) => leaves.splice(0, 12, ...renumbered(leaves.toSpliced(3, 1))),
      { kind: 'entries-rewritten', from: 1, to: 4, checkpoint: 5 },
    ],
    ['an entry doubled', ({ leaves }) => leaves.splice(3, 0, storedLeaf(3)), { kind: 'leaf-repeated', index: 4 }],
    [
      'an entry put in and the others renumbered',
      ({ leaves }) => leaves.splice(0, 12, ...renumbered(leaves.toSpliced(8, 0, rewritten(0)))),
      { kind: 'entries-rewritten', from: 7, to: 8, checkpoint: 9 },
    ],
    [
      'two entries swapped',
      ({ leaves }) => leaves.splice(2, 2, storedLeaf(2, leafText(3)), storedLeaf(3, leafText(2))),
      { kind: 'entries-rewritten', from: 1, to: 4, checkpoint: 5 },
    ],
    ['two rows swapped', ({ leaves }) => leaves.splice(2, 2, storedLeaf(3), storedLeaf(2)), { kind: 'leaf-missing', index: 2 }],
    ['the end cut off', ({ leaves }) => leaves.splice(8), { kind: 'truncated', index: 8, checkpoint: 9 }],
    ['everything cut off', ({ leaves }) => leaves.splice(0), { kind: 'truncated', index: 0, checkpoint: 1 }],
    ['every checkpoint taken out', ({ checkpoints }) => checkpoints.splice(0), { kind: 'never-signed' }],
    [
      'every signature taken out',
      ({ checkpoints }) => checkpoints.forEach((each, row) => checkpoints.splice(row, 1, { ...each, note: null })),
      { kind: 'never-signed' },
    ],
    [
      'a checkpoint doubled',
      ({ checkpoints }) => checkpoints.splice(1, 0, at(checkpoints, 1)),
      { kind: 'checkpoint-order', checkpoint: 5 },
    ],
    [
      'checkpoints swapped',
      ({ checkpoints }) => checkpoints.splice(1, 2, at(checkpoints, 2), at(checkpoints, 1)),
      { kind: 'checkpoint-order', checkpoint: 5 },
    ],
    [
      'the note of another checkpoint',
      ({ checkpoints }) => checkpoints.splice(1, 1, { ...at(checkpoints, 1), note: at(checkpoints, 0).note }),
      { kind: 'checkpoint-changed', checkpoint: 5 },
    ],
    [
      'another size on a checkpoint',
      ({ checkpoints }) => checkpoints.splice(3, 1, { ...at(checkpoints, 3), size: 10 }),
      { kind: 'checkpoint-changed', checkpoint: 10 },
    ],
    [
      'a size that is no count',
      ({ checkpoints }) => checkpoints.splice(3, 1, { ...at(checkpoints, 3), size: 9.5 }),
      { kind: 'checkpoint-order', checkpoint: 9.5 },
    ],
    [
      'an entry that Keyward does not write, properly hashed',
      ({ leaves }) => leaves.splice(11, 1, storedLeaf(11, '{"action":"nothing"}')),
      { kind: 'leaf-malformed', index: 11 },
    ],
    [
      'an entry changed, and the checkpoint after it too',
      ({ leaves, checkpoints }) => {
        leaves.splice(2, 1, { ...storedLeaf(2), leaf: leafText(3) });
        checkpoints.splice(1, 1, { ...at(checkpoints, 1), note: 'x' });
      },
      { kind: 'leaf-changed', index: 2 },
    ],
    [
      'an entry changed, and the next one dropped',
      ({ leaves }) => leaves.splice(2, 2, { ...storedLeaf(2), leaf: leafText(3) }),
      { kind: 'leaf-changed', index: 2 },
    ],
  ])('%s is found and named', async (_, change, fault) => {
    expect(await faultAfter(change)).toEqual(fault);
  });

  it('and signing it with another key is found', async () => {
    const other = newSigner();
    const otherKey = noteKey(key.name, other.publicKey, sha256);
    const fault = await faultAfter(({ checkpoints }) => {
      const root = Buffer.from(at(checkpoints, 4).root).toString('latin1');
      checkpoints.push({
        ...storedCheckpoint(sampleLog().leaves, 12, false),
        note: signCheckpoint({ origin: key.name, size: 12, root }, otherKey, other.sign),
      });
    });
    expect(fault).toEqual({ kind: 'checkpoint-signature', checkpoint: 12 });
  });

  it('by a checkpoint of another log under the same key is found', async () => {
    const fault = await faultAfter(({ leaves, checkpoints }) => {
      const made = storedCheckpoint(leaves, 12, true);
      const root = Buffer.from(made.root).toString('latin1');
      checkpoints.push({ ...made, note: signCheckpoint({ origin: 'another.example/log', size: 12, root }, key, signer.sign) });
    });
    expect(fault).toEqual({ kind: 'checkpoint-changed', checkpoint: 12 });
  });

  it('that cuts off the newest checkpoints with their entries cannot be seen from the database alone', async () => {
    const { leaves, checkpoints } = sampleLog();
    expect(await verify({ leaves: leaves.slice(0, 5), checkpoints: checkpoints.slice(0, 2) })).toMatchObject({
      holds: true,
      entries: 5,
      signedSize: 5,
    });
  });
});
