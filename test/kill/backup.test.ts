import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { Secret } from '../../main/contract/secret.ts';
import { addPeople, newPractice, openPractice, secret, temporaryDirectory } from '../services/support/practice.ts';
import { buildProcess } from '../setup/built-process.ts';
import { seededRandom } from './seeded-random.ts';

const kills = 10;
const program = await buildProcess(new URL('backing-up-process.ts', import.meta.url));

/** Runs the process and kills it after so many backups and a while. */
async function runAndKill(directory: string, folder: string, units: number, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [program, directory, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let seen = 0;
  const moment = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', () => void (++seen >= units && moment.resolve()));
  await Promise.race([moment.promise, ended]);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  expect(child.exitCode, 'the process goes on until it is killed').toBeNull();
  child.kill('SIGKILL');
  await ended;
}

const signedIn = async (directory: string) => {
  const practice = await openPractice({ workspaceDirectory: directory });
  await practice.client.session.signIn({ operator: 'admin', passphrase: secret() });
  return practice;
};

it(
  `survives kill -9 at ${kills} random moments of backups during one enrolment: what has a name is whole, nothing else is left`,
  { timeout: 600_000 },
  async () => {
    const random = seededRandom();
    const first = await newPractice();
    const folder = join(temporaryDirectory(), 'safe');
    mkdirSync(folder);
    const key = Uint8Array.from((await first.client.backup.makeKey({})).key.reveal());
    const people = await addPeople(first, 200);
    const { job } = await first.client.enrollment.start({ people });
    await first.door.close();
    const checked = new Set<string>();
    for (let kill = 0; kill < kills; kill++) {
      await runAndKill(first.directory, folder, Math.floor(random() * 2), random() * 250);
      const { client, door } = await signedIn(first.directory);
      const names = readdirSync(folder);
      expect(names.filter((name) => !/^\d+-\d+\.tar\.age$/.test(name))).toEqual([]);
      expect(readdirSync(first.directory).filter((name) => name.startsWith('work-'))).toEqual([]);
      for (const name of names.filter((one) => !checked.has(one))) {
        checked.add(name);
        expect(await client.backup.verify({ path: join(folder, name), key: new Secret(Uint8Array.from(key)) })).toMatchObject({
          verdict: 'good',
        });
      }
      const { backups } = await client.backup.status({});
      expect(backups.map(({ path }) => path).toSorted()).toEqual(
        names
          .map((name) => join(folder, name))
          .toSorted()
          .slice(0, 50),
      );
      await door.close();
    }
    const last = await signedIn(first.directory);
    const { done, total } = await last.client.enrollment.job({ job });
    process.stdout.write(`${checked.size} backups, ${done} of ${total} enrolled\n`);
    expect(checked.size).toBeGreaterThan(0);
    expect(done).toBeGreaterThan(0);
    expect(await last.client.audit.verify({})).toMatchObject({ holds: true, unsignedTail: 0 });
  },
);
