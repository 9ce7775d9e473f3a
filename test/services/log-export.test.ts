import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lineFileArchive } from '../../main/adapters/log-archives/line-file.ts';
import { openWorkspace, type OpenWorkspace } from '../../main/compose/workspace.ts';
import type { FileContent } from '../../main/contract/secret.ts';
import { signCheckpoint } from '../../main/domain/audit/checkpoint.ts';
import { verifyExportedLog } from '../../main/domain/audit/exported-log.ts';
import { hashToBytes } from '../../main/domain/audit/hash.ts';
import { encodeLeaf } from '../../main/domain/audit/leaf.ts';
import { appendLeaves, edgeRoot, emptyEdge, encodeEdge } from '../../main/domain/audit/merkle-tree.ts';
import { verifySelection } from '../../main/domain/audit/selected-entry.ts';
import { formatVerifierKey, noteKey } from '../../main/domain/audit/signed-note.ts';
import { createLogExport } from '../../main/services/log-export.ts';
import { createLogSelection } from '../../main/services/log-selection.ts';
import { byStranger, byVerifier } from '../cli/support/exported-log.ts';
import { hasher, newSigner, sha256, verifyEd25519 } from '../domain/audit/primitives.ts';

/** More than one part of an export, more than one full tile above, and a partial one everywhere. */
const size = 8_800;
const signer = newSigner();
const key = noteKey('practice.example/log', signer.publicKey, sha256);
const folder = mkdtempSync(join(tmpdir(), 'keyward-log-'));
let workspace: OpenWorkspace;

beforeAll(async () => {
  workspace = await openWorkspace(join(folder, 'workspace'));
  await workspace.create();
  const leaves = Array.from({ length: size }, (_, index) =>
    encodeLeaf({
      version: 1,
      time: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
      action: index % 2200 === 7 ? 'people.leave' : 'session.sign-in',
      subject: { name: `Олена ${index}` },
      outcome: 'success',
      origin: { host: 'core', machine: 'office-pc-3', version: '0.1.0' },
    }),
  );
  const hashes = leaves.map((leaf) => hasher.leaf(leaf));
  const edge = appendLeaves(hasher, emptyEdge, hashes);
  const root = edgeRoot(hasher, edge);
  const note = signCheckpoint({ origin: key.name, size, root }, key, signer.sign);
  const records = leaves.map((leaf, index) => ({ index, leaf, leafHash: hashToBytes(hashes[index] ?? '') }));
  await workspace.database.unit(async ({ auditLog, settings }) => {
    await settings.put('log-key', JSON.stringify({ keyId: 'none', vkey: formatVerifierKey(key) }));
    await auditLog.append(records, { size, root: hashToBytes(root), edge: encodeEdge(edge), note, time: '2026-01-01T09:00:00.000Z' });
  });
});

afterAll(async () => {
  await workspace.database.close();
  rmSync(folder, { recursive: true });
});

const parts = () => ({
  read: () => workspace.database.read,
  hasher,
  logArchive: lineFileArchive,
  logGuide: 'guide',
  logVerifier: () => new Uint8Array(),
});
const nobody = { caller: { connection: '', host: 'command-line' }, session: undefined } as never;

function save(name: string, files: readonly FileContent[]): string {
  for (const file of files) {
    const path = join(folder, name, file.name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.bytes);
  }
  return join(folder, name);
}

it('a log of many tiles is given out part by part, and is whole for Keyward, for the program in it and for a stranger', async () => {
  const audit = createLogExport(parts());
  const head = await audit.exportHead({ part: 'whole', withArchives: false }, nobody);
  const files = [...head.files, ...(await audit.exportUpperTiles({ size }, nobody)).files];
  for (let from: number | null = 0; from !== null;) {
    const part: Awaited<ReturnType<typeof audit.exportPart>> = await audit.exportPart({ size, from, archives: [] }, nobody);
    files.push(...part.files);
    from = part.next;
  }
  const lines = files.filter(({ name }) => name.endsWith('.jsonl'));
  expect(lines.map(({ name }) => name)).toEqual(['entries/000000000000.jsonl', 'entries/000000008192.jsonl']);
  expect(files.map(({ name }) => name)).toContain('tile/1/000.p/34');
  const tiles = new Map(files.filter(({ name }) => name.startsWith('tile/')).map(({ name, bytes }) => [name, bytes]));
  const log = {
    entries: lines.flatMap(({ bytes }) => Buffer.from(bytes).toString('utf8').split('\n').slice(0, -1)),
    tiles: { names: [...tiles.keys()], read: (name: string) => tiles.get(name) },
    leafHashes: undefined,
    checkpoint: Buffer.from(head.files.find(({ name }) => name === 'checkpoint')?.bytes ?? []).toString('utf8'),
    key,
  };
  const verify = async (changed: Partial<typeof log>) => verifyExportedLog({ ...log, ...changed }, { hasher, verifyEd25519 });
  expect(await verify({})).toMatchObject({ holds: true, entries: size });
  const upper = tiles.get('tile/1/000.p/34') ?? new Uint8Array();
  tiles.set('tile/1/000.p/34', upper.with(500, (upper[500] ?? 0) ^ 1));
  expect((await verify({})).firstWrong).toEqual({ kind: 'tile-changed', file: 'tile/1/000.p/34' });
  const place = save('whole', files);
  expect([byVerifier(place).holds, byStranger(place).holds]).toEqual([true, true]);
  writeFileSync(join(place, 'tile/1/000.p/34'), upper.subarray(32));
  expect([byVerifier(place).holds, byStranger(place).holds]).toEqual([false, false]);
});

it('only what one signature covers is given out', async () => {
  const audit = createLogExport(parts());
  await expect(audit.exportPart({ size: size - 1, from: 0, archives: [] }, nobody)).rejects.toMatchObject({ code: 'not-found' });
  await expect(audit.exportPart({ size: size + 1, from: 0, archives: [] }, nobody)).rejects.toMatchObject({ code: 'not-found' });
});

it('chosen entries of a log of many tiles are each proven, oldest first, page by page', async () => {
  const { exportSelection } = createLogSelection(parts());
  const wanted = { size, actions: ['people.leave' as const], limit: 3 };
  const first = await exportSelection(wanted, nobody);
  const second = await exportSelection({ ...wanted, after: first.next }, nobody);
  expect([first.entries, second.entries, second.next]).toEqual([3, 1, undefined]);
  const lines = [first, second].flatMap(({ lines: { bytes } }) => Buffer.from(bytes).toString('utf8').split('\n').slice(0, -1));
  const signed = await workspace.database.read.auditLog.latestSigned();
  const selection = { lines, checkpoint: signed?.note ?? '', key };
  expect(verifySelection(selection, { hasher, verifyEd25519 })).toEqual({ holds: true, entries: 4, treeSize: size });
  expect(lines.map((line) => (JSON.parse(line) as { index: number }).index)).toEqual([7, 2207, 4407, 6607]);
});
