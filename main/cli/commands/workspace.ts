import type { CliCommand } from '../command.ts';
import { handRecoveryCode } from '../hand-recovery-code.ts';
import { optional, text } from '../option-values.ts';
import { confirmed } from '../sign-in.ts';

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
      handRecoveryCode(recoveryCode, text(options, 'recovery-code-file'), context);
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
      const answer = await client.session.recover({
        ...optional(options, 'as', 'operator'),
        recoveryCode: file === undefined ? await secrets.ask('Recovery code: ') : secrets.fromFile(file),
        newPassphrase: await secrets.passphrase({ isNew: true }),
      });
      const { recoveryCode, ...json } = await confirmed(context, answer);
      if (recoveryCode !== undefined) handRecoveryCode(recoveryCode, text(options, 'new-recovery-code-file'), context);
      return { json, text: `${json.name} has a new passphrase. The old recovery code no longer works.` };
    },
  },
];
