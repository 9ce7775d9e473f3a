import { join } from 'node:path';
import { Secret, type FileContent } from '../../contract/secret.ts';
import { utf8Decode } from '../../domain/encoding/utf8.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { only, optional, text } from '../option-values.ts';

/** Takes in an authority from a folder of openssl `ca`, or from its certificate and key alone. */
export const authorityImport: CliCommand = {
  words: ['authority', 'import'],
  usage: 'DIR|CERT [--key F] [--password-file F] [--name N] [--publish-url URL]',
  summary: 'take in an authority with what it issued: a folder of openssl ca, or certificate and key',
  needs: 'signed-in',
  options: {
    key: { type: 'string' },
    'password-file': { type: 'string' },
    name: { type: 'string' },
    'publish-url': { type: 'string' },
  },
  async run(context): Promise<CommandResult> {
    const place = only(context, 'folder or certificate');
    const json = await context.client.authorities.import({
      ...(context.files.list(place) === undefined ? alone(context, place) : fromFolder(context, place)),
      ...password(context),
      ...optional(context.options, 'name', 'name'),
      ...optional(context.options, 'publish-url', 'publishUrl'),
    });
    const { authority, certificates, revoked, list } = json;
    return {
      json,
      text: `Taken in: ${authority}, with ${certificates} certificates, ${revoked} of them revoked. List ${list.number} is made.`,
    };
  },
};

function alone(context: CommandContext, certificate: string) {
  const key = text(context.options, 'key');
  if (key === undefined) throw missing('key');
  return { certificate: context.files.read(certificate), key: new Secret(context.files.read(key).bytes) };
}

/** Where the folders of openssl's own configuration, of its usual guides and of step-ca keep things. */
const certificatePlaces = ['cacert.pem', 'ca.crt', 'ca.pem', 'certs/ca.cert.pem', 'certs/root_ca.crt'];
const keyPlaces = ['private/cakey.pem', 'private/ca.key.pem', 'private/ca.key', 'ca.key', 'secrets/root_ca_key'];

function fromFolder(context: CommandContext, directory: string) {
  const { files, options } = context;
  const has = (path: string): boolean => folderOf(context, directory, path).includes(path.split('/').at(-1) ?? '');
  const certificate = certificatePlaces.find(has);
  const key = text(options, 'key') ?? keyPlaces.filter(has).map((path) => join(directory, path))[0];
  if (certificate === undefined) throw missing('certificate');
  if (key === undefined) throw missing('key');
  const issued = (files.list(join(directory, 'newcerts')) ?? []).filter((name) => /\.(pem|crt|der)$/.test(name));
  return {
    certificate: files.read(join(directory, certificate)),
    key: new Secret(files.read(key).bytes),
    certificates: issued.map((name) => files.read(join(directory, 'newcerts', name))),
    ...(has('index.txt') ? { index: files.read(join(directory, 'index.txt')) } : {}),
    ...(has('crlnumber') ? { nextListNumber: numberOf(files.read(join(directory, 'crlnumber'))) } : {}),
  };
}

const folderOf = ({ files }: CommandContext, directory: string, path: string): readonly string[] =>
  files.list(join(directory, ...path.split('/').slice(0, -1))) ?? [];

/** openssl writes the number of the next list in hexadecimal. */
function numberOf(file: FileContent): number {
  const digits = (utf8Decode(file.bytes) ?? '').trim();
  if (!/^[0-9a-f]{1,12}$/i.test(digits))
    throw new AppError('input.invalid', 'The file with the number of the next list holds no number.', { field: 'crlnumber' });
  return Number.parseInt(digits, 16);
}

function password({ secrets, options }: CommandContext): { readonly password?: Secret } {
  const path = text(options, 'password-file');
  return path === undefined ? {} : { password: secrets.fromFile(path) };
}

const missing = (field: string): AppError =>
  new AppError('input.invalid', `The ${field} of the authority is not where it usually is: name it.`, { field, rule: 'required' });
