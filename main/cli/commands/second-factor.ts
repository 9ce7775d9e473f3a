import type { Secret } from '../../contract/secret.ts';
import type { CliCommand, CommandContext } from '../command.ts';
import { descriptor, only, text } from '../option-values.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A code of an authenticator app at sign-in: one's own, and taking away somebody else's. */
export const secondFactorCommands: readonly CliCommand[] = [
  {
    words: ['operator', 'second-factor'],
    usage: '',
    summary: 'whether your sign-in asks for a code as well',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.account.secondFactor({});
      const codes = `${json.codesLeft} recovery codes are unused.`;
      return { json, text: json.since === null ? 'No second factor: the passphrase alone signs in.' : `On since ${json.since}. ${codes}` };
    },
  },
  {
    words: ['operator', 'second-factor', 'on'],
    usage: '[--secret-file F] [--recovery-codes-file F] [--totp-fd N]',
    summary: 'ask for a code of an authenticator app at your sign-in; one code confirms it',
    needs: 'signed-in',
    options: { 'secret-file': { type: 'string' }, 'recovery-codes-file': { type: 'string' } },
    async run(context) {
      const { client, options, secrets } = context;
      const { uri, secret } = await client.account.beginSecondFactor({});
      secret.wipe();
      hand(uri, text(options, 'secret-file'), 'for the authenticator app', context);
      const { recoveryCodes } = await client.account.turnOnSecondFactor({ code: await secrets.totp() });
      hand(recoveryCodes, text(options, 'recovery-codes-file'), 'recovery codes, each good once (shown once, print them)', context);
      return { json: { secondFactor: 'on' }, text: 'From now on your sign-in asks for a code: --totp-fd N, or typed.' };
    },
  },
  {
    words: ['operator', 'second-factor', 'off'],
    usage: '[--next-totp-file F | --next-totp-fd N]',
    summary: 'the passphrase alone signs in again; takes another code than the sign-in did',
    needs: 'signed-in',
    options: { 'next-totp-file': { type: 'string' }, 'next-totp-fd': { type: 'string' } },
    async run({ client, secrets, options }) {
      const code = await secrets.other({
        name: 'next-totp',
        file: text(options, 'next-totp-file'),
        descriptor: descriptor(options, 'next-totp-fd'),
        question: 'The next code, or a recovery code: ',
        isNew: false,
      });
      await client.account.turnOffSecondFactor({ code });
      return { json: { secondFactor: 'off' }, text: 'The passphrase alone signs in again.' };
    },
  },
  {
    words: ['operator', 'reset-second-factor'],
    usage: 'NAME',
    summary: 'where somebody’s phone and recovery codes are lost: their passphrase alone signs in again',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const operator = only(context, 'operator');
      await context.client.operators.resetSecondFactor({ operator });
      return { json: { operator }, text: `${operator} signs in with the passphrase alone until they turn a second factor on again.` };
    },
  },
];

/** A secret goes to its file, or once to the person's eyes; then it is wiped. It is never part of the JSON document. */
function hand(secret: Secret, file: string | undefined, what: string, { files, say }: CommandContext): void {
  const written = decoder.decode(secret.reveal());
  if (file === undefined) say(`${what}:\n${written}`);
  else files.write(file, encoder.encode(`${written}\n`));
  secret.wipe();
}
