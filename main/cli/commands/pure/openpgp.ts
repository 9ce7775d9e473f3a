import type { CliCommand } from '../../command.ts';
import { only } from '../../option-values.ts';

/** Pure tools about OpenPGP files. */
export const openPgpTools: readonly CliCommand[] = [
  {
    words: ['openpgp', 'inspect'],
    usage: 'FILE',
    summary: 'what is in an OpenPGP file; signatures are read, not verified',
    needs: 'pure',
    options: {},
    async run(context) {
      const json = await context.client.tools.inspectOpenPgp({ file: context.files.read(only(context, 'file')) });
      const lines = json.certificates.map(({ fingerprint, algorithm, userIds }) =>
        [fingerprint, algorithm, ...userIds.map(({ userId, hex }) => userId ?? hex ?? '')].join('  '),
      );
      return { json, text: lines.length === 0 ? 'No certificate is in this file.' : lines.join('\n') };
    },
  },
];
