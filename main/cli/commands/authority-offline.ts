import { Secret } from '../../contract/secret.ts';
import { AppError } from '../../domain/errors.ts';
import { identifyAuthority } from '../authority-name.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { list, only, required, text } from '../option-values.ts';

export const authorityOfflineCommands: readonly CliCommand[] = [
  {
    words: ['authority', 'take-offline'],
    usage: 'AUTHORITY --out F [--out F ...] [--password-file F]',
    summary: 'write its key to encrypted files, read them back, and remove it from the vault: bring them only when it has to sign',
    needs: 'signed-in',
    options: { out: { type: 'string', multiple: true }, 'password-file': { type: 'string' } },
    run: takeOffline,
  },
  {
    words: ['authority', 'bring-back'],
    usage: 'AUTHORITY --key-file F [--password-file F]',
    summary: 'seal a key that was offline into the vault again',
    needs: 'signed-in',
    options: { 'key-file': { type: 'string' }, 'password-file': { type: 'string' } },
    async run(context) {
      const key = new Secret(context.files.read(required(context.options, 'key-file')).bytes);
      const password = await givenPassword(context, 'Password of the key file: ');
      const authority = await identifyAuthority(context, only(context, 'authority'));
      const json = await context.client.offline.bringBack({ authority, key, password });
      return { json, text: 'Its key is in the vault. Take it offline again when it has signed: keyward authority take-offline.' };
    },
  },
  {
    words: ['authority', 'add-list'],
    usage: 'AUTHORITY FILE',
    summary: 'take in a list of revoked certificates that was signed elsewhere, to be published from here',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const [name, file] = context.positionals;
      if (name === undefined || file === undefined || context.positionals.length > 2)
        throw new AppError('input.invalid', 'Name an authority and a file.', { field: 'file', rule: 'required' });
      const authority = await identifyAuthority(context, name);
      const json = await context.client.offline.addList({ authority, list: context.files.read(file) });
      const revoked = json.revoked.length === 0 ? '' : `\nNewly revoked by it: ${json.revoked.join(', ')}`;
      return { json, text: `List ${json.number} is taken in, good until ${json.nextUpdate}.${revoked}` };
    },
  },
];

async function givenPassword({ options, secrets }: CommandContext, question: string): Promise<Secret> {
  const path = text(options, 'password-file');
  return path === undefined ? secrets.ask(question) : secrets.fromFile(path);
}

/** The vault lets go of the key only for a file that was read back from where it will be kept. */
async function takeOffline(context: CommandContext): Promise<CommandResult> {
  const outs = list(context.options, 'out');
  if (outs.length === 0)
    throw new AppError('input.invalid', 'Say where the key is to be written, with --out.', { field: 'out', rule: 'required' });
  const authority = await identifyAuthority(context, only(context, 'authority'));
  const path = text(context.options, 'password-file');
  const given = path === undefined ? {} : { password: context.secrets.fromFile(path) };
  const { file, password: made } = await context.client.offline.exportKey({ authority, ...given });
  for (const out of outs) context.files.write(out, file.bytes);
  if (made !== null) context.say(`password (shown once, keep it apart from the file): ${new TextDecoder().decode(made.reveal())}`);
  const octets = made?.reveal() ?? (path === undefined ? new Uint8Array() : context.secrets.fromFile(path).reveal());
  const password = () => new Secret(Uint8Array.from(octets));
  const [first = '', ...copies] = outs;
  for (const copy of copies) requireSame(context, copy, file.bytes);
  await context.client.offline.takeOffline({ authority, key: new Secret(context.files.read(first).bytes), password: password() });
  made?.wipe();
  return {
    json: { authority, files: outs },
    text: `Its key is in ${outs.join(' and ')} and nowhere else. Without file and password nobody can sign with it again.`,
  };
}

function requireSame({ files }: CommandContext, path: string, octets: Uint8Array): void {
  if (Buffer.compare(files.read(path).bytes, octets) !== 0)
    throw new AppError('store.corrupt', 'A copy of the key does not read back as it was written.', { what: 'key file' });
}
