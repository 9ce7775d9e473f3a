import type { FileContent } from '../../../contract/secret.ts';
import { AppError } from '../../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult, Needs, OptionValues } from '../../command.ts';
import { flag, list, only, required, text } from '../../option-values.ts';
import { cardOption, cardOptions } from '../../pin-options.ts';

/** Pure tools that write messages, and open what is encrypted. */
export const sealedMessageTools: readonly CliCommand[] = [
  {
    words: ['cms', 'decrypt'],
    usage:
      'FILE --out F (--key F [--certificate F] [--pool F...] [--password-file F] | --message-password-file F | --reason TEXT [--token SERIAL])',
    summary:
      'opens an encrypted file with a private key or a password; with --reason with the key of somebody here, in the vault or on a card',
    needs: 'pure',
    options: {
      key: { type: 'string' },
      certificate: { type: 'string' },
      pool: { type: 'string', multiple: true },
      'password-file': { type: 'string' },
      'message-password-file': { type: 'string' },
      out: { type: 'string' },
      reason: { type: 'string' },
      ...cardOptions,
    },
    needsFor,
    async run(context) {
      const out = required(context.options, 'out');
      if (needsFor(context.options) === 'signed-in') return openHere(context, out);
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
    usage: 'FILE (--key F --certificate F [--password-file F] | --signer CERTIFICATE --reason TEXT [--token SERIAL]) [--detached] --out F',
    summary: 'signs a file; certificates behind the first go into it as the chain; with --signer with the key of somebody here',
    needs: 'pure',
    options: {
      key: { type: 'string' },
      certificate: { type: 'string' },
      'password-file': { type: 'string' },
      detached: { type: 'boolean' },
      out: { type: 'string' },
      signer: { type: 'string' },
      reason: { type: 'string' },
      ...cardOptions,
    },
    needsFor,
    async run(context) {
      const out = required(context.options, 'out');
      if (needsFor(context.options) === 'signed-in') return signHere(context, out);
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

/** Whether a key that is kept here is to act, which needs somebody signed in. */
function needsFor(options: OptionValues): Needs {
  return ['signer', 'reason', 'token'].some((name) => name in options) ? 'signed-in' : 'pure';
}

async function signHere(context: CommandContext, out: string): Promise<CommandResult> {
  const { client, files, options } = context;
  const { id } = await client.certificates.show({ certificate: required(options, 'signer') });
  const { file, ...json } = await client.messages.sign({
    file: files.read(only(context, 'file')),
    certificate: id,
    isDetached: flag(options, 'detached'),
    ...(await cardOption(context)),
    reason: required(options, 'reason'),
  });
  files.write(out, file.bytes);
  return { json: { ...json, size: file.bytes.length }, text: `${file.bytes.length} octets` };
}

async function openHere(context: CommandContext, out: string): Promise<CommandResult> {
  const { client, files, options } = context;
  const { file, ...json } = await client.messages.open({
    file: files.read(only(context, 'file')),
    ...(await cardOption(context)),
    reason: required(options, 'reason'),
  });
  files.write(out, file.bytes);
  return { json, text: `${json.encryption}, ${json.size} octets` };
}

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
