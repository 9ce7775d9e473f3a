import type { CliCommand } from '../../command.ts';
import { only, text } from '../../option-values.ts';

/** Pure tools about private keys. */
export const keyTools: readonly CliCommand[] = [
  {
    words: ['key', 'check'],
    usage: 'FILE [--password-file X]',
    summary: 'whether the parts of a private key belong together; exit 1 when they do not',
    needs: 'pure',
    options: { 'password-file': { type: 'string' } },
    async run(context) {
      const passwordFile = text(context.options, 'password-file');
      const json = await context.client.tools.checkKey({
        file: context.files.read(only(context, 'file')),
        ...(passwordFile === undefined ? {} : { password: context.secrets.fromFile(passwordFile) }),
      });
      const words = json.consistent ? `${json.algorithm}: consistent` : `${json.algorithm}: does not fit: ${json.faults.join(', ')}`;
      return json.consistent ? { json, text: words } : { json, text: words, exit: 1 };
    },
  },
];
