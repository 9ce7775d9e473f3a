import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { sha256 } from '../../main/adapters/primitives/sha256.ts';
import { signCheckpoint } from '../../main/domain/audit/checkpoint.ts';
import { createTreeHasher } from '../../main/domain/audit/hash.ts';
import { parseVerifierKey } from '../../main/domain/audit/signed-note.ts';
import { createAuditTrail, type EntryDraft } from '../../main/services/audit-trail.ts';
import { readLogKeySetting } from '../../main/services/log-key.ts';

/**
 * Writes unit after unit of entries into the log of the directory named by its argument, numbered from where the log ends, each total signed; says
 * how many entries there are after each. It waits for nobody to end it well.
 */
const directory = process.argv[2] ?? '';
const database = await openSqliteDatabase({ directory });
const key = parseVerifierKey((await readLogKeySetting(database.read)).vkey, sha256);
const privateKey = createPrivateKey(readFileSync(join(directory, 'key.pem')));
const trail = createAuditTrail({
  database,
  hasher: createTreeHasher(sha256),
  clock: { now: () => new Date() },
  logKey: { sign: (size, root) => signCheckpoint({ origin: key.name, size, root }, key, (text) => sign(null, text, privateKey)) },
  origin: { machine: 'office-pc-3', version: '0.1.0' },
  announce: () => undefined,
  watch: async () => [],
});
const entry = (count: number): EntryDraft => ({
  action: 'people.add',
  operator: undefined,
  host: 'core',
  subject: { count },
  outcome: 'success',
});
for (let size = (await database.read.auditLog.latestCheckpoint())?.size ?? 0; ;) {
  const next = Array.from({ length: 1 + (size % 3) }, (_, at) => entry(size + at));
  await trail.record(async () => ({ value: undefined, entries: next }));
  size += next.length;
  process.stdout.write(`${size}\n`);
}
