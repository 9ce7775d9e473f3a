import { Secret } from '../../contract/secret.ts';
import type { CliCommand } from '../command.ts';
import { only } from '../option-values.ts';
import { pinOptions } from '../pin-options.ts';
import { signIn } from '../sign-in.ts';
import { table } from '../table.ts';

/** Cards that whoever asks signs in with. */
export const operatorCardCommands: readonly CliCommand[] = [
  {
    words: ['operator', 'card'],
    usage: '',
    summary: 'the cards you sign in with: --sign-in-token SERIAL --pin-file F',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.account.cards({});
      const rows = json.cards.map(({ token, since }) => [token, since.slice(0, 10)]);
      return { json, text: rows.length === 0 ? 'No card signs you in.' : table(['card', 'since'], rows) };
    },
  },
  {
    words: ['operator', 'card', 'add'],
    usage: 'SERIAL [--pin-file F | --pin-fd N] [--yes]',
    summary: 'sign in with a card as well, instead of passphrase and code; --yes takes its last try too',
    // Signs in by itself: the passphrase is read once and sent twice.
    needs: 'door',
    options: {},
    async run(context) {
      const token = only(context, 'token');
      const passphrase = await context.secrets.passphrase({ isNew: false });
      await signIn(context, new Secret(Uint8Array.from(passphrase.reveal())));
      const json = await context.client.account.addCard({ token, passphrase, ...(await pinOptions(context, token)) });
      return { json, text: `The card ${json.token} signs you in from now on: --sign-in-token ${json.token} with its PIN.` };
    },
  },
  {
    words: ['operator', 'card', 'remove'],
    usage: 'SERIAL',
    summary: 'let a card, in a reader or not, sign you in no more; what is on it stays',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.account.removeCard({ token: only(context, 'token') });
      return { json, text: `The card ${json.token} signs you in no more.` };
    },
  },
];
