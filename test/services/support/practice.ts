import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createVault } from '../../../main/adapters/key-stores/vault/vault.ts';
import { openCore, type CoreOptions } from '../../../main/compose.ts';
import { createClient, type Client, type Pushes } from '../../../main/contract/client.ts';
import type { Door } from '../../../main/contract/door.ts';
import { FileContent, Secret } from '../../../main/contract/secret.ts';

export const passphrase = 'correct horse battery staple';

/** Argon2id as cheap as it goes: these tests are not about guessing passphrases. */
export const cheapVault = () => createVault({ memoryKiB: 64, passes: 1, lanes: 1 });

export const secret = (text: string = passphrase): Secret => new Secret(Uint8Array.from(Buffer.from(text)));

export const file = (name: string, content: string | Uint8Array): FileContent =>
  new FileContent(name, Uint8Array.from(Buffer.from(content)));

/** A directory that goes when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export interface OpenPractice {
  readonly door: Door;
  readonly client: Client;
  readonly directory: string;
  /** Another caller at the same door. */
  clientOf(connection: string): Client;
  next<N extends keyof Pushes>(name: N, isIt: (payload: Pushes[N]) => boolean): Promise<Pushes[N]>;
}

/** The services on a workspace, with the real vault, database and issuing thread. */
export async function openPractice(options: Partial<CoreOptions> = {}): Promise<OpenPractice> {
  const directory = options.workspaceDirectory ?? join(temporaryDirectory(), 'workspace');
  const door = await openCore({ vault: cheapVault(), ...options, workspaceDirectory: directory });
  onTestFinished(() => door.close());
  const clientOf = (connection: string) => createClient((name, input) => door.call(name, input, { connection, host: 'command-line' }));
  const next: OpenPractice['next'] = (name, isIt) =>
    new Promise((resolve) => {
      const stop = door.subscribe((heard, payload) => {
        if (heard !== name || !isIt(payload as never)) return;
        stop();
        resolve(payload as never);
      });
    });
  return { door, directory, clientOf, next, client: clientOf('first') };
}

/** A practice with its first operator signed in. P-256 throughout, unless said otherwise. */
export async function newPractice(options: Partial<CoreOptions> = {}, choices: Partial<Parameters<Client['workspace']['init']>[0]> = {}) {
  const practice = await openPractice(options);
  const { recoveryCode, ...made } = await practice.client.workspace.init({
    name: 'Ridgeway Family Practice',
    passphrase: secret(),
    rootAlgorithm: 'p256',
    subjectAlgorithm: 'p256',
    publishUrl: 'http://pki.ridgeway.example',
    ...choices,
  });
  return { ...practice, made, recoveryCode: Buffer.from(recoveryCode.reveal()).toString() };
}

/** Enrols people and waits until the job has ended. */
export async function enroll(
  practice: OpenPractice,
  people: readonly string[],
  choices: object = {},
): Promise<Pushes['enrollment.progress']> {
  const { job } = await practice.client.enrollment.start({ people: [...people], ...choices });
  const early = practice.next('enrollment.progress', (payload) => payload.id === job && payload.state !== 'running');
  const now = await practice.client.enrollment.job({ job });
  return now.state === 'running' ? early : now;
}

/** Adds people who have nothing yet; gives their ids. */
export async function addPeople(practice: OpenPractice, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at++)
    ids.push((await practice.client.people.add({ name: `Person ${at}`, emails: [`p${at}@ridgeway.example`] })).person);
  return ids;
}
