import { join } from 'node:path';
import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { Secret } from '../../main/contract/secret.ts';

/**
 * A core that signs in long after what is in the log, and archives what is older than so many years, one year after the other; says `archiving`
 * before each. It waits for nobody to end it well.
 */
const [workspaceDirectory = '', folder = '', now = '', years = ''] = process.argv.slice(2);
const vault = createVault({ memoryKiB: 64, passes: 1, lanes: 1 });
const door = await openCore({ workspaceDirectory, vault, clock: { now: () => new Date(now) } });
const client = createClient((name, input) => door.call(name, input, { connection: 'killed', host: 'window' }));
await client.session.signIn({ operator: 'admin', passphrase: new Secret(Buffer.from('correct horse battery staple')) });
for (let year = Number(years); year > 0; year--) {
  await client.incidents.setPolicy({ retentionYears: year });
  process.stdout.write('archiving\n');
  await client.audit.archive({ path: join(folder, `${process.pid}-${year}.jsonl`) }).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== 'input.too-young') throw error;
  });
}
setInterval(() => undefined, 1000);
