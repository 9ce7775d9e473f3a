import { AppError } from '../../../domain/errors.ts';
import type { OpenPgpVerdict } from '../../../domain/openpgp/verdict.ts';
import type { CliCommand } from '../../command.ts';
import { list, only, required, text } from '../../option-values.ts';

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
  {
    words: ['openpgp', 'verify'],
    usage: 'FILE [--signature F] --certificates F...',
    summary: 'who signed an OpenPGP file, and whether it holds now; exit 1 when it does not',
    needs: 'pure',
    options: { signature: { type: 'string' }, certificates: { type: 'string', multiple: true } },
    async run(context) {
      const signature = text(context.options, 'signature');
      const certificates = list(context.options, 'certificates').map(context.files.read);
      if (certificates.length === 0)
        throw new AppError('input.invalid', 'Name whom you know with --certificates.', { field: 'certificates', rule: 'required' });
      const json = await context.client.tools.verifyOpenPgp({
        file: context.files.read(only(context, 'file')),
        ...(signature === undefined ? {} : { signature: context.files.read(signature) }),
        certificates,
      });
      return json.valid ? { json, text: describe(json) } : { json, text: describe(json), exit: 1 };
    },
  },
  {
    words: ['openpgp', 'decrypt'],
    usage: 'FILE --key F [--password-file X] [--certificates F...] --out F',
    summary: 'opens an OpenPGP message; with certificates exit 1 when nobody of them signed it or it does not hold',
    needs: 'pure',
    options: {
      key: { type: 'string' },
      'password-file': { type: 'string' },
      certificates: { type: 'string', multiple: true },
      out: { type: 'string' },
    },
    async run(context) {
      const out = required(context.options, 'out');
      const passwordFile = text(context.options, 'password-file');
      const certificates = list(context.options, 'certificates').map(context.files.read);
      const { file, ...json } = await context.client.tools.decryptOpenPgp({
        file: context.files.read(only(context, 'file')),
        key: context.files.read(required(context.options, 'key')),
        ...(passwordFile === undefined ? {} : { password: context.secrets.fromFile(passwordFile) }),
        certificates,
      });
      context.files.write(out, file.bytes);
      const result = { json, text: `${json.size} octets\n${describe(json)}` };
      return json.valid || certificates.length === 0 ? result : { ...result, exit: 1 };
    },
  },
];

function describe({ signers, hasUnsignedText }: OpenPgpVerdict): string {
  const lines = signers.map(({ status, userIds, fingerprint, keyId }) =>
    [status, fingerprint ?? keyId ?? '', ...userIds].filter((part) => part !== '').join('  '),
  );
  if (hasUnsignedText) lines.push('Text that nobody signed stands beside it.');
  return lines.length === 0 ? 'Nobody signed this.' : lines.join('\n');
}
