import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { compartmentsOf } from '../../main/domain/access/compartment-access.ts';
import type { Role } from '../../main/domain/access/role.ts';
import { addOperator, openedWholly, withRawDatabase } from '../services/support/operators.ts';
import { addPeople, enroll, newPractice, openPractice, secret } from '../services/support/practice.ts';
import { buildProcess } from '../setup/built-process.ts';
import { seededRandom } from './seeded-random.ts';

const kills = 6;
const program = await buildProcess(new URL('role-changing-process.ts', import.meta.url));

/** Runs the process and kills it after so many changes of role and a while. */
async function runAndKill(directory: string, units: number, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [program, directory, 'Ana'], { stdio: ['ignore', 'pipe', 'inherit'] });
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

it(
  `survives kill -9 at ${kills} random moments of changing roles: everybody opens exactly what their role opens, and all of it`,
  { timeout: 300_000 },
  async () => {
    const random = seededRandom();
    const practice = await newPractice();
    await addOperator(practice, 'Ana', 'registrar');
    for (const person of await addPeople(practice, 8)) await enroll(practice, [person]);
    await practice.door.close();
    for (let kill = 0; kill < kills; kill++) {
      await runAndKill(practice.directory, 1 + Math.floor(random() * 3), random() * 40);
      const opened = await openPractice({ workspaceDirectory: practice.directory });
      await withRawDatabase(opened, async (database) => {
        const ana = await database.read.operators.findByName('Ana');
        if (ana === undefined) throw new Error('Ana is gone');
        // Two who may open the escrow have a share of it each, and neither has all of it.
        const isShared = compartmentsOf(ana.role).includes('escrow');
        const wholly = (role: Role) =>
          compartmentsOf(role)
            .filter((part) => part !== 'escrow' || !isShared)
            .toSorted();
        expect(await openedWholly(database, 'Ana'), ana.role).toEqual(wholly(ana.role));
        expect(await openedWholly(database, 'admin'), ana.role).toEqual(wholly('administrator'));
      });
    }
    const last = await openPractice({ workspaceDirectory: practice.directory });
    await last.client.session.signIn({ operator: 'admin', passphrase: secret() });
    expect(await last.client.audit.verify({})).toMatchObject({ holds: true, unsignedTail: 0 });
  },
);
