import type { MailAnswer } from '../../contract/mail.ts';
import { mailKitName, type MailKitId } from '../../domain/mail-client/kit/kits.ts';
import { mailClientNames, type MailClientId } from '../../domain/mail-client/mail-client.ts';
import type { MailProgramId } from '../../domain/mail-client/test-message.ts';
import type { CliCommand, CommandContext } from '../command.ts';
import { count, only, text } from '../option-values.ts';

const isHere = (client: MailProgramId): client is MailClientId => Object.hasOwn(mailClientNames, client);
const nameOf = (client: MailProgramId): string => (isHere(client) ? mailClientNames[client] : mailKitName(client));

/** Test messages, and the answers that prove a mail program. */
export const mailTestCommands: readonly CliCommand[] = [
  {
    words: ['mail', 'test'],
    usage: 'PERSON [--client PROGRAM] [--out F.eml] [--days N]',
    summary:
      'a message to them, signed by the mailbox of the practice and encrypted, whose answer proves their mail program: sent through the mail server of the practice, or written into a file',
    needs: 'signed-in',
    options: { client: { type: 'string' }, out: { type: 'string' }, days: { type: 'string' } },
    async run(context) {
      const [out, days, client] = [text(context.options, 'out'), count(context.options, 'days'), text(context.options, 'client')];
      const { test, to, file } = await context.client.mail.test({
        person: only(context, 'person'),
        send: out === undefined,
        ...(days === undefined ? {} : { days }),
        // The contract says which there are.
        ...(client === undefined ? {} : { client: client as MailKitId }),
      });
      if (out !== undefined && file !== null) context.files.write(out, file.bytes);
      const way = out === undefined ? `Sent to ${to}.` : `Written to ${out}, for ${to}.`;
      return {
        json: { ...test, to, sent: out === undefined, file: out ?? null },
        text: `${way} Bring the answer to \`mail proof\` until ${test.expiresAt.slice(0, 10)}.`,
      };
    },
  },
  {
    words: ['mail', 'proof'],
    usage: 'F.eml',
    summary:
      'take the answer to a test message: their mail program is proved to open and to sign; their signing key then leaves the vault, unless the policy keeps it',
    needs: 'signed-in',
    options: {},
    async run(context: CommandContext) {
      const json = await context.client.mail.takeProof({ file: context.files.read(only(context, 'file')) });
      return { json, text: sentenceOf(json) };
    },
  },
];

function sentenceOf({ name, client, provedAt, released }: MailAnswer): string {
  const where = client === null ? 'their mail program' : nameOf(client);
  const left = released.length === 0 ? 'No key left the vault.' : 'Their signing key is in their mail program alone from now on.';
  return `Proved on ${provedAt.slice(0, 10)}: ${name} signs and opens mail in ${where}. ${left}`;
}
