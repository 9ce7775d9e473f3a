import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { FileContent, Secret } from '../../main/contract/secret.ts';

/** A core that signs in, imports one folder of certificates and keys after another, and says `unit` after each. It waits for nobody to end it well. */
const [workspaceDirectory = '', brought = ''] = process.argv.slice(2);
const door = await openCore({ workspaceDirectory, vault: createVault({ memoryKiB: 64, passes: 1, lanes: 1 }) });
const client = createClient((name, input) => door.call(name, input, { connection: 'killed', host: 'command-line' }));
await client.session.signIn({ passphrase: new Secret(Buffer.from('correct horse battery staple')) });
for (const folder of readdirSync(brought)) {
  const files = readdirSync(join(brought, folder)).map((name) => new FileContent(name, readFileSync(join(brought, folder, name))));
  const { items } = await client.certificates.previewImport({ files });
  if (items.some(({ verdict }) => verdict === 'take')) await client.certificates.import({ files });
  process.stdout.write('unit\n');
}
await door.close();
