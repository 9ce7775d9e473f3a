import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { sha256 } from '../../main/adapters/primitives/sha256.ts';
import { workerEntry } from '../../main/compose/worker-entry.ts';
import { signCheckpoint } from '../../main/domain/audit/checkpoint.ts';
import { createTreeHasher } from '../../main/domain/audit/hash.ts';
import { formatVerifierKey, noteKey } from '../../main/domain/audit/signed-note.ts';
import type { Database } from '../../main/ports/database.ts';
import { createAuditTrail } from '../../main/services/audit-trail.ts';
import { draftOf, searches } from './logged-entries.ts';

/** What this process is told: make a log, or measure one that is there. */
export interface LogOrder {
  readonly directory: string | null;
  readonly entries: number;
}

export interface LogMade {
  readonly directory: string;
  readonly perSecond: number;
  readonly octetsPerEntry: number;
}

export interface LogMeasured {
  /** Entries a second of one thread that only hashes the same texts, one call each. */
  readonly raw: number;
  /** Milliseconds, of a page of 200 for what somebody has typed so far. */
  readonly searchMedian: number;
  readonly searchP95: number;
  readonly slowest: string;
}

const hasher = createTreeHasher(sha256);
/** Entries of one unit, as many as an enrolment writes. */
const unit = 250;

/** Through the product's own trail and store; every total signed. */
async function make(entries: number): Promise<LogMade> {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-bench-'));
  const database = await openSqliteDatabase({ directory, create: true, checkpoints: workerEntry('checkpoints') });
  const begin = performance.now();
  await append(database, entries);
  const seconds = (performance.now() - begin) / 1000;
  await database.close();
  return { directory, perSecond: entries / seconds, octetsPerEntry: statSync(join(directory, 'keyward.db')).size / entries };
}

async function append(database: Database, entries: number): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = noteKey('keyward/bench', publicKey.export({ format: 'der', type: 'spki' }).subarray(-32), sha256);
  await database.unit(({ settings }) => settings.put('log-key', JSON.stringify({ keyId: 'bench', vkey: formatVerifierKey(key) })));
  let at = 0;
  const trail = createAuditTrail({
    database,
    hasher,
    clock: { now: () => new Date(Date.UTC(2020, 0, 1) + at * 60_000) },
    logKey: { sign: (size, root) => signCheckpoint({ origin: key.name, size, root }, key, (text) => sign(null, text, privateKey)) },
    origin: { machine: 'office-pc-3', version: '0.1.0' },
    announce: () => undefined,
    watch: async () => [],
  });
  for (; at < entries; at += unit)
    await trail.record(async () => ({ value: undefined, entries: Array.from({ length: unit }, (_, more) => draftOf(at + more)) }));
}

async function measure(directory: string): Promise<LogMeasured> {
  const database = await openSqliteDatabase({ directory });
  const raw = await rawRate(database);
  const searched = await search(database);
  await database.close();
  rmSync(directory, { recursive: true, force: true });
  return { raw, ...searched };
}

/** Only hashing is timed: reading the texts is not part of the limit. */
async function rawRate(database: Database): Promise<number> {
  let [milliseconds, count] = [0, 0];
  for await (const batch of database.read.auditLog.leaves(0, 10_000)) {
    const texts = batch.map(({ leaf }) => `\0${leaf}`);
    const begin = performance.now();
    for (const text of texts) hash('sha256', text, 'binary');
    milliseconds += performance.now() - begin;
    count += texts.length;
    if (count >= 200_000) break;
  }
  return (1000 * count) / milliseconds;
}

async function search({ read }: Database) {
  const took: { readonly what: string; readonly milliseconds: number }[] = [];
  for (const [what, query] of searches()) {
    const begin = performance.now();
    const { rows } = await read.auditLog.page({ limit: 200, ...query });
    took.push({ what: `${what} (${rows.length})`, milliseconds: performance.now() - begin });
  }
  const sorted = took.toSorted((a, b) => a.milliseconds - b.milliseconds);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]?.milliseconds ?? 0;
  const slowest = sorted.slice(-8).map(({ what, milliseconds }) => `${what} ${milliseconds.toFixed(0)} ms`);
  return { searchMedian: at(0.5), searchP95: at(0.95), slowest: slowest.join(', ') };
}

/** One order from the bench that started this process, one answer. */
process.once('message', ({ directory, entries }: LogOrder) => {
  void (directory === null ? make(entries) : measure(directory)).then((answer) => process.send?.(answer));
});
