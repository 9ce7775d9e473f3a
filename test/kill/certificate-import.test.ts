import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { newPractice, openPractice, secret, temporaryDirectory } from '../services/support/practice.ts';
import { buildProcess } from '../setup/built-process.ts';
import { seededRandom } from './seeded-random.ts';

const kills = 4;
const folders = 6;
const inEach = 3;
const program = await buildProcess(new URL('importing-process.ts', import.meta.url));

/** Folders of certificates that signed themselves, each with its key. */
function bring(directory: string): void {
  for (let at = 0; at < folders * inEach; at++) {
    const folder = join(directory, String(Math.floor(at / inEach)).padStart(2, '0'));
    mkdirSync(folder, { recursive: true });
    const subject = `-subj /CN=${at} -addext subjectAltName=email:ann@ridgeway.example -addext basicConstraints=CA:FALSE`;
    const line = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ${at}.key -out ${at}.pem ${subject}`;
    execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'pipe' });
  }
}

/** Runs the process, and kills it after so many units and a while. */
async function runAndKill(directory: string, brought: string, units: number, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [program, directory, brought], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let seen = 0;
  const moment = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', () => void (++seen >= units && moment.resolve()));
  await Promise.race([moment.promise, ended]);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill('SIGKILL');
  await ended;
}

/** What must hold after every crash, read from the file itself. */
function countsIn(directory: string): { certificates: number; keys: number; sealed: number; entries: number } {
  const database = new DatabaseSync(join(directory, 'keyward.db'), { readOnly: true });
  const count = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  try {
    return {
      certificates: count("select count(*) from certificate where profile = 'outside'"),
      keys: count('select count(*) from key where personId is not null'),
      sealed: count('select count(*) from sealedKey where keyId in (select id from key where personId is not null)'),
      entries: count("select count(*) from auditLeaf where action = 'certificate.import'"),
    };
  } finally {
    database.close();
  }
}

it(
  `survives kill -9 at ${kills} random moments of importing: a folder is in with every key and its entry in the log, or not at all`,
  { timeout: 300_000 },
  async () => {
    const random = seededRandom();
    const [practice, brought] = [await newPractice(), temporaryDirectory()];
    bring(brought);
    await practice.client.people.add({ name: 'Ann', emails: ['ann@ridgeway.example'] });
    await practice.door.close();
    for (let kill = 0; kill < kills; kill++) {
      await runAndKill(practice.directory, brought, Math.min(folders - 1, 1 + kill), random() * 40);
      const { certificates, keys, sealed, entries } = countsIn(practice.directory);
      expect(certificates % inEach).toBe(0);
      expect({ keys, sealed, entries: entries * inEach }).toEqual({ keys: certificates, sealed: certificates, entries: certificates });
    }
    expect(countsIn(practice.directory).certificates).toBeGreaterThan(inEach);
    const last = await openPractice({ workspaceDirectory: practice.directory });
    await last.client.session.signIn({ operator: 'admin', passphrase: secret() });
    expect(await last.client.audit.verify({})).toMatchObject({ holds: true });
  },
);
