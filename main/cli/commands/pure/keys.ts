import type { CliCommand } from '../../command.ts';
import { only } from '../../option-values.ts';

/** Pure tools about private keys. */
export const keyTools: readonly CliCommand[] = [
  {
    words: ['key', 'check'],
    usage: 'FILE',
    summary: 'whether the parts of a private key belong together; exit 1 when they do not',
    needs: 'pure',
    options: {},
    async run(context) {
      const json = await context.client.tools.checkKey({ file: context.files.read(only(context, 'file')) });
      const text = json.consistent ? `${json.algorithm}: consistent` : `${json.algorithm}: does not fit: ${json.faults.join(', ')}`;
      return json.consistent ? { json, text } : { json, text, exit: 1 };
    },
  },
];
