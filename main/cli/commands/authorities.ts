import { join } from 'node:path';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { flag, only, optional, required, text } from '../option-values.ts';
import { table } from '../table.ts';

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
      ]);
      return { json, text: table(['id', 'name', 'algorithm', 'until', ''], rows) };
    },
  },
  {
    words: ['authority', 'export'],
    usage: 'ID [--format pem|der|chain] --out F',
    summary: 'its certificate with those above it',
    needs: 'signed-in',
    options: { format: { type: 'string' }, out: { type: 'string' } },
    async run(context) {
      const out = required(context.options, 'out');
      const file = await context.client.authorities.export({
        authority: only(context, 'authority'),
        ...(optional(context.options, 'format', 'format') as object),
      });
      context.files.write(out, file.bytes);
      return { json: { file: out }, text: `Written: ${out}` };
    },
  },
  {
    words: ['authority', 'crl'],
    usage: 'ID [--delta] [--out F] | --due [--out DIR]',
    summary: 'make the next list of revoked certificates, what changed since the last published one, or all lists that are due',
    needs: 'signed-in',
    options: { out: { type: 'string' }, due: { type: 'boolean' }, delta: { type: 'boolean' } },
    run: async (context) => (flag(context.options, 'due') ? makeDueLists(context) : makeList(context)),
  },
  {
    words: ['authority', 'publish'],
    usage: '--out DIR',
    summary: 'lists and certificates under the names the certificates point to',
    needs: 'signed-in',
    options: { out: { type: 'string' } },
    async run(context) {
      const out = required(context.options, 'out');
      const { files, publishUrl } = await context.client.authorities.publish({});
      for (const file of files) context.files.write(join(out, file.name), file.bytes);
      const names = files.map(({ name }) => name);
      return {
        json: { directory: out, files: names, publishUrl },
        text: `Written to ${out}: ${names.join(', ')}${publishUrl === null ? '' : `\nPut them where ${publishUrl}/ answers.`}`,
      };
    },
  },
];

async function makeList(context: CommandContext): Promise<CommandResult> {
  const out = text(context.options, 'out');
  const { file, ...json } = await context.client.authorities.crl({
    authority: only(context, 'authority'),
    handOut: out !== undefined,
    delta: flag(context.options, 'delta'),
  });
  if (out !== undefined) context.files.write(out, file.bytes);
  return {
    json: { ...json, file: out ?? null },
    text: `List ${json.number}${json.base === null ? '' : `, changes to list ${json.base}`}, good until ${json.nextUpdate}${out === undefined ? '' : `, written: ${out}`}`,
  };
}

/** For a timer: does nothing, and says so, while every list is fresh. */
async function makeDueLists(context: CommandContext): Promise<CommandResult> {
  const out = text(context.options, 'out');
  const { lists, files } = await context.client.authorities.crlDue({ handOut: out !== undefined });
  if (out !== undefined) for (const file of files) context.files.write(join(out, file.name), file.bytes);
  const rows = lists.map(({ number, nextUpdate }, at) => [files[at]?.name ?? '', `list ${number}`, `good until ${nextUpdate}`]);
  return {
    json: { lists, files: files.map(({ name }) => name), directory: out ?? null },
    text: lists.length === 0 ? 'No list is due.' : table(['file', '', ''], rows),
  };
}
