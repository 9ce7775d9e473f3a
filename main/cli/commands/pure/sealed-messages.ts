import type { FileContent } from '../../../contract/secret.ts';
import { AppError } from '../../../domain/errors.ts';
import type { CliCommand, CommandContext } from '../../command.ts';
import { flag, list, only, required, text } from '../../option-values.ts';

/** Pure tools that write messages, and open what is encrypted. */
export const sealedMessageTools: readonly CliCommand[] = [
  {
    words: ['cms', 'decrypt'],
    usage: 'FILE --out F (--key F [--certificate F] [--pool F...] [--password-file F] | --message-password-file F)',
    summary: 'opens an encrypted file with a private key or a password',
    needs: 'pure',
    options: {
      key: { type: 'string' },
      certificate: { type: 'string' },
      pool: { type: 'string', multiple: true },
      'password-file': { type: 'string' },
      'message-password-file': { type: 'string' },
      out: { type: 'string' },
    },
    async run(context) {
      const out = required(context.options, 'out');
      const { file, ...json } = await context.client.tools.decryptCms({
        file: context.files.open(only(context, 'file')),
        ...fileOption(context, 'key', 'key'),
        ...fileOption(context, 'certificate', 'certificate'),
        pool: list(context.options, 'pool').map(context.files.read),
        ...secretOption(context, 'password-file', 'password'),
        ...secretOption(context, 'message-password-file', 'messagePassword'),
      });
      await writePieces(context, out, file);
      return { json, text: `${json.encryption}, ${json.size} octets` };
    },
  },
  {
    words: ['cms', 'sign'],
    usage: 'FILE --key F --certificate F [--password-file F] [--detached] --out F',
    summary: 'signs a file; certificates behind the first go into it as the chain',
    needs: 'pure',
    options: {
      key: { type: 'string' },
      certificate: { type: 'string' },
      'password-file': { type: 'string' },
      detached: { type: 'boolean' },
      out: { type: 'string' },
    },
    async run(context) {
      const out = required(context.options, 'out');
      const { file } = await context.client.tools.signCms({
        file: context.files.open(only(context, 'file')),
        key: context.files.read(required(context.options, 'key')),
        certificate: context.files.read(required(context.options, 'certificate')),
        isDetached: flag(context.options, 'detached'),
        ...secretOption(context, 'password-file', 'password'),
      });
      return write(context, out, file);
    },
  },
  {
    words: ['cms', 'encrypt'],
    usage: 'FILE --to CERT... --out F',
    summary: 'encrypts a file to certificates',
    needs: 'pure',
    options: { to: { type: 'string', multiple: true }, out: { type: 'string' } },
    async run(context) {
      const out = required(context.options, 'out');
      const to = list(context.options, 'to').map(context.files.read);
      if (to.length === 0) throw new AppError('input.invalid', 'Name to whom with --to.', { field: 'to', rule: 'required' });
      const { file } = await context.client.tools.encryptCms({ file: context.files.open(only(context, 'file')), to });
      return write(context, out, file);
    },
  },
];

async function write(context: CommandContext, out: string, file: FileContent): Promise<{ json: unknown; text: string }> {
  const size = await writePieces(context, out, file);
  return { json: { size }, text: `${size} octets` };
}

/** Under its name once it is whole. */
const writePieces = ({ files }: CommandContext, out: string, { octets }: FileContent): Promise<number> =>
  files.writeInParts(out, async (write) => {
    let size = 0;
    for (const piece of octets.pieces()) {
      write(piece);
      size += piece.length;
    }
    return size;
  });

function fileOption<K extends string>({ options, files }: CommandContext, name: string, key: K): { [P in K]?: FileContent } {
  const path = text(options, name);
  return path === undefined ? {} : ({ [key]: files.read(path) } as { [P in K]?: FileContent });
}

function secretOption<K extends string>({ options, secrets }: CommandContext, name: string, key: K) {
  const path = text(options, name);
  return path === undefined ? {} : ({ [key]: secrets.fromFile(path) } as { [P in K]?: ReturnType<typeof secrets.fromFile> });
}
