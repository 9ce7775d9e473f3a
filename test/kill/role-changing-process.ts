import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { Secret } from '../../main/contract/secret.ts';

/** A core that signs in, gives an operator one role after another, and says `unit` after each. It waits for nobody to end it well. */
const [workspaceDirectory = '', operator = ''] = process.argv.slice(2);
const door = await openCore({ workspaceDirectory, vault: createVault({ memoryKiB: 64, passes: 1, lanes: 1 }) });
const client = createClient((name, input) => door.call(name, input, { connection: 'killed', host: 'command-line' }));
await client.session.signIn({ operator: 'admin', passphrase: new Secret(Buffer.from('correct horse battery staple')) });
for (;;) {
  for (const role of ['auditor', 'registrar', 'security-officer'] as const) {
    await client.operators.setRole({ operator, role });
    process.stdout.write('unit\n');
  }
}
