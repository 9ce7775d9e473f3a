import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { Secret } from '../../main/contract/secret.ts';
import { AppError } from '../../main/domain/errors.ts';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';

/**
 * A core that enrols everybody who is not covered on one token, one after another, and says `begin` before and how it ended
 * after each. It waits for nobody to end it well.
 */
const [workspaceDirectory = '', token = ''] = process.argv.slice(2);
const door = await openCore({
  workspaceDirectory,
  vault: createVault({ memoryKiB: 64, passes: 1, lanes: 1 }),
  tokenModules: [softHsmModule],
});
const client = createClient((name, input) => door.call(name, input, { connection: 'killed', host: 'command-line' }));
const secret = (text: string) => new Secret(Uint8Array.from(Buffer.from(text)));
await client.session.signIn({ passphrase: secret('correct horse battery staple') });
await client.tokens.list({});
const { people } = await client.people.list({ limit: 500, filter: 'uncovered' });
for (const [at, { id: person }] of people.entries()) {
  process.stdout.write('begin\n');
  const algorithm = at % 2 === 0 ? 'p256' : 'rsa-2048';
  const end = await client.tokens.enroll({ person, token, pin: secret(pin), algorithm }).then(
    ({ unfinished }) => unfinished?.code ?? 'done',
    (error: unknown) => (error instanceof AppError ? error.code : 'another error'),
  );
  process.stdout.write(`${end}\n`);
}
