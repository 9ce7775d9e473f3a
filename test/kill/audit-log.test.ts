import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { sha256 } from '../../main/adapters/primitives/sha256.ts';
import { verifyEd25519 } from '../../main/adapters/primitives/verify-ed25519.ts';
import { createVerifierThreads } from '../../main/adapters/stretch-verifiers/threads.ts';
import { workerEntry } from '../../main/compose/worker-entry.ts';
import { createTreeHasher } from '../../main/domain/audit/hash.ts';
import { formatVerifierKey, noteKey } from '../../main/domain/audit/signed-note.ts';
import { verifyWholeLog } from '../../main/services/log-verification.ts';
import { buildProcess } from '../setup/built-process.ts';
import { seededRandom } from './seeded-random.ts';

const [rounds, killsToARound] = [4, 50];

/** A log that nothing is in yet, with a key of its own. */
async function newLog(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-kill-log-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(directory, 'key.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  const key = noteKey('keyward/killed', publicKey.export({ format: 'der', type: 'spki' }).subarray(-32), sha256);
  const database = await openSqliteDatabase({ directory, create: true });
  await database.unit(({ settings }) => settings.put('log-key', JSON.stringify({ keyId: 'killed', vkey: formatVerifierKey(key) })));
  await database.close();
  return directory;
}

/** Has entries written until so many units and microseconds are over, and kills it there. The number of entries it had said were in the log. */
async function writeAndKill(program: string, directory: string, units: number, microseconds: number): Promise<number> {
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let [said, seen] = [0, 0];
  const moment = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    said = Number(line);
    if (++seen >= units) moment.resolve();
  });
  await Promise.race([moment.promise, ended]);
  const until = performance.now() + microseconds / 1000;
  while (performance.now() < until);
  expect(child.exitCode, 'it goes on until it is killed').toBeNull();
  child.kill('SIGKILL');
  await ended;
  return said;
}

/** What stands in the database itself: the totals in their order, and the number that each entry was given. */
function readLog(directory: string): { readonly sizes: readonly number[]; readonly numbers: readonly number[] } {
  const database = new DatabaseSync(join(directory, 'keyward.db'), { readOnly: true });
  try {
    const sizes = database.prepare('select size, root from checkpoint order by size').all();
    const leaves = database.prepare('select leaf from auditLeaf order by "index"').all();
    return {
      sizes: sizes.map(({ size }) => Number(size)),
      numbers: leaves.map(({ leaf }) => (JSON.parse(String(leaf)) as { subject: { count: number } }).subject.count),
    };
  } finally {
    database.close();
  }
}

async function verify(directory: string) {
  const database = await openSqliteDatabase({ directory });
  const stretchVerifier = createVerifierThreads(workerEntry('verification'), directory);
  try {
    return await verifyWholeLog({ hasher: createTreeHasher(sha256), sha256, verifyEd25519, stretchVerifier }, database.read);
  } finally {
    await database.close();
  }
}

it(
  `survives kill -9 at ${rounds * killsToARound} random points of writing: no entry is lost, doubled or out of its place, and the log never forks`,
  { timeout: 600_000 },
  async () => {
    const random = seededRandom();
    const directory = await newLog();
    const program = await buildProcess(new URL('logging-process.ts', import.meta.url));
    let before: ReturnType<typeof readLog>['sizes'] = [];
    for (let round = 0; round < rounds; round++) {
      for (let kill = 0; kill < killsToARound; kill++) {
        const said = await writeAndKill(program, directory, 1 + Math.floor(random() * 4), random() * 3000);
        const { sizes, numbers } = readLog(directory);
        expect(numbers.length, 'what was said to be in the log is in it').toBeGreaterThanOrEqual(said);
        expect(numbers).toEqual(numbers.map((_, at) => at));
        expect(sizes.at(-1)).toBe(numbers.length);
        expect(sizes.slice(0, before.length), 'totals that were there stay').toEqual(before);
        before = sizes;
      }
      expect(await verify(directory)).toMatchObject({ holds: true, entries: before.at(-1), unsignedTail: 0 });
    }
  },
);
