import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { newPractice, openPractice, secret, temporaryDirectory } from '../services/support/practice.ts';
import { buildProcess } from '../setup/built-process.ts';
import { seededRandom } from './seeded-random.ts';

const kills = 12;
const batches = 13;
const year = 365.25 * 86_400_000;
const begin = Date.parse('2001-03-02T13:00:00.000Z');
const now = new Date(begin + 60 * year);
const program = await buildProcess(new URL('archiving-process.ts', import.meta.url));

/** Runs the process and kills it a while after it has begun with one of its archives. Gives how many it had begun. */
async function runAndKill(directory: string, folder: string, years: number, acts: number, milliseconds: number): Promise<number> {
  const child = spawn(process.execPath, [program, directory, folder, now.toISOString(), String(years)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let seen = 0;
  const moment = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', () => void (++seen >= acts && moment.resolve()));
  await Promise.race([moment.promise, ended]);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  expect(child.exitCode, 'the process goes on until it is killed').toBeNull();
  child.kill('SIGKILL');
  await ended;
  return seen;
}

const signedIn = async (directory: string) => {
  const practice = await openPractice({ workspaceDirectory: directory, clock: { now: () => now } });
  await practice.client.session.signIn({ operator: 'admin', passphrase: secret() });
  return practice;
};

/** A log with a batch of entries, more than a tile each, in every year. */
async function longPractice() {
  let then = begin;
  const practice = await newPractice({ clock: { now: () => new Date(then) } });
  for (let batch = 0; batch < batches; batch++) {
    for (let at = 0; at < 260; at++) await practice.client.audit.checkpoint({});
    then += year;
    await practice.client.session.signIn({ operator: 'admin', passphrase: secret() });
  }
  await practice.door.close();
  return practice.directory;
}

it(
  `survives kill -9 at ${kills} random moments of archiving one log: no entry is lost, every file is whole, every proof holds`,
  { timeout: 600_000 },
  async () => {
    const random = seededRandom();
    const directory = await longPractice();
    const folder = join(temporaryDirectory(), 'safe');
    mkdirSync(folder);
    let years = 59;
    let unfinished = 0;
    const checked = new Set<string>();
    for (let kill = 0; kill < kills; kill++) {
      const begun = await runAndKill(directory, folder, years, 1 + Math.floor(random() * 2), random() * 120);
      years -= Math.max(0, begun - 1);
      const { client, door } = await signedIn(directory);
      const names = readdirSync(folder);
      expect(names.filter((name) => !/^\d+-\d+\.jsonl$/.test(name))).toEqual([]);
      for (const name of names.filter((one) => !checked.has(one))) {
        checked.add(name);
        expect(await client.audit.checkArchive({ path: join(folder, name) })).toMatchObject({ isOfThisLog: true });
      }
      const { archives } = await client.audit.archives({});
      const made = archives.map(({ from, to }) => [from, to] as const).toSorted(([one], [other]) => one - other);
      made.forEach(([from], at) => expect(from).toBe(at === 0 ? 0 : made[at - 1]?.[1]));
      expect(await client.audit.verify({})).toMatchObject({ holds: true, archived: made.at(-1)?.[1] ?? 0 });
      unfinished = (await client.audit.list({ actions: ['audit.archive'], outcomes: ['failed'], limit: 500 })).entries.length;
      await door.close();
    }
    const { client } = await signedIn(directory);
    const { archives } = await client.audit.archives({});
    process.stdout.write(`${archives.length} archives, ${unfinished} begun and not made\n`);
    const { size } = await client.audit.exportHead({ part: 'whole', withArchives: true });
    const paths = archives.map(({ path }) => path);
    let entries = 0;
    for (let from: number | null = 0; from !== null;) {
      const part: Awaited<ReturnType<typeof client.audit.exportPart>> = await client.audit.exportPart({ size, from, archives: paths });
      for (const { name, bytes } of part.files)
        if (name.endsWith('.jsonl')) entries += Buffer.from(bytes).toString('utf8').split('\n').length - 1;
      from = part.next;
    }
    expect(entries).toBe(size);
  },
);
