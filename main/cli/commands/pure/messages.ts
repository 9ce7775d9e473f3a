import type { MessageVerdict } from '../../../domain/cms/verify-cms.ts';
import { AppError } from '../../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult } from '../../command.ts';
import { flag, list, only, optional, text } from '../../option-values.ts';

const questionOptions = {
  trust: { type: 'string', multiple: true },
  pool: { type: 'string', multiple: true },
  crl: { type: 'string', multiple: true },
  time: { type: 'string' },
  'no-chain': { type: 'boolean' },
  'allow-sha1': { type: 'boolean' },
  'require-revocation': { type: 'boolean' },
} as const;

/** Pure tools about messages that are signed. */
export const messageTools: readonly CliCommand[] = [
  {
    words: ['cms', 'verify'],
    usage: 'FILE [--content F] [--pool F...] [--trust F... | --no-chain] [--crl F...] [--time T] [--allow-sha1] [--require-revocation]',
    summary: 'whether a signed file holds and who signed it; exit 1 when it does not',
    needs: 'pure',
    options: { ...questionOptions, content: { type: 'string' } },
    async run(context) {
      const content = text(context.options, 'content');
      const json = await context.client.tools.verifyCms({
        file: context.files.open(only(context, 'file')),
        ...(content === undefined ? {} : { content: context.files.open(content) }),
        ...questionOf(context),
      });
      return verdict(json);
    },
  },
  {
    words: ['mail', 'verify'],
    usage: 'FILE.eml --trust F... [--no-chain] [--pool F...] [--crl F...] [--time T] [--allow-sha1] [--require-revocation]',
    summary: 'whether a mail holds, layer by layer, and is from whom it says; exit 1 when not',
    needs: 'pure',
    options: questionOptions,
    async run(context) {
      return verdict(await context.client.tools.verifyMail({ file: context.files.open(only(context, 'file')), ...questionOf(context) }));
    },
  },
];

/** @throws AppError input.invalid when neither a trust anchor nor --no-chain is given: then nothing would be asked by accident */
function questionOf({ options, files }: CommandContext) {
  const trust = list(options, 'trust');
  if ((trust.length === 0) !== flag(options, 'no-chain'))
    throw new AppError('input.invalid', 'Name whom to trust with --trust, or say --no-chain.', { field: 'trust', rule: 'required' });
  return {
    ...(trust.length === 0 ? {} : { trust: trust.map(files.read) }),
    pool: list(options, 'pool').map(files.read),
    crls: list(options, 'crl').map(files.read),
    allowSha1: flag(options, 'allow-sha1'),
    requireRevocation: flag(options, 'require-revocation'),
    ...optional(options, 'time', 'time'),
  };
}

function verdict(json: MessageVerdict): CommandResult {
  const lines = json.layers.flatMap(({ kind, status, signer, findings }) => [
    `${kind}: ${status}${signer === null ? '' : `, signed by ${signer.emails.join(', ') || signer.sha256}`}`,
    ...findings.map(({ code, detail }) => `  ${code}: ${detail}`),
  ]);
  const result = { json, text: lines.length === 0 ? 'Nobody signed this.' : lines.join('\n') };
  return json.valid ? result : { ...result, exit: 1 };
}
