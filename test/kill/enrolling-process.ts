import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { Secret } from '../../main/contract/secret.ts';

/**
 * A core that signs in, goes on with the job it finds and says `unit` after each unit of work, `done` at the end. It
 * waits for nobody to end it well. One person a unit, so that there are many moments to be killed in.
 */
const [workspaceDirectory = ''] = process.argv.slice(2);
const door = await openCore({ workspaceDirectory, vault: createVault({ memoryKiB: 64, passes: 1, lanes: 1 }), peopleInUnit: 1 });
const client = createClient((name, input) => door.call(name, input, { connection: 'killed', host: 'command-line' }));
door.subscribe((name, payload) => {
  if (name !== 'enrollment.progress') return;
  process.stdout.write((payload as { state: string }).state === 'done' ? 'done\n' : 'unit\n');
});
await client.session.signIn({ passphrase: new Secret(Buffer.from('correct horse battery staple')) });
const { jobs } = await client.enrollment.jobs({});
for (const { id, state } of jobs) {
  if (state === 'stopped') await client.enrollment.resume({ job: id });
  else process.stdout.write('done\n');
}
