import { join, resolve } from 'node:path';
import type { MailAnswer } from '../../contract/mail.ts';
import { AppError } from '../../domain/errors.ts';
import { mailKitName, type MailKitId } from '../../domain/mail-client/kit/kits.ts';
import { mailClientNames, type MailClientId } from '../../domain/mail-client/mail-client.ts';
import { isAwaited } from '../../domain/mail-client/mail-package.ts';
import type { MailProgramId } from '../../domain/mail-client/test-message.ts';
import { isAboutThem } from '../about-them.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { count, only, text } from '../option-values.ts';
import { table } from '../table.ts';

const isHere = (client: MailProgramId): client is MailClientId => Object.hasOwn(mailClientNames, client);
const nameOf = (client: MailProgramId): string => (isHere(client) ? mailClientNames[client] : mailKitName(client));

/** Test messages, and the answers that prove a mail program. */
export const mailTestCommands: readonly CliCommand[] = [
  {
    words: ['mail', 'test'],
    usage: 'PERSON... | --delivery DELIVERY  [--client PROGRAM] [--out F.eml|DIR] [--days N]',
    summary:
      'send a message whose answer proves a mail program: signed by the mailbox of the practice and encrypted, sent through the mail server of the practice, or written into a file, of several people into a folder',
    needs: 'signed-in',
    options: { client: { type: 'string' }, delivery: { type: 'string' }, out: { type: 'string' }, days: { type: 'string' } },
    run: test,
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

/** To one person, or to several with a result for each. */
async function test(context: CommandContext): Promise<CommandResult> {
  const people = await peopleOf(context);
  const [out, isOne] = [text(context.options, 'out'), people.length === 1 && text(context.options, 'delivery') === undefined];
  if (isOne) return testOne(context, people[0] ?? '', out);
  const results: { readonly person: string; readonly to: string | null; readonly error: ReturnType<typeof errorOf> | null }[] = [];
  for (const person of people) {
    try {
      const { to } = await make(context, person, out === undefined ? undefined : (name) => join(resolve(out), name));
      results.push({ person, to, error: null });
    } catch (error) {
      if (!(error instanceof AppError) || !isAboutThem(error)) throw error;
      results.push({ person, to: null, error: errorOf(error) });
    }
    context.progress(results.length, people.length, 'messages');
  }
  return {
    json: { tests: results, out: out ?? null },
    text: table(
      ['person', 'to', ''],
      results.map(({ person, to, error }) => [person, to ?? '', error?.message ?? 'an answer is awaited']),
    ),
    ...(results.some(({ error }) => error !== null) ? { exit: 1 as const } : {}),
  };
}

const errorOf = ({ code, message }: AppError) => ({ code, message });

/** Those who are named, or whose packages of a delivery are in their hands or on the way there. @throws AppError input.invalid */
async function peopleOf({ client, options, positionals }: CommandContext): Promise<readonly string[]> {
  const delivery = text(options, 'delivery');
  if ((delivery === undefined) === (positionals.length === 0))
    throw new AppError('input.invalid', 'Name people, or a delivery.', { field: 'person', rule: 'required' });
  if (delivery === undefined) return positionals;
  const { packages } = await client.mail.packages({ delivery });
  return packages.filter(({ state }) => isAwaited(state)).map(({ person }) => person);
}

async function testOne(context: CommandContext, person: string, out: string | undefined): Promise<CommandResult> {
  const { test: made, to } = await make(context, person, out === undefined ? undefined : () => out);
  const way = out === undefined ? `Sent to ${to}.` : `Written to ${out}, for ${to}.`;
  return {
    json: { ...made, to, sent: out === undefined, file: out ?? null },
    text: `${way} Bring the answer to \`mail proof\` until ${made.expiresAt.slice(0, 10)}.`,
  };
}

/** Sent, or written where `placeOf` says of its name. */
async function make({ client, options, files }: CommandContext, person: string, placeOf: ((name: string) => string) | undefined) {
  const [days, program] = [count(options, 'days'), text(options, 'client')];
  const made = await client.mail.test({
    person,
    send: placeOf === undefined,
    ...(days === undefined ? {} : { days }),
    // The contract says which there are.
    ...(program === undefined ? {} : { client: program as MailKitId }),
  });
  if (placeOf !== undefined && made.file !== null) files.write(placeOf(made.file.name), made.file.bytes);
  return made;
}
