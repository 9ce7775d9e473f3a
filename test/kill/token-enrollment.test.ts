import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { addPeople, newPractice, openPractice, secret } from '../services/support/practice.ts';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { impatient, newSoftHsm, objectsOn } from '../services/support/soft-hsm.ts';
import { buildProcess } from '../setup/built-process.ts';
import { seededRandom } from './seeded-random.ts';

/** In each run first the module's process is killed, then the core: fifty kills in all. */
const runs = 25;
const program = await buildProcess(new URL('token-enrolling-process.ts', import.meta.url));
const parts = { tokenModules: [softHsmModule], tokenDeadlines: impatient };

/** The lines a process says, one at a time; undefined when it is over. */
function linesOf(child: ChildProcessWithoutNullStreams): () => Promise<string | undefined> {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async () => {
    const { done, value } = await lines.next();
    return done === true ? undefined : value;
  };
}

/** The module's process of a core; undefined too when either ended by itself just now. */
function workerOf(pid: number): number | undefined {
  const children = readProcess(`${pid}/task/${pid}/children`).trim().split(' ').map(Number);
  return children.find((child) => child > 0 && readProcess(`${child}/cmdline`).includes(softHsmModule.library));
}

function readProcess(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
}

const pass = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A zombie does nothing any more. */
async function gone(pid: number): Promise<void> {
  while (!/^(Z|X|)$/.test(/\) (\w)/.exec(readProcess(`${pid}/stat`))?.[1] ?? '')) await pass(1);
}

/** What an enrolment takes here, from those nobody disturbs. Milliseconds. */
class Pace {
  #typical = 0;

  note(milliseconds: number): void {
    this.#typical = milliseconds;
  }

  /** From its beginning to a while after its end. */
  moment(random: number): number {
    return random * 1.2 * this.#typical;
  }
}

/**
 * SoftHSM writes the record of its token anew at every login, in place: killed in that moment it loses the token with all
 * keys, which no card does. The record is put back as it was; objects are left as the kill left them.
 */
function tokenRecord(hsmDirectory: string): () => void {
  const [token = ''] = readdirSync(join(hsmDirectory, 'tokens'));
  const file = join(hsmDirectory, 'tokens', token, 'token.object');
  const whole = readFileSync(file);
  return () => {
    if (statSync(file).size === whole.length) return;
    writeFileSync(`${file}.whole`, whole, { mode: 0o600 });
    renameSync(`${file}.whole`, file);
  };
}

interface Scene {
  readonly directory: string;
  readonly token: string;
  readonly pace: Pace;
  random(): number;
  restoreToken(): void;
}

/** A process that enrols, seen from outside. */
class Enrolling {
  readonly ends: string[] = [];
  readonly #scene: Scene;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #nextLine: () => Promise<string | undefined>;
  readonly #ended: Promise<unknown>;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#child = spawn(process.execPath, [program, scene.directory, scene.token]);
    this.#ended = once(this.#child, 'exit');
    this.#child.stderr.pipe(process.stderr);
    this.#nextLine = linesOf(this.#child);
  }

  async undisturbed(): Promise<void> {
    await this.#hear('begin');
    const begin = performance.now();
    await this.#hear('done');
    this.#scene.pace.note(performance.now() - begin);
  }

  async killModule(): Promise<void> {
    await this.#disturbed(async () => {
      const worker = workerOf(this.#child.pid ?? 0);
      if (worker === undefined) return;
      // The core starts a new one as soon as it sees the end: not before the record of the token is whole again.
      this.#child.kill('SIGSTOP');
      process.kill(worker, 'SIGKILL');
      await gone(worker);
      this.#scene.restoreToken();
      this.#child.kill('SIGCONT');
    });
  }

  async killCore(): Promise<void> {
    await this.#disturbed(async () => {
      const worker = workerOf(this.#child.pid ?? 0);
      this.#child.kill('SIGKILL');
      await this.#ended;
      // Whatever it was doing, the module's process does not outlive its core.
      if (worker !== undefined) await gone(worker);
    });
  }

  async #hear(expected: string): Promise<void> {
    const line = await this.#nextLine();
    if (line !== expected) throw new Error(`it said ${line} and not ${expected}`);
  }

  async #disturbed(kill: () => Promise<unknown>): Promise<void> {
    const { pace, random, restoreToken } = this.#scene;
    await this.#hear('begin');
    const end = this.#nextLine();
    await pass(pace.moment(random()));
    await kill();
    restoreToken();
    this.ends.push((await end) ?? 'killed');
  }
}

interface Recorded {
  readonly ckaId: string;
  readonly sha256: string;
}

/** What is recorded of keys on tokens, read from the file itself. */
function recordedOn(directory: string): { keys: Recorded[]; openIntents: unknown[]; tokenKeysWithoutPlace: unknown[] } {
  const database = new DatabaseSync(join(directory, 'keyward.db'), { readOnly: true });
  try {
    const rows = database
      .prepare('select ckaId, sha256 from tokenKey join certificate on certificate.keyId = tokenKey.keyId order by ckaId')
      .all();
    return {
      keys: rows.map(({ ckaId, sha256 }) => ({ ckaId: String(ckaId), sha256: String(sha256) })),
      openIntents: database.prepare("select state from tokenIntent where state not in ('finished', 'abandoned')").all(),
      tokenKeysWithoutPlace: database.prepare("select id from key where store = 'token' and id not in (select keyId from tokenKey)").all(),
    };
  } finally {
    database.close();
  }
}

it(
  `survives kill -9 of core and module at ${2 * runs} random moments of enrolments on one token: after settling, token and records agree`,
  { timeout: 600_000 },
  async () => {
    const random = seededRandom();
    const hsm = newSoftHsm();
    const token = hsm.addToken('Everybody');
    const first = await newPractice(parts);
    await addPeople(first, 6 * runs);
    await first.door.close();

    const scene = { directory: first.directory, token, random, pace: new Pace(), restoreToken: tokenRecord(hsm.directory) };
    const ends: string[] = [];
    for (let run = 0; run < runs; run++) {
      const enrolling = new Enrolling(scene);
      for (let warm = 0; run === 0 && warm < 3; warm++) await enrolling.undisturbed();
      await enrolling.killModule();
      await enrolling.killCore();
      ends.push(...enrolling.ends);
    }
    process.stdout.write(`ends: ${ends.join(' ')}\n`);

    const last = await openPractice({ ...parts, workspaceDirectory: first.directory });
    await last.client.session.signIn({ passphrase: secret() });
    await last.client.tokens.reconcile({ token, pin: secret(pin) });
    const { people } = await last.client.people.list({ filter: 'uncovered' });
    const one = await last.client.tokens.enroll({ person: people[0]?.id ?? '', token, pin: secret(pin) });
    expect(one.unfinished).toBeNull();

    const recorded = recordedOn(first.directory);
    expect(recorded.openIntents).toEqual([]);
    expect(recorded.tokenKeysWithoutPlace).toEqual([]);
    const onIt = objectsOn(token);
    expect(
      onIt.filter(
        ({ privateKeys, publicKeys, others, certificates }) =>
          privateKeys !== 1 || publicKeys !== 1 || others > 0 || certificates.length !== 1,
      ),
    ).toEqual([]);
    const found = onIt.flatMap(({ id, certificates }) =>
      certificates.map((der) => ({ ckaId: id, sha256: createHash('sha256').update(der).digest('hex') })),
    );
    expect(found.toSorted((a, b) => a.ckaId.localeCompare(b.ckaId))).toEqual(recorded.keys);
    expect(recorded.keys.length).toBeGreaterThan(3);
    expect(await last.client.audit.verify({})).toMatchObject({ holds: true, unsignedTail: 0 });
  },
);
