import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { ocspPath } from '../../domain/x509/ocsp/response-path.ts';
import { identifyAuthority } from '../authority-name.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { count, flag, only, required, text } from '../option-values.ts';

export const authorityOcspCommands: readonly CliCommand[] = [
  {
    words: ['authority', 'ocsp'],
    usage: 'AUTHORITY (--out DIR | --request F --out F) [--days N]',
    summary: 'sign OCSP responses: for all its certificates, to be served as files, or the answer to one request',
    needs: 'signed-in',
    options: { out: { type: 'string' }, request: { type: 'string' }, days: { type: 'string' } },
    run: async (context) => (text(context.options, 'request') === undefined ? presign(context) : answer(context)),
  },
  {
    words: ['authority', 'ocsp-address'],
    usage: 'AUTHORITY (--url URL | --none)',
    summary: 'say where OCSP is answered, in certificates issued from now on; or that it is nowhere',
    needs: 'signed-in',
    options: { url: { type: 'string' }, none: { type: 'boolean' } },
    async run(context) {
      const url = text(context.options, 'url');
      if ((url === undefined) !== flag(context.options, 'none'))
        throw new AppError('input.invalid', 'Say where, with --url, or --none.', { field: 'url' });
      const authority = await identifyAuthority(context, only(context, 'authority'));
      const json = await context.client.ocsp.address({ authority, url: url ?? null });
      const said = json.ocspUrl === null ? 'name no place for OCSP' : `say that OCSP is answered at ${json.ocspUrl}`;
      return { json, text: `Certificates issued from now on ${said}.` };
    },
  },
];

const days = ({ options }: CommandContext): { readonly days?: number } => {
  const wanted = count(options, 'days');
  return wanted === undefined ? {} : { days: wanted };
};

async function presign(context: CommandContext): Promise<CommandResult> {
  const out = required(context.options, 'out');
  const authority = await identifyAuthority(context, only(context, 'authority'));
  const { nextUpdate, ocspUrl, ...counts } = await presignInto(context, authority, out);
  const where = ocspUrl === null ? '' : `\nPut them where ${ocspUrl}/ answers.`;
  return {
    json: { directory: out, ...counts, nextUpdate, ocspUrl },
    text: `${counts.responses} responses for ${counts.certificates} certificates written to ${out}, good until ${nextUpdate}.${where}`,
  };
}

/** Writes all of an authority's responses, some at a time: there may be hundreds of thousands. */
export async function presignInto(context: CommandContext, authority: string, directory: string) {
  const done = { certificates: 0, responses: 0 };
  for (let after: string | undefined; ;) {
    const page = await context.client.ocsp.presign({
      authority,
      ...days(context),
      ...(after === undefined ? {} : { after }),
    });
    for (const file of page.files) context.files.write(join(directory, ocspPath(file.name)), file.bytes);
    done.certificates += page.certificates;
    done.responses += page.files.length;
    if (page.next === null) return { ...done, nextUpdate: page.nextUpdate, ocspUrl: page.ocspUrl };
    after = page.next;
  }
}

async function answer(context: CommandContext): Promise<CommandResult> {
  const [request, out] = [context.files.read(required(context.options, 'request')), required(context.options, 'out')];
  const authority = await identifyAuthority(context, only(context, 'authority'));
  const { file, ...json } = await context.client.ocsp.answer({ authority, request, ...days(context) });
  context.files.write(out, file.bytes);
  const told = json.answers.map(({ serialNumber, status }) => `${serialNumber}: ${status}`).join('\n');
  return { json: { ...json, file: out }, text: `${told}\nWritten: ${out}, good until ${json.nextUpdate}` };
}
