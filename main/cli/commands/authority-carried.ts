import { identifyAuthority } from '../authority-name.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { table } from '../table.ts';
import { count, flag, list, only, optional, required, text } from '../option-values.ts';
import { cardOptions, managementKeyOptions, onTokenOption } from '../pin-options.ts';

/** An authority under a key that is elsewhere: its request and its certificate are carried by file. */
export const authorityCarriedCommands: readonly CliCommand[] = [
  {
    words: ['authority', 'request'],
    usage: 'NAME [--algorithm A] [--publish-url URL] [--token SERIAL --pin-file F | --pin-fd N] --out F',
    summary:
      'begin an authority whose certificate comes from elsewhere: its key, with --token on a card, and the request to be carried to the key above it',
    needs: 'signed-in',
    options: {
      algorithm: { type: 'string' },
      'publish-url': { type: 'string' },
      out: { type: 'string' },
      ...cardOptions,
      ...managementKeyOptions,
    },
    async run(context) {
      const out = required(context.options, 'out');
      const { file, request } = await context.client.offline.request({
        name: only(context, 'name'),
        ...(optional(context.options, 'algorithm', 'algorithm') as object),
        ...optional(context.options, 'publish-url', 'publishUrl'),
        ...(await onTokenOption(context)),
      });
      context.files.write(out, file.bytes);
      return {
        json: { request, file: out },
        text: `Written: ${out}. Have it signed there (keyward authority certify), and give the answer to keyward authority accept.`,
      };
    },
  },
  {
    words: ['authority', 'requests'],
    usage: '',
    summary: 'authorities here that wait for their certificate',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.offline.requests({});
      const rows = json.requests.map(({ request, name, algorithm, createdAt, keyToken }) => [
        request,
        name,
        algorithm,
        createdAt.slice(0, 10),
        keyToken === null ? '' : `key on card ${keyToken}`,
      ]);
      return { json, text: table(['id', 'name', 'algorithm', 'made', ''], rows) };
    },
  },
  {
    words: ['authority', 'request-file'],
    usage: 'REQUEST --out F',
    summary: 'write the file of such a request once more',
    needs: 'signed-in',
    options: { out: { type: 'string' } },
    async run({ client, options, files, positionals }) {
      const [out, request] = [required(options, 'out'), only({ positionals }, 'request')];
      files.write(out, (await client.offline.requestFile({ request })).file.bytes);
      return { json: { request, file: out }, text: `Written: ${out}` };
    },
  },
  {
    words: ['authority', 'withdraw-request'],
    usage: 'REQUEST',
    summary: 'give such a request up: its key is destroyed',
    needs: 'signed-in',
    options: {},
    async run({ client, positionals }) {
      const json = await client.offline.withdraw({ request: only({ positionals }, 'request') });
      return { json, text: 'Given up. Its key is destroyed: an answer to it can no longer be taken in.' };
    },
  },
  {
    words: ['authority', 'certify'],
    usage: 'FILE --under AUTHORITY [--domain D ...] [--path-length N|open] [--days N] --out F',
    summary: 'sign the request of an authority whose key is elsewhere; the answer holds the certificate and those above it',
    needs: 'signed-in',
    options: {
      under: { type: 'string' },
      domain: { type: 'string', multiple: true },
      'path-length': { type: 'string' },
      days: { type: 'string' },
      out: { type: 'string' },
    },
    run: certify,
  },
  {
    words: ['authority', 'accept'],
    usage: 'FILE [--chain F ...] [--token SERIAL --pin-file F | --pin-fd N] [--use]',
    summary:
      'take in the certificate that an authority here waits for; with --token where its key is on a card; --use has it issue to people',
    needs: 'signed-in',
    options: { chain: { type: 'string', multiple: true }, use: { type: 'boolean' }, ...cardOptions, ...managementKeyOptions },
    async run(context) {
      const { client, files, options } = context;
      const paths = [only(context, 'file'), ...list(options, 'chain')];
      const brought = { files: paths.map((path) => files.read(path)), use: flag(options, 'use') };
      const json = await client.offline.accept({ ...brought, ...(await onTokenOption(context)) });
      const issues = json.isUsed ? '\nIt issues to people from now on.' : '';
      return { json, text: `${json.name} is ready, until ${json.notAfter.slice(0, 10)}: ${json.authority}${issues}` };
    },
  },
];

async function certify(context: CommandContext): Promise<CommandResult> {
  const { options, client, files } = context;
  const out = required(options, 'out');
  const [days, length] = [count(options, 'days'), text(options, 'path-length') === 'open' ? 'open' : count(options, 'path-length')];
  const { file, ...json } = await client.offline.certify({
    request: files.read(only(context, 'file')),
    under: await identifyAuthority(context, required(options, 'under')),
    mailDomains: list(options, 'domain'),
    ...(days === undefined ? {} : { validityDays: days }),
    ...(length === undefined ? {} : ({ pathLength: length } as { pathLength: number | 'open' })),
  });
  files.write(out, file.bytes);
  return { json: { ...json, file: out }, text: `Signed until ${json.notAfter.slice(0, 10)}, and written: ${out}. Carry it back.` };
}
