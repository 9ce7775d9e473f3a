import type { RequestPreview } from '../../contract/requests.ts';
import { AppError } from '../../domain/errors.ts';
import { findingLines } from '../finding-lines.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { flag, only, optional, text } from '../option-values.ts';
import { table } from '../table.ts';

/** Certificates for keys that were made elsewhere. */
export const requestCommands: readonly CliCommand[] = [
  {
    words: ['authority', 'sign-request'],
    usage: 'FILE [--profile P] [--person PERSON] [--authority ID] [--preview] [--override REASON] [--format pem|der|chain] [--out F]',
    summary: 'a certificate for a key from outside (PKCS #10); --preview only says what would come of it',
    needs: 'signed-in',
    options: {
      profile: { type: 'string' },
      person: { type: 'string' },
      authority: { type: 'string' },
      preview: { type: 'boolean' },
      override: { type: 'string' },
      format: { type: 'string' },
      out: { type: 'string' },
    },
    run: async (context) => (flag(context.options, 'preview') ? preview(context) : sign(context)),
  },
];

async function inputOf(context: CommandContext) {
  const { client, options, files } = context;
  const person = text(options, 'person');
  return {
    file: files.read(only(context, 'file')),
    ...optional(options, 'profile', 'profile'),
    ...optional(options, 'authority', 'authority'),
    ...(person === undefined ? {} : { person: (await client.people.show({ person })).id }),
  };
}

async function preview(context: CommandContext): Promise<CommandResult> {
  const json = await context.client.requests.preview(await inputOf(context));
  return {
    json,
    text: [headOf(json), itemsOf(json), ...findingLines(json.findings)].join('\n'),
  };
}

const headOf = ({ made, person, profile, issuerName }: RequestPreview): string =>
  table(
    ['', ''],
    [
      ['subject', made.subject],
      ['mailboxes', made.emails.join(', ')],
      ['belongs to', person?.name ?? 'nobody in the practice'],
      ['profile', profile],
      ['signed by', issuerName],
      ['until', made.notAfter.slice(0, 10)],
    ],
  );

const itemsOf = ({ items }: RequestPreview): string =>
  table(
    ['asked for', '', 'becomes', ''],
    items.map(({ name, asked, made, fate }) => [name, asked, fate, fate === 'replaced' ? (made ?? '') : '']),
  );

async function sign(context: CommandContext): Promise<CommandResult> {
  const { client, options, files } = context;
  const [out, format] = [text(options, 'out'), formatOf(context)];
  const { certificate, replaced } = await client.requests.sign({
    ...(await inputOf(context)),
    ...optional(options, 'override', 'override'),
  });
  if (out !== undefined) files.write(out, (await client.certificates.export({ certificate, format })).bytes);
  return {
    json: { certificate, replaced, file: out ?? null },
    text: `Issued: ${certificate}${out === undefined ? '' : `, written: ${out}`}`,
  };
}

const formats = ['pem', 'der', 'chain'] as const;

/** Read before anything is signed. @throws AppError input.invalid */
function formatOf({ options }: CommandContext): (typeof formats)[number] {
  const wanted = text(options, 'format') ?? 'chain';
  const format = formats.find((known) => known === wanted);
  if (format === undefined) throw new AppError('input.invalid', `--format is one of ${formats.join(', ')}.`, { field: 'format' });
  return format;
}
