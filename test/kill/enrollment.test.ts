import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { addPeople, newPractice, openPractice, secret } from '../services/support/practice.ts';
import { buildProcess } from '../setup/built-process.ts';
import { seededRandom } from './seeded-random.ts';

const people = 200;
const kills = 50;
const program = await buildProcess(new URL('enrolling-process.ts', import.meta.url));

/** Runs the process and kills it after so many units and a while; answers whether the job was done before that. */
async function runAndKill(directory: string, units: number, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let isDone = false;
  let seen = 0;
  const moment = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    isDone ||= line === 'done';
    if (isDone || ++seen >= units) moment.resolve();
  });
  if (units === 0) moment.resolve();
  await Promise.race([moment.promise, ended]);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill('SIGKILL');
  await ended;
  return isDone;
}

/** What must hold after every crash, read from the file itself. */
function inspectDatabase(directory: string): Record<string, unknown> {
  const database = new DatabaseSync(join(directory, 'keyward.db'), { readOnly: true });
  const one = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0];
  try {
    return {
      integrity: one('pragma integrity_check'),
      certificatesWithoutKey: one('select count(*) from certificate where keyId not in (select keyId from sealedKey)'),
      keysWithoutCertificate: one('select count(*) from key where personId is not null and id not in (select keyId from certificate)'),
      peopleWithMoreThanAPair: one(
        'select count(*) from (select personId from certificate where personId is not null group by personId having count(*) <> 2)',
      ),
      settledWithoutPair: one(
        "select count(*) from jobItem where state = 'done' and personId not in (select personId from certificate where personId is not null)",
      ),
      issuedWithoutBeingSettled: one(
        "select count(distinct personId) from certificate where personId in (select personId from jobItem where state = 'waiting')",
      ),
    };
  } finally {
    database.close();
  }
}

const consistent = {
  integrity: 'ok',
  certificatesWithoutKey: 0,
  keysWithoutCertificate: 0,
  peopleWithMoreThanAPair: 0,
  settledWithoutPair: 0,
  issuedWithoutBeingSettled: 0,
};

it(
  `survives kill -9 at ${kills} random moments of one job: every restart is consistent, everybody gets one pair, the log is whole`,
  { timeout: 600_000 },
  async () => {
    const random = seededRandom();
    const first = await newPractice({ peopleInUnit: 1 });
    const ids = await addPeople(first, people);
    const { job } = await first.client.enrollment.start({ people: ids });
    await first.door.close();

    for (let kill = 0; kill < kills; kill++) {
      const units = Math.floor(random() * 6);
      const isDone = await runAndKill(first.directory, units, random() * (units === 0 ? 600 : 12));
      expect(isDone, `the job must outlast the kills (kill ${kill})`).toBe(false);
      expect(inspectDatabase(first.directory), `after kill ${kill}`).toEqual(consistent);
    }

    const last = await openPractice({ workspaceDirectory: first.directory, peopleInUnit: 1 });
    await last.client.session.signIn({ passphrase: secret() });
    expect(await last.client.audit.verify({})).toMatchObject({ holds: true });
    const ended = last.next('enrollment.progress', (payload) => payload.id === job && payload.state === 'done');
    await last.client.enrollment.resume({ job });
    expect(await ended).toMatchObject({ done: people, skipped: 0, failed: 0 });
    expect(inspectDatabase(first.directory)).toEqual(consistent);
    expect((await last.client.people.list({})).counts).toMatchObject({ everyone: people, uncovered: 0 });
    expect(await last.client.audit.verify({})).toMatchObject({ holds: true, unsignedTail: 0 });
  },
);
