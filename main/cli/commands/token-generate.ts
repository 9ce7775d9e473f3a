import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { enrollOnToken } from '../enroll-on-token.ts';
import { list, optional, required, text } from '../option-values.ts';
import { keysOptions, managementKeyOptions } from '../pin-options.ts';

/** A signing key that is made on a token. */
export const generateCommand: CliCommand = {
  words: ['token', 'generate'],
  usage: 'SERIAL PERSON --pin-file F | --pin-fd N [--algorithm A] (--profile P | [--subject CN=...] [--email A...] --out F) [--yes]',
  summary: 'make a signing key on their token: with --profile its certificate too (as enroll --store), else the request (PKCS #10) for one',
  needs: 'signed-in',
  options: {
    profile: { type: 'string' },
    algorithm: { type: 'string' },
    subject: { type: 'string' },
    email: { type: 'string', multiple: true },
    out: { type: 'string' },
    ...managementKeyOptions,
  },
  async run(context) {
    const { positionals, client, options } = context;
    const [token, named, ...more] = positionals;
    if (token === undefined || named === undefined || more.length > 0)
      throw new AppError('input.invalid', 'Name a token and a person.', { field: 'person', rule: 'one' });
    if (text(options, 'profile') === undefined) required(options, 'out');
    else refuseRequestOptions(context);
    const person = (await client.people.show({ person: named })).id;
    return text(options, 'profile') === undefined ? generate(context, { token, person }) : enrollOnToken(context, [person], token);
  },
};

/** What is issued here says what the practice knows. */
function refuseRequestOptions({ options }: CommandContext): void {
  const given = ['subject', 'email', 'out'].find((name) => options[name] !== undefined);
  if (given !== undefined)
    throw new AppError('input.invalid', `--${given} is for a request to an authority outside: leave it or --profile out.`, {
      field: given,
      rule: 'without-profile',
    });
}

async function generate(context: CommandContext, on: { readonly token: string; readonly person: string }): Promise<CommandResult> {
  const { client, options, files } = context;
  const out = required(options, 'out');
  const { file, ...json } = await client.tokens.generate({
    ...on,
    ...(await keysOptions(context, on.token)),
    ...(optional(options, 'algorithm', 'algorithm') as object),
    ...optional(options, 'subject', 'subject'),
    emails: list(options, 'email'),
  });
  files.write(out, file.bytes);
  const next = `Send ${out} to the authority, give its answer to \`certificate accept\`, and \`token reconcile ${json.token}\` writes it to the card.`;
  return { json: { ...json, file: out }, text: `The key is on ${json.token}. ${next}` };
}
