import type { PfxListing } from '../../../domain/pfx/list-pfx.ts';
import type { CliCommand } from '../../command.ts';
import { only, text } from '../../option-values.ts';

/** Pure tools about PKCS #12 files. */
export const pkcs12Tools: readonly CliCommand[] = [
  {
    words: ['pkcs12', 'list'],
    usage: 'FILE [--password-file X]',
    summary: 'what is in a .p12 file; no password file is no password, an empty one the empty password',
    needs: 'pure',
    options: { 'password-file': { type: 'string' } },
    async run(context) {
      const passwordFile = text(context.options, 'password-file');
      const json = await context.client.tools.listPkcs12({
        file: context.files.read(only(context, 'file')),
        ...(passwordFile === undefined ? {} : { password: context.secrets.fromFile(passwordFile) }),
      });
      return { json, text: describe(json) };
    },
  },
];

function describe({ keys, certificates, mac }: PfxListing): string {
  const lines = [
    ...keys.map((key) => `key          ${key.algorithm}  ${key.certificate ?? 'without a certificate'}`),
    ...certificates.map((certificate) => `certificate  ${certificate.subject ?? 'that cannot be read'}  ${certificate.sha256}`),
    mac === null ? 'Nothing protects the integrity of this file.' : 'The integrity of this file holds.',
  ];
  return lines.join('\n');
}
