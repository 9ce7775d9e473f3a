import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { openCore } from '../../main/compose.ts';
import { createClient } from '../../main/contract/client.ts';
import { Secret } from '../../main/contract/secret.ts';
import { pin } from '../services/support/soft-hsm-module.ts';

/** A core that makes an authority on a token, or a request for one, and is killed before that is done. */
const [workspaceDirectory = '', token = '', library = '', what = ''] = process.argv.slice(2);
const door = await openCore({
  workspaceDirectory,
  vault: createVault({ memoryKiB: 64, passes: 1, lanes: 1 }),
  tokenModules: [{ name: 'SoftHSM', library, isOpenedAnew: true }],
});
const client = createClient((name, input) => door.call(name, input, { connection: 'killed', host: 'command-line' }));
const secret = (text: string) => new Secret(Uint8Array.from(Buffer.from(text)));
await client.session.signIn({ passphrase: secret('correct horse battery staple') });
const { authorities } = await client.authorities.list({});
const order = { name: 'Card CA', algorithm: 'p256', onToken: { token, pin: secret(pin) } } as const;
await (what === 'request' ? client.offline.request(order) : client.authorities.create({ ...order, under: authorities[0]?.id ?? '' }));
