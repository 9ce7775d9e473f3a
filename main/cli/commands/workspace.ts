import type { CliCommand } from '../command.ts';
import { optional, text } from '../option-values.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A fresh recovery code: to a file, or once to the person's eyes. It is never part of the JSON document. */
function hand(code: Uint8Array, file: string | undefined, context: Parameters<CliCommand['run']>[0]): void {
  if (file !== undefined) return context.files.write(file, encoder.encode(`${decoder.decode(code)}\n`));
  context.say(`recovery code (shown once, print it and lock it away): ${decoder.decode(code)}`);
}

export const workspaceCommands: readonly CliCommand[] = [
  {
    words: ['init'],
    usage:
      '[--name N] [--domain D] [--root-algorithm p384] [--issuing-algorithm p256] [--algorithm rsa-3072] [--publish-url URL] [--recovery-code-file F]',
    summary: 'make a practice: workspace, first operator, root and issuing authority',
    needs: 'door',
    options: {
      name: { type: 'string' },
      domain: { type: 'string' },
      'root-algorithm': { type: 'string' },
      'issuing-algorithm': { type: 'string' },
      algorithm: { type: 'string' },
      'publish-url': { type: 'string' },
      'recovery-code-file': { type: 'string' },
    },
    async run(context) {
      const { client, options, secrets } = context;
      const result = await client.workspace.init({
        name: text(options, 'name') ?? 'My practice',
        operator: text(options, 'as') ?? 'admin',
        passphrase: await secrets.passphrase({ isNew: true }),
        ...optional(options, 'domain', 'mailDomain'),
        ...(optional(options, 'root-algorithm', 'rootAlgorithm') as object),
        ...(optional(options, 'issuing-algorithm', 'issuingAlgorithm') as object),
        ...(optional(options, 'algorithm', 'subjectAlgorithm') as object),
        ...optional(options, 'publish-url', 'publishUrl'),
      });
      const { recoveryCode, ...json } = result;
      hand(recoveryCode.reveal(), text(options, 'recovery-code-file'), context);
      recoveryCode.wipe();
      return {
        json,
        text: `The practice is ready.\nroot authority     ${json.rootAuthorityId}\nissuing authority  ${json.issuingAuthorityId}`,
      };
    },
  },
  {
    words: ['operator', 'recover'],
    usage: '[--as OPERATOR] --recovery-code-file F [--passphrase-file F] [--new-recovery-code-file F]',
    summary: 'sign in with the printed recovery code and set a new passphrase',
    needs: 'door',
    options: { 'recovery-code-file': { type: 'string' }, 'new-recovery-code-file': { type: 'string' } },
    async run(context) {
      const { client, options, secrets } = context;
      const file = text(options, 'recovery-code-file');
      const result = await client.session.recover({
        ...optional(options, 'as', 'operator'),
        recoveryCode: file === undefined ? await secrets.ask('Recovery code: ') : secrets.fromFile(file),
        newPassphrase: await secrets.passphrase({ isNew: true }),
      });
      const { recoveryCode, ...json } = result;
      hand(recoveryCode.reveal(), text(options, 'new-recovery-code-file'), context);
      recoveryCode.wipe();
      return { json, text: `${json.name} has a new passphrase. The old recovery code no longer works.` };
    },
  },
];
