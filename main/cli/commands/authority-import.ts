import { Secret } from '../../contract/secret.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { list, only, optional, text } from '../option-values.ts';
import { readAuthorityFolder } from './authority-folder.ts';

/** Takes in an authority in whatever it comes: a folder, a PKCS #12 file, the database of XCA, or certificate and key. */
export const authorityImport: CliCommand = {
  words: ['authority', 'import'],
  usage: 'DIR|FILE [--key F] [--password-file F] [--choose NAME] [--above F...] [--issued F...] [--crl F] [--name N] [--publish-url URL]',
  summary: 'take in an authority with what it issued: a folder of openssl ca or step-ca, .p12, database of XCA, certificate and key',
  needs: 'signed-in',
  options: {
    key: { type: 'string' },
    'password-file': { type: 'string' },
    choose: { type: 'string' },
    above: { type: 'string', multiple: true },
    issued: { type: 'string', multiple: true },
    crl: { type: 'string' },
    name: { type: 'string' },
    'publish-url': { type: 'string' },
  },
  async run(context): Promise<CommandResult> {
    const place = only(context, 'folder or file');
    const secret = password(context);
    const json = await context.client.authorities.import({
      ...(context.files.list(place) === undefined ? fromFile(context, place) : readAuthorityFolder(context, place, secret)),
      ...secret,
      above: list(context.options, 'above').map((path) => context.files.read(path)),
      ...optional(context.options, 'choose', 'choose'),
      ...optional(context.options, 'name', 'name'),
      ...optional(context.options, 'publish-url', 'publishUrl'),
    });
    return { json, text: wordsOf(json) };
  },
};

type Imported = Awaited<ReturnType<CommandContext['client']['authorities']['import']>>;

const wordsOf = ({ authority, certificates, revoked, list: made, below }: Imported): string =>
  [
    `Taken in: ${authority}, with ${certificates} certificates, ${revoked} of them revoked. List ${made.number} is made.`,
    ...below.map((other) => `Below it: ${other.authority}. List ${other.list.number} is made.`),
  ].join('\n');

function fromFile({ files, options }: CommandContext, file: string) {
  const [key, crl] = [text(options, 'key'), text(options, 'crl')];
  return {
    certificate: files.read(file),
    ...(key === undefined ? {} : { key: new Secret(files.read(key).bytes) }),
    ...(crl === undefined ? {} : { list: files.read(crl) }),
    certificates: list(options, 'issued').map((path) => files.read(path)),
  };
}

function password({ secrets, options }: CommandContext): { readonly password?: Secret } {
  const path = text(options, 'password-file');
  return path === undefined ? {} : { password: secrets.fromFile(path) };
}
