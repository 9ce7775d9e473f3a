import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openWithPassphrase } from '../../main/adapters/key-stores/vault/passphrase-opening.ts';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { createClient, type Client } from '../../main/contract/client.ts';
import { Secret } from '../../main/contract/secret.ts';
import { childEnvironment } from '../../main/domain/process/environment.ts';
import { coreCommand } from '../../main/hosts/core-command.ts';
import { startCoreProcess } from '../../main/hosts/core-process.ts';
import { noLog } from '../../main/hosts/log-file.ts';
import { idleActor } from '../hosts/fixtures/echo-core-process.ts';
import { foundInMemory } from './support/process-memory.ts';

const passphrase = 'Zq7-never-to-be-found-again-9x';
const another = 'Kw3-the-one-that-came-after-5t';
const wrong = 'Xv1-a-guess-that-was-wrong-8r';
const password = 'Hd5-password-of-a-file-2m';

const secret = (text: string) => new Secret(Buffer.from(text));

/** The core as a shell starts it, over a new workspace, and a window at its door. */
function startCore() {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-memory-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const workspace = join(directory, 'workspace');
  const entry = fileURLToPath(new URL('../../main/core.ts', import.meta.url));
  const environment = childEnvironment(process.env);
  const command = async () => coreCommand(entry, workspace);
  const core = startCoreProcess({ command, environment, log: noLog, actor: idleActor, onState: () => undefined });
  onTestFinished(() => core.door.close());
  const client = createClient((name, input) => core.door.call(name, input, { connection: 'window-1', host: 'window' }));
  return { workspace, client, pid: () => core.pid() ?? 0 };
}

/** Gives somebody keys, and hands one of them over in a file with a password; gives its secret number. */
async function handOver(client: Client): Promise<Buffer> {
  const { person } = await client.people.add({ name: 'Ada Lovelace', emails: ['ada@ridgeway.example'] });
  const { job } = await client.enrollment.start({ people: [person] });
  await expect.poll(async () => (await client.enrollment.job({ job })).state, { timeout: 60_000 }).toBe('done');
  const { certificates } = await client.people.show({ person });
  const ids = certificates.flatMap(({ purpose, id }) => (purpose === 'encrypt' ? [id] : []));
  const { file } = await client.certificates.exportPrivateKey({ certificates: ids, format: 'pkcs8', password: secret(password) });
  const { d = '' } = createPrivateKey({ key: Buffer.from(file.bytes), passphrase: password }).export({ format: 'jwk' });
  return Buffer.from(d, 'base64url');
}

/** The private half of an operator, as somebody with the passphrase and the database has it. */
async function privateHalf(workspace: string, operatorId: string): Promise<Buffer> {
  const database = await openSqliteDatabase({ directory: workspace });
  const opening = await database.read.operators.opening(operatorId, 'passphrase');
  await database.close();
  const half = opening && (await openWithPassphrase(opening, Buffer.from(another)));
  if (half === undefined) throw new Error('the passphrase opens nothing');
  return half;
}

test('after locking, none of the secrets is left in the memory of the core', async () => {
  const { workspace, client, pid } = startCore();
  const made = await client.workspace.init({
    name: 'Ridgeway',
    passphrase: secret(passphrase),
    rootAlgorithm: 'p256',
    subjectAlgorithm: 'p256',
  });
  const code = Buffer.from(made.recoveryCode.reveal());
  const scalar = await handOver(client);
  await client.account.changePassphrase({ oldPassphrase: secret(passphrase), newPassphrase: secret(another) });
  await client.session.lock({});
  await expect(client.session.signIn({ passphrase: secret(wrong) })).rejects.toMatchObject({ code: 'session.sign-in-failed' });
  await client.session.signIn({ passphrase: secret(another) });
  const half = await privateHalf(workspace, made.operatorId);
  expect(foundInMemory(pid(), { half })).toEqual(['half']);
  await client.session.lock({});
  const words = { passphrase, another, wrong, password, 'code without hyphens': code.toString().replaceAll('-', '') };
  const octets = Object.fromEntries(Object.entries(words).map(([name, text]) => [name, Buffer.from(text)]));
  const left = () => foundInMemory(pid(), { ...octets, code, scalar, half });
  await expect.poll(left, { timeout: 20_000, interval: 1000 }).toEqual([]);
});
