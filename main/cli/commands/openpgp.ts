import type { OpenPgpSummary } from '../../contract/openpgp.ts';
import { AppError } from '../../domain/errors.ts';
import { openPgpAlgorithms, type OpenPgpAlgorithm } from '../../domain/openpgp/algorithm.ts';
import { groupFingerprint } from '../../domain/openpgp/fingerprint.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { everyPage } from '../every-page.ts';
import { handPassword } from '../hand-password.ts';
import { count, flag, only, required, text } from '../option-values.ts';
import { table } from '../table.ts';
import { generateOnCard, openPgpCardCommands, openPgpCardOptions } from './openpgp-cards.ts';

const line = (row: OpenPgpSummary): string[] => [
  row.id,
  row.userIds.join(', '),
  row.status,
  row.isCurrent ? 'in use' : 'kept',
  row.expiresAt.slice(0, 10),
  groupFingerprint(row.fingerprint),
];

const openPgpTable = (rows: readonly OpenPgpSummary[]): string =>
  table(['id', 'for', 'status', '', 'until', 'fingerprint'], rows.map(line));

export const openPgpCommands: readonly CliCommand[] = [
  {
    words: ['openpgp', 'generate'],
    usage: `PERSON [--algorithm ${openPgpAlgorithms.join('|')}] [--days N] [--card SERIAL --pin-file F --so-pin-file F [--replace] [--yes]]`,
    summary: 'an OpenPGP key for a person, for all their mailboxes; with --card its primary key is made on an OpenPGP card',
    needs: 'signed-in',
    options: { algorithm: { type: 'string' }, days: { type: 'string' }, ...openPgpCardOptions },
    async run(context) {
      const { client, options } = context;
      const { id: person } = await client.people.show({ person: only(context, 'person') });
      const algorithm = text(options, 'algorithm');
      const days = count(options, 'days');
      const order = {
        person,
        ...(algorithm === undefined ? {} : ({ algorithm } as { algorithm: OpenPgpAlgorithm })),
        ...(days === undefined ? {} : { days }),
      };
      if (text(options, 'card') !== undefined) return generateOnCard(context, order);
      const json = await client.openpgp.generate(order);
      return { json, text: `Made: ${json.id}\nFingerprint: ${groupFingerprint(json.fingerprint)}` };
    },
  },
  {
    words: ['openpgp', 'list'],
    usage: '[--person PERSON]',
    summary: 'the OpenPGP keys there are',
    needs: 'signed-in',
    options: { person: { type: 'string' } },
    async run({ client, options }) {
      const name = text(options, 'person');
      const person = name === undefined ? {} : { person: (await client.people.show({ person: name })).id };
      const certificates = await everyPage(async (after) => {
        const page = await client.openpgp.list({ limit: 500, after, ...person });
        return { rows: page.certificates, next: page.next };
      });
      return { json: { certificates }, text: openPgpTable(certificates) };
    },
  },
  {
    words: ['openpgp', 'show'],
    usage: 'ID',
    summary: 'one OpenPGP key, by id or fingerprint',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.openpgp.show({ key: only(context, 'key') });
      const keys = json.keys.map(({ id, usage, algorithm, state }) => [id, usage, algorithm, state]);
      return { json, text: [openPgpTable([json]), '', table(['secret', 'purpose', 'algorithm', 'state'], keys)].join('\n') };
    },
  },
  {
    words: ['openpgp', 'export'],
    usage: 'ID [--secret [--password-file F] | --revocation] --out F',
    summary: 'the public half for others to have; with --secret the secret half under a password, with --revocation what ends the key',
    needs: 'signed-in',
    options: {
      secret: { type: 'boolean' },
      revocation: { type: 'boolean' },
      'password-file': { type: 'string' },
      out: { type: 'string' },
    },
    run: exportOpenPgp,
  },
  ...openPgpCardCommands,
];

async function exportOpenPgp(context: CommandContext): Promise<CommandResult> {
  const { client, options } = context;
  const [isSecret, isRevocation] = [flag(options, 'secret'), flag(options, 'revocation')];
  if (isSecret && isRevocation)
    throw new AppError('input.invalid', 'Export either the secret half or what ends the key.', { field: 'secret', rule: 'one' });
  const out = required(options, 'out');
  const { id: key } = await client.openpgp.show({ key: only(context, 'key') });
  if (isSecret) return exportSecret(context, key, out);
  const file = isRevocation ? await client.openpgp.exportRevocation({ key }) : await client.openpgp.export({ key });
  context.files.write(out, file.bytes);
  return { json: { file: out, content: isRevocation ? 'revocation' : 'public' }, text: `Written: ${out}` };
}

async function exportSecret(context: CommandContext, key: string, out: string): Promise<CommandResult> {
  const passwordFile = text(context.options, 'password-file');
  const password = passwordFile === undefined ? {} : { password: context.secrets.fromFile(passwordFile) };
  const made = await context.client.openpgp.exportSecret({ key, ...password });
  context.files.write(out, made.file.bytes);
  handPassword(made.password, context);
  return { json: { file: out, content: 'secret' }, text: `Written: ${out}` };
}
