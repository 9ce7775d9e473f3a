import type { CliCommand } from '../../command.ts';
import { flag, optional, required } from '../../option-values.ts';

/** Pure tools about lists of revoked certificates. */
export const crlTools: readonly CliCommand[] = [
  {
    words: ['crl', 'check'],
    usage: '--crl F --issuer F [--time T] [--allow-weak]',
    summary: "whether a list of revoked certificates is its issuer's and counts; exit 1 when not",
    needs: 'pure',
    options: { crl: { type: 'string' }, issuer: { type: 'string' }, time: { type: 'string' }, 'allow-weak': { type: 'boolean' } },
    async run({ client, files, options }) {
      const json = await client.tools.checkCrl({
        crl: files.read(required(options, 'crl')),
        issuer: files.read(required(options, 'issuer')),
        allowWeak: flag(options, 'allow-weak'),
        ...optional(options, 'time', 'time'),
      });
      const text = json.valid ? 'valid' : json.findings.map(({ code, detail }) => `${code}: ${detail}`).join('\n');
      return json.valid ? { json, text } : { json, text, exit: 1 };
    },
  },
];
