import { join } from 'node:path';
import type { UnfinishedList } from '../../contract/authorities.ts';
import type { FileContent } from '../../contract/secret.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { count, flag, list, only, optional, required, text } from '../option-values.ts';
import { authorityOcspCommands, presignInto } from './authority-ocsp.ts';
import { authorityCarriedCommands } from './authority-carried.ts';
import { authorityOfflineCommands } from './authority-offline.ts';
import { authorityImport } from './authority-import.ts';
import { identifyAuthority } from '../authority-name.ts';
import { writeListFile } from '../list-files.ts';
import { cardOptions, managementKeyOptions, onTokenOption } from '../pin-options.ts';
import { table } from '../table.ts';
import { timeText } from '../time-text.ts';

export const authorityCommands: readonly CliCommand[] = [
  {
    words: ['authority', 'list'],
    usage: '',
    summary: 'the root and the authorities below it',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.authorities.list({});
      const rows = json.authorities.map((row) => [
        row.id,
        row.name,
        row.algorithm,
        row.notAfter.slice(0, 10),
        row.latestList === null ? 'no list yet' : `list ${row.latestList.number}`,
        [
          ...(row.issuesToPeople ? ['issues to people'] : []),
          ...(row.keyToken === null ? [] : [`key on card ${row.keyToken.serialNumber}`]),
          ...(row.mailDomains.length > 0 ? [row.mailDomains.join(' ')] : []),
        ].join(', '),
      ]);
      return { json, text: table(['id', 'name', 'algorithm', 'until', '', ''], rows) };
    },
  },
  authorityImport,
  ...authorityOcspCommands,
  ...authorityOfflineCommands,
  ...authorityCarriedCommands,
  {
    words: ['authority', 'export'],
    usage: 'AUTHORITY [--format pem|der|chain] --out F',
    summary: 'its certificate with those above it',
    needs: 'signed-in',
    options: { format: { type: 'string' }, out: { type: 'string' } },
    async run(context) {
      const out = required(context.options, 'out');
      const file = await context.client.authorities.export({
        authority: await identifyAuthority(context, only(context, 'authority')),
        ...(optional(context.options, 'format', 'format') as object),
      });
      context.files.write(out, file.bytes);
      return { json: { file: out }, text: `Written: ${out}` };
    },
  },
  {
    words: ['authority', 'crl'],
    usage: 'AUTHORITY [--delta] [--out F] | --due [--out DIR]',
    summary:
      'make the next list of revoked certificates: the full one, what changed since the last published one, or all lists that are due',
    needs: 'signed-in',
    options: { out: { type: 'string' }, due: { type: 'boolean' }, delta: { type: 'boolean' } },
    run: async (context) => (flag(context.options, 'due') ? makeDueLists(context) : makeList(context)),
  },
  {
    words: ['authority', 'publish'],
    usage: '--out DIR',
    summary: 'lists, certificates and OCSP responses under the names the certificates point to',
    needs: 'signed-in',
    options: { out: { type: 'string' } },
    async run(context) {
      const out = required(context.options, 'out');
      const { files, unfinished, publishUrl, owed } = await context.client.authorities.publish({});
      await writeInto(context, out, files, unfinished);
      const names = files.map(({ name }) => name);
      const responses = await presignBeside(context, out);
      const answered = responses === 0 ? '' : `, ocsp (${responses} responses)`;
      return {
        json: { directory: out, files: names, ocspResponses: responses, publishUrl, owed },
        text: [
          `Written to ${out}: ${names.join(', ')}${answered}`,
          publishUrl === null
            ? 'No certificate says where these are (init --publish-url): hand them to whoever checks your certificates.'
            : `Put them where ${publishUrl}/ answers.`,
          ...owedLines(owed),
        ].join('\n'),
      };
    },
  },
  {
    words: ['authority', 'create'],
    usage:
      'NAME (--under AUTHORITY | --root) [--algorithm p384] [--domain D ...] [--days N] [--path-length N|open] [--publish-url URL] [--token SERIAL --pin-file F | --pin-fd N] [--use]',
    summary: 'make an authority below another one, or a root of its own; with --token its key on a card; --use has it issue to people',
    needs: 'signed-in',
    options: {
      under: { type: 'string' },
      root: { type: 'boolean' },
      algorithm: { type: 'string' },
      domain: { type: 'string', multiple: true },
      days: { type: 'string' },
      'path-length': { type: 'string' },
      'publish-url': { type: 'string' },
      ...cardOptions,
      ...managementKeyOptions,
      use: { type: 'boolean' },
    },
    run: create,
  },
  {
    words: ['authority', 'rollover'],
    usage: 'AUTHORITY [--algorithm A] [--days N] [--in-vault]',
    summary:
      'give an authority its next key under the same name; the old key goes on signing lists; --in-vault where the old key is on a card: the next one is not',
    needs: 'signed-in',
    options: { algorithm: { type: 'string' }, days: { type: 'string' }, 'in-vault': { type: 'boolean' } },
    run: rollOver,
  },
  {
    words: ['authority', 'use'],
    usage: 'AUTHORITY',
    summary: 'have an authority issue to people from now on',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.authorities.use({ authority: await identifyAuthority(context, only(context, 'authority')) });
      return { json, text: `${json.name} issues to people from now on.` };
    },
  },
];

/** OCSP responses of those authorities whose certificates look for them beside the lists. */
async function presignBeside(context: CommandContext, directory: string): Promise<number> {
  const { authorities } = await context.client.authorities.list({});
  const beside = authorities.filter(({ publishUrl, ocspUrl }) => ocspUrl !== null && ocspUrl === `${publishUrl}/ocsp`);
  let responses = 0;
  for (const { id } of beside) responses += (await presignInto(context, id, join(directory, 'ocsp'))).responses;
  return responses;
}

async function create(context: CommandContext): Promise<CommandResult> {
  const { options } = context;
  const name = only(context, 'name');
  const [days, pathLength] = [count(options, 'days'), levels(options)];
  const json = await context.client.authorities.create({
    name,
    ...(await parentOf(context)),
    ...(optional(options, 'algorithm', 'algorithm') as object),
    mailDomains: list(options, 'domain'),
    ...(days === undefined ? {} : { validityDays: days }),
    ...(pathLength === undefined ? {} : { pathLength }),
    ...optional(options, 'publish-url', 'publishUrl'),
    use: flag(options, 'use'),
    ...(await onTokenOption(context)),
  });
  const until = `until ${json.notAfter.slice(0, 10)}${json.endsWithParent ? ', when the one above it ends' : ''}`;
  const issues = json.isUsed ? '\nIt issues to people from now on.' : '';
  return {
    json,
    text: `${name} is ready, ${until}: ${json.authority}\nList ${json.list.number} is made; authority publish writes it out.${issues}`,
  };
}

async function rollOver(context: CommandContext): Promise<CommandResult> {
  const days = count(context.options, 'days');
  const json = await context.client.authorities.rollover({
    authority: await identifyAuthority(context, only(context, 'authority')),
    ...(optional(context.options, 'algorithm', 'algorithm') as object),
    ...(days === undefined ? {} : { validityDays: days }),
    ...(flag(context.options, 'in-vault') ? { intoVault: true } : {}),
  });
  const across =
    json.crossCertificates.length === 0 ? '' : '\nEach of its keys vouches for the other; authority publish writes that out too.';
  const issues = json.isUsed ? '\nIt issues to people with the new key from now on.' : '';
  return { json, text: `${json.name} is ready, until ${json.notAfter.slice(0, 10)}: ${json.authority}${across}${issues}` };
}

/** One of two, said out loud: a root is not made because something was forgotten. */
async function parentOf(context: CommandContext): Promise<{ under?: string }> {
  const under = text(context.options, 'under');
  if ((under === undefined) !== flag(context.options, 'root'))
    throw new AppError('input.invalid', 'Say which authority signs it, with --under, or --root for a root of its own.', { field: 'under' });
  return under === undefined ? {} : { under: await identifyAuthority(context, under) };
}

function levels(options: CommandContext['options']): number | 'open' | undefined {
  return text(options, 'path-length') === 'open' ? 'open' : count(options, 'path-length');
}

async function makeList(context: CommandContext): Promise<CommandResult> {
  const out = text(context.options, 'out');
  const { file, unfinished, ...json } = await context.client.authorities.crl({
    authority: await identifyAuthority(context, only(context, 'authority')),
    handOut: out !== undefined,
    delta: flag(context.options, 'delta'),
  });
  if (out !== undefined) await writeListFile(context, out, file, unfinished);
  return {
    json: { ...json, file: out ?? null },
    text: `List ${json.number}${json.base === null ? '' : `, changes to list ${json.base}`}, good until ${timeText(json.nextUpdate)} UTC${out === undefined ? '' : `, written: ${out}`}`,
  };
}

async function writeInto(
  context: CommandContext,
  directory: string,
  files: readonly FileContent[],
  unfinished: readonly UnfinishedList[],
): Promise<void> {
  for (const file of files) {
    const rest = unfinished.find(({ name }) => name === file.name);
    await writeListFile(context, join(directory, file.name), file, rest);
  }
}

/** Authorities whose key has to be brought, because it is offline or on a card and there is something to sign. */
const owedLines = (owed: readonly string[]): string[] =>
  owed.map(
    (id) =>
      `The list of ${id} is owed: its key is offline. Bring it back, or its list (keyward authority add-list); for a key on a card give its PIN (--authority-pin-file).`,
  );

/** For a timer: does nothing, and says so, while every list is fresh. */
async function makeDueLists(context: CommandContext): Promise<CommandResult> {
  const out = text(context.options, 'out');
  const { lists, files, unfinished, owed } = await context.client.authorities.crlDue({ handOut: out !== undefined });
  if (out !== undefined) await writeInto(context, out, files, unfinished);
  const rows = lists.map(({ number, nextUpdate }, at) => [
    files[at]?.name ?? '',
    `list ${number}`,
    `good until ${timeText(nextUpdate)} UTC`,
  ]);
  return {
    json: { lists, files: files.map(({ name }) => name), directory: out ?? null, owed },
    text: [lists.length === 0 ? 'No list is due.' : table(['file', '', ''], rows), ...owedLines(owed)].join('\n'),
  };
}
