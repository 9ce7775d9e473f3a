import { AppError } from '../../domain/errors.ts';
import { findingLines } from '../finding-lines.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { list, only, optional, required, text } from '../option-values.ts';
import { table } from '../table.ts';

/** Certificates from authorities outside, for keys that are made and kept here. */
export const outsideRequestCommands: readonly CliCommand[] = [
  {
    words: ['certificate', 'request'],
    usage: 'PERSON|--subject CN=... [--email A...] [--purpose sign|encrypt|dual] [--algorithm A] [--format pem|der] --out F',
    summary: 'make a key and the request (PKCS #10) that an authority outside is to sign; the key stays in the vault',
    needs: 'signed-in',
    options: {
      subject: { type: 'string' },
      email: { type: 'string', multiple: true },
      purpose: { type: 'string' },
      algorithm: { type: 'string' },
      format: { type: 'string' },
      out: { type: 'string' },
    },
    run: request,
  },
  {
    words: ['certificate', 'requests'],
    usage: '',
    summary: 'requests that wait for the answer of an authority outside',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.requests.open({});
      const rows = json.requests.map(({ request: id, subject, purpose, createdAt }) => [id, subject, purpose, createdAt.slice(0, 10)]);
      return { json, text: table(['id', 'subject', 'purpose', 'made'], rows) };
    },
  },
  {
    words: ['certificate', 'request-file'],
    usage: 'REQUEST [--format pem|der] --out F',
    summary: 'write the file of a request that waits once more',
    needs: 'signed-in',
    options: { format: { type: 'string' }, out: { type: 'string' } },
    async run({ client, options, files, positionals }) {
      const out = required(options, 'out');
      const format = { format: text(options, 'format') } as { format?: 'pem' };
      const id = only({ positionals }, 'request');
      const { file } = await client.requests.file({ request: id, ...format });
      files.write(out, file.bytes);
      return { json: { request: id, file: out }, text: `Written: ${out}` };
    },
  },
  {
    words: ['certificate', 'withdraw-request'],
    usage: 'REQUEST',
    summary: 'give a request up that waits: its key is destroyed',
    needs: 'signed-in',
    options: {},
    async run({ client, positionals }) {
      const json = await client.requests.withdraw({ request: only({ positionals }, 'request') });
      return { json, text: 'Given up. Its key is destroyed: an answer to it can no longer be taken in.' };
    },
  },
  {
    words: ['certificate', 'accept'],
    usage: 'FILE [--chain F...]',
    summary: 'take in what the authority outside has sent: PEM, DER or PKCS #7; found by its key, verified by its chain',
    needs: 'signed-in',
    options: { chain: { type: 'string', multiple: true } },
    run: accept,
  },
];

async function request(context: CommandContext): Promise<CommandResult> {
  const { client, options, files, positionals } = context;
  const out = required(options, 'out');
  if (positionals.length > 1) throw new AppError('input.invalid', 'Name one person.', { field: 'person', rule: 'one' });
  const person = positionals[0] === undefined ? {} : { person: (await client.people.show({ person: positionals[0] })).id };
  const { file, ...json } = await client.requests.make({
    ...person,
    ...optional(options, 'subject', 'subject'),
    ...optional(options, 'algorithm', 'algorithm'),
    ...({ purpose: text(options, 'purpose'), format: text(options, 'format') } as { purpose?: 'dual'; format?: 'pem' }),
    emails: list(options, 'email'),
  });
  files.write(out, file.bytes);
  return {
    json: { ...json, file: out },
    text: `Written: ${out}. Send it to the authority, and give its answer to keyward certificate accept.`,
  };
}

async function accept(context: CommandContext): Promise<CommandResult> {
  const { client, files, options } = context;
  const paths = [only(context, 'file'), ...list(options, 'chain')];
  const json = await client.requests.accept({ files: paths.map((path) => files.read(path)) });
  const missing = json.missing.length === 0 ? [] : [`Not in it, though asked for: ${json.missing.join(', ')}`];
  return { json, text: [`Taken in: ${json.certificate}`, ...missing, ...findingLines(json.findings)].join('\n') };
}
