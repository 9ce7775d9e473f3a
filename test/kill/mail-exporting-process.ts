import { replaceFile } from '../../main/adapters/mail-clients/change/client-files.ts';
import { runTool } from '../../main/adapters/mail-clients/change/run-tool.ts';
import { createThunderbird } from '../../main/adapters/mail-clients/thunderbird/thunderbird.ts';
import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { Secret } from '../../main/contract/secret.ts';
import type { MailClient } from '../../main/ports/mail-client.ts';
import { testPlaces } from '../mail/support/profile.ts';

/**
 * A core that sets up a profile and stops for good at one act of a kind, after saying so: before a tool is run, after a
 * file of the profile was replaced, or when everything is recorded and only the way back is still there.
 */
const [workspaceDirectory = '', directory = '', person = '', target = '', kind = '', turn = ''] = process.argv.slice(2);
const counts: Record<string, number> = {};

function stopAt(act: string): void {
  counts[act] = (counts[act] ?? 0) + 1;
  if (act !== kind || counts[act] !== Number(turn)) return;
  process.stdout.write('here\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const thunderbird = createThunderbird({
  places: testPlaces(directory),
  run: async (run) => {
    stopAt('tool');
    return runTool(run);
  },
  replace: (path, state) => {
    replaceFile(path, state);
    stopAt('file');
  },
});

const stopping: MailClient = {
  ...thunderbird,
  apply: async (...request) => {
    const change = await thunderbird.apply(...request);
    return { ...change, keep: () => stopAt('keep') };
  },
};

const vault = createVault({ memoryKiB: 64, passes: 1, lanes: 1 });
const door = await openCore({ workspaceDirectory, vault, mailClients: [stopping] });
const client = createClient((name, input) => door.call(name, input, { connection: 'killed', host: 'command-line' }));
await client.session.signIn({ passphrase: new Secret(Buffer.from('correct horse battery staple')) });
await client.mail.export({ person, client: 'thunderbird', target });
