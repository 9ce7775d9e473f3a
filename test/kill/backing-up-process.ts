import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { Secret } from '../../main/contract/secret.ts';

/** A core that signs in, goes on with its enrolment and makes one backup after another, and says `unit` after each. It waits for nobody to end it well. */
const [workspaceDirectory = '', folder = ''] = process.argv.slice(2);
const door = await openCore({ workspaceDirectory, vault: createVault({ memoryKiB: 64, passes: 1, lanes: 1 }), peopleInUnit: 2 });
const client = createClient((name, input) => door.call(name, input, { connection: 'killed', host: 'window' }));
const progressed = new Promise<void>((resolve) => void door.subscribe((name) => void (name === 'enrollment.progress' && resolve())));
await client.session.signIn({ operator: 'admin', passphrase: new Secret(Buffer.from('correct horse battery staple')) });
if ((await client.enrollment.jobs({})).jobs.some(({ state }) => state !== 'done')) await progressed;
for (let at = 0; ; at++) {
  await client.backup.create({ folder, name: `${process.pid}-${at}.tar.age` });
  process.stdout.write('unit\n');
}
