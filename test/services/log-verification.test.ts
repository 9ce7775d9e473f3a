import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { createVerifierThreads } from '../../main/adapters/stretch-verifiers/threads.ts';
import { verifyStretchOf } from '../../main/adapters/stretch-verifiers/verify-stretch.ts';
import { workerEntry } from '../../main/compose/worker-entry.ts';
import { signCheckpoint } from '../../main/domain/audit/checkpoint.ts';
import { hashToBytes } from '../../main/domain/audit/hash.ts';
import { appendLeaves, edgeRoot, emptyEdge, encodeEdge } from '../../main/domain/audit/merkle-tree.ts';
import { formatVerifierKey, noteKey } from '../../main/domain/audit/signed-note.ts';
import { verifyLog } from '../../main/domain/audit/verify.ts';
import type { Database, ReadStores } from '../../main/ports/database.ts';
import type { StretchVerifier } from '../../main/ports/stretch-verifier.ts';
import type { CheckpointRecord, LeafRecord } from '../../main/ports/stores/audit-log.ts';
import { verifyWholeLog } from '../../main/services/log-verification.ts';
import { leafOf } from '../conformance/database-records.ts';
import { hasher, newSigner, sha256, verifyEd25519 } from '../domain/audit/primitives.ts';

const signer = newSigner();
const key = noteKey('practice.example/log', signer.publicKey, sha256);
const primitives = { hasher, sha256, verifyEd25519 };
const entries = 60;

interface Log {
  readonly leaves: LeafRecord[];
  readonly checkpoints: CheckpointRecord[];
}

const timeOf = (index: number): string => new Date(Date.UTC(2026, 2, 1, 9, index)).toISOString();

function checkpointOver(leaves: readonly LeafRecord[], size: number): CheckpointRecord {
  const hashes = leaves.slice(0, size).map(({ leaf }) => hasher.leaf(leaf));
  const edge = appendLeaves(hasher, emptyEdge, hashes);
  const root = edgeRoot(hasher, edge);
  const note = size % 3 === 0 ? signCheckpoint({ origin: key.name, size, root }, key, signer.sign) : null;
  return { size, root: hashToBytes(root), edge: encodeEdge(edge), note, time: timeOf(size) };
}

/** Totals over every second entry, each third of them signed. */
function logOf(times: (index: number) => string = timeOf): Log {
  const leaves = Array.from({ length: entries }, (_, index) => leafOf(index, { time: times(index), subject: { number: index } }));
  return { leaves, checkpoints: Array.from({ length: entries / 2 }, (_, at) => checkpointOver(leaves, 2 * at + 2)) };
}

const after = async function* <T>(rows: readonly T[], batch: number): AsyncGenerator<readonly T[]> {
  for (let at = 0; at < rows.length; at += batch) yield await Promise.resolve(rows.slice(at, at + batch));
};

/** The stores over a log in memory, and who recomputes parts of it. */
function inMemory({ leaves, checkpoints }: Log): { stores: ReadStores; stretchVerifier: StretchVerifier } {
  const auditLog = {
    size: async () => (leaves.at(-1)?.index ?? -1) + 1,
    leaves: (from: number, batch: number) =>
      after(
        leaves.filter(({ index }) => index >= from),
        batch,
      ),
    archivedSize: async () => 0,
    checkpoints: (from: number, batch: number) =>
      after(
        checkpoints.filter(({ size }) => size >= from),
        batch,
      ),
  };
  const source = {
    leaves: (from: number, to: number | null) => [leaves.filter(({ index }) => index >= from && (to === null || index < to))],
    checkpoints: (from: number, to: number | null) => [checkpoints.filter(({ size }) => size >= from && (to === null || size <= to))],
    archivedSize: () => 0,
  };
  const settings = { get: async () => JSON.stringify({ keyId: 'k', vkey: formatVerifierKey(key) }) };
  const stretchVerifier: StretchVerifier = {
    verify: async (_vkey, orders) => Promise.all(orders.map((order) => verifyStretchOf(source, key, order, primitives))),
  };
  return { stores: { auditLog, settings } as unknown as ReadStores, stretchVerifier };
}

/** The verdict of one reading from beginning to end, and of one in parts. */
async function bothWays(log: Log, stretchLength: number) {
  const { stores, stretchVerifier } = inMemory(log);
  const whole = await verifyLog({ leaves: [log.leaves], checkpoints: [log.checkpoints], key }, primitives);
  return { whole, inParts: await verifyWholeLog({ ...primitives, stretchVerifier, stretchLength }, stores) };
}

const flip = (octets: Uint8Array, at: number): Uint8Array => octets.with(at % octets.length, (octets[at % octets.length] ?? 0) ^ 1);

/** What somebody with the database can do at some place. */
const changes: Readonly<Record<string, (log: Log, at: number) => void>> = {
  nothing: () => undefined,
  text: ({ leaves }, at) =>
    leaves.splice(at, 1, ...leaves.slice(at, at + 1).map((one) => ({ ...one, leaf: one.leaf.replace('success', 'refused') }))),
  rewritten: ({ leaves }, at) => leaves.splice(at, 1, leafOf(at, { time: timeOf(at), subject: { number: 1000 } })),
  hash: ({ leaves }, at) => leaves.splice(at, 1, ...leaves.slice(at, at + 1).map((one) => ({ ...one, leafHash: flip(one.leafHash, at) }))),
  dropped: ({ leaves }, at) => leaves.splice(at, 1),
  'cut off': ({ leaves }, at) => leaves.splice(at),
  'checkpoint dropped': ({ checkpoints }, at) => checkpoints.splice(at >> 1, 1),
  root: ({ checkpoints }, at) =>
    checkpoints.splice(at >> 1, 1, ...checkpoints.slice(at >> 1, (at >> 1) + 1).map((one) => ({ ...one, root: flip(one.root, at) }))),
  edge: ({ checkpoints }, at) =>
    checkpoints.splice(at >> 1, 1, ...checkpoints.slice(at >> 1, (at >> 1) + 1).map((one) => ({ ...one, edge: flip(one.edge, at) }))),
  note: ({ checkpoints }, at) =>
    checkpoints.splice(at >> 1, 1, ...checkpoints.slice(at >> 1, (at >> 1) + 1).map((one) => ({ ...one, note: `${one.note ?? ''}x` }))),
};

it('the verdict in parts is that of one reading, whatever was done to the log', async () => {
  const places = fc.array(fc.tuple(fc.constantFrom(...Object.keys(changes)), fc.nat(entries - 1)), { maxLength: 2 });
  const original = logOf();
  await fc.assert(
    fc.asyncProperty(places, fc.integer({ min: 1, max: 30 }), async (done, length) => {
      const log = { leaves: [...original.leaves], checkpoints: [...original.checkpoints] };
      for (const [name, at] of done) changes[name]?.(log, at);
      const { whole, inParts } = await bothWays(log, length);
      expect(inParts).toEqual(whole);
    }),
    { numRuns: 400 },
  );
});

it('a clock that was set back is told with the same entries, wherever the parts begin', async () => {
  const log = logOf((index) => timeOf(index === 20 ? 41 : index === 50 ? 10 : index));
  for (const length of [1, 5, 7, 12, 24, 30]) {
    const { whole, inParts } = await bothWays(log, length);
    expect(whole.clockSetBack).toMatchObject({ entries: 21, index: 21 });
    expect(inParts).toEqual(whole);
  }
});

const directory = mkdtempSync(join(tmpdir(), 'keyward-verification-'));
let database: Database;

beforeAll(async () => {
  database = await openSqliteDatabase({ directory, create: true });
  const { leaves, checkpoints } = logOf();
  await database.unit(({ settings }) => settings.put('log-key', JSON.stringify({ keyId: 'k', vkey: formatVerifierKey(key) })));
  for (const checkpoint of checkpoints)
    await database.unit(({ auditLog }) => auditLog.append(leaves.slice(checkpoint.size - 2, checkpoint.size), checkpoint));
});

afterAll(async () => {
  await database.close();
  rmSync(directory, { recursive: true });
});

it('threads recompute the log of a database while it is open, and name what is wrong in it', async () => {
  const parts = { ...primitives, stretchVerifier: createVerifierThreads(workerEntry('verification'), directory), stretchLength: 12 };
  const good = { holds: true, entries, checkpoints: entries / 2, signedSize: entries, unsignedTail: 0 };
  expect(await verifyWholeLog(parts, database.read)).toEqual(good);
  const stranger = new DatabaseSync(join(directory, 'keyward.db'));
  stranger.exec(`update auditLeaf set leaf = replace(leaf, '"success"', '"refused"') where "index" = 31`);
  stranger.close();
  expect(await verifyWholeLog(parts, database.read)).toMatchObject({
    holds: false,
    entries: 31,
    firstWrong: { kind: 'leaf-changed', index: 31 },
  });
});

it('a thread that cannot read the database says so', async () => {
  const verifier = createVerifierThreads(workerEntry('verification'), join(directory, 'nowhere'));
  const asked = verifier.verify(formatVerifierKey(key), [{ from: 0, to: null }]);
  await expect(asked).rejects.toMatchObject({ code: expect.stringMatching(/^store\./) as unknown });
  const lost = createVerifierThreads(new URL('file:///nowhere/verification.js'), directory);
  await expect(lost.verify(formatVerifierKey(key), [{ from: 0, to: null }])).rejects.toMatchObject({ code: 'internal' });
});
