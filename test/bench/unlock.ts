import { argon2, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { Secret } from '../../main/contract/secret.ts';
import type { Door } from '../../main/contract/door.ts';
import { recommendedCost, type Argon2idCost } from '../../main/domain/vault/argon2id-cost.ts';

const [few, many] = [10, 10_000];
const times = 7;

/** What a passphrase costs by Argon2id's parameters, and signing in to a practice with few sealed keys and with many, in one run. */
export async function benchUnlock(): Promise<void> {
  const { memoryKiB } = recommendedCost;
  for (const factor of [0.5, 1, 2, 4]) await showCost({ ...recommendedCost, memoryKiB: memoryKiB * factor });
  const directory = mkdtempSync(join(tmpdir(), 'keyward-bench-unlock-'));
  try {
    const [small, large] = [await practiceWith(join(directory, 'few'), few), await practiceWith(join(directory, 'many'), many)];
    const [ofFew, ofMany] = [[] as number[], [] as number[]];
    for (let time = 0; time < times; time++) {
      ofFew.push(await signIn(small));
      ofMany.push(await signIn(large));
    }
    line(`Signing in: ${ms(median(ofFew))} with ${few} sealed keys, ${ms(median(ofMany))} with ${many.toLocaleString('en')},`);
    line(`  ${(median(ofMany) / median(ofFew)).toFixed(2)} x (median of ${times} each, taken in turns)`);
    for (const { close } of [small, large]) await close();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const derive = promisify(argon2);

/** Wall clock beside processor time: on a busy machine only the second says what was done. */
async function showCost(cost: Argon2idCost): Promise<void> {
  const walls: number[] = [];
  const works: number[] = [];
  for (let time = 0; time < 5; time++) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    const message = Buffer.from('correct horse battery staple');
    const { memoryKiB: memory, passes, lanes: parallelism } = cost;
    await derive('argon2id', { message, nonce: randomBytes(16), parallelism, memory, passes, tagLength: 32 });
    const { user, system } = process.cpuUsage(before);
    walls.push(performance.now() - began);
    works.push((user + system) / 1000);
  }
  const chosen = cost.memoryKiB === recommendedCost.memoryKiB ? '  <- chosen' : '';
  line(
    `Argon2id, ${cost.memoryKiB / 1024} MiB, ${cost.passes} passes, ${cost.lanes} lanes: ${ms(median(walls))}, ${ms(median(works))} of processors${chosen}`,
  );
}

/** A practice as people have it, and so many keys sealed for its people. */
async function practiceWith(workspaceDirectory: string, keys: number): Promise<Pick<Door, 'call' | 'close'>> {
  const door = await openCore({ workspaceDirectory });
  const client = clientOf(door);
  await client.workspace.init({ name: 'Bench', passphrase: passphrase(), rootAlgorithm: 'p256' });
  await client.session.lock({});
  await door.close();
  await sealKeys(workspaceDirectory, keys);
  return openCore({ workspaceDirectory });
}

async function sealKeys(directory: string, count: number): Promise<void> {
  const [database, vault] = [await openSqliteDatabase({ directory }), createVault()];
  const people = (await database.read.vault.compartments()).find(({ compartment }) => compartment === 'people');
  if (people === undefined) throw new Error('a practice without its part for people');
  const { record, open } = await vault.createSealingKey(people);
  const pkcs8 = randomBytes(138);
  const sealed = Array.from({ length: count }, () => vault.seal({ keyId: randomUUID(), pkcs8, under: [open] }));
  await database.unit(async (stores) => {
    await stores.vault.insertSealingKeys([record]);
    await stores.vault.insertSealedKeys(sealed);
  });
  await database.close();
}

async function signIn(door: Pick<Door, 'call'>): Promise<number> {
  const { session } = clientOf(door);
  const began = performance.now();
  await session.signIn({ passphrase: passphrase() });
  const took = performance.now() - began;
  await session.lock({});
  return took;
}

const clientOf = (door: Pick<Door, 'call'>) =>
  createClient((name, input) => door.call(name, input, { connection: 'bench', host: 'command-line' }));

const passphrase = (): Secret => new Secret(Uint8Array.from(Buffer.from('correct horse battery staple')));

const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

const ms = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`;

const line = (text: string): void => void process.stdout.write(`${text}\n`);
