import { join } from 'node:path';
import { Secret, type FileContent } from '../../contract/secret.ts';
import { utf8Decode } from '../../domain/encoding/utf8.ts';
import { AppError } from '../../domain/errors.ts';
import type { CommandContext } from '../command.ts';
import { text } from '../option-values.ts';

/** What a folder gives to `authorities.import`. */
interface FolderContents {
  readonly certificate: FileContent;
  readonly key: Secret;
  readonly certificates?: FileContent[];
  readonly index?: FileContent;
  readonly nextListNumber?: number;
  readonly below?: { readonly certificate: FileContent; readonly key: Secret; readonly password?: Secret }[];
}

/** Reads the folder of an authority as openssl `ca` or step-ca lays it out. @throws AppError input.invalid for what is not there */
export function readAuthorityFolder(context: CommandContext, directory: string, password: { readonly password?: Secret }): FolderContents {
  const folder = folderAt(context, directory);
  return folder.has('config/ca.json') || folder.has('certs/intermediate_ca.crt')
    ? fromStep(folder, password)
    : fromOpenssl(folder, namedKey(context));
}

function namedKey({ files, options }: CommandContext): FileContent | undefined {
  const path = text(options, 'key');
  return path === undefined ? undefined : files.read(path);
}

interface Folder {
  /** Whether a file of this path is in it. */
  has(path: string): boolean;
  read(path: string): FileContent;
  list(path: string): readonly string[];
}

function folderAt({ files }: CommandContext, directory: string): Folder {
  const list = (path: string) => files.list(join(directory, ...path.split('/'))) ?? [];
  return {
    list,
    has: (path) => list(path.split('/').slice(0, -1).join('/')).includes(path.split('/').at(-1) ?? ''),
    read: (path) => files.read(join(directory, path)),
  };
}

/** Where the folders of openssl's own configuration and of its usual guides keep things. */
const certificatePlaces = ['cacert.pem', 'ca.crt', 'ca.pem', 'certs/ca.cert.pem'];
const keyPlaces = ['private/cakey.pem', 'private/ca.key.pem', 'private/ca.key', 'ca.key'];

/** Where openssl keeps what it issued, and where easy-rsa does. */
const issuedPlaces = ['newcerts', 'certs_by_serial'];
const isCertificateFile = (path: string): boolean => /\.(pem|crt|der)$/.test(path);

function fromOpenssl(folder: Folder, named: FileContent | undefined): FolderContents {
  const certificate = certificatePlaces.find(folder.has);
  const key = named ?? keyPlaces.filter(folder.has).map(folder.read)[0];
  if (certificate === undefined) throw missing('certificate');
  if (key === undefined) throw missing('key');
  const issued = issuedPlaces.flatMap((place) => folder.list(place).map((name) => `${place}/${name}`)).filter(isCertificateFile);
  return {
    certificate: folder.read(certificate),
    key: new Secret(key.bytes),
    certificates: issued.map((path) => folder.read(path)),
    ...(folder.has('index.txt') ? { index: folder.read('index.txt') } : {}),
    ...(folder.has('crlnumber') ? { nextListNumber: numberOf(folder.read('crlnumber')) } : {}),
  };
}

/** A root and the authority below it that issues, each where its key is there: a root's is often kept elsewhere. */
function fromStep(folder: Folder, password: { readonly password?: Secret }): FolderContents {
  const said = folder.has('config/ca.json') ? readStepConfiguration(folder.read('config/ca.json')) : {};
  const root = authorityIn(folder, said.root ?? 'root_ca.crt', 'root_ca_key');
  const issuing = authorityIn(folder, said.crt ?? 'intermediate_ca.crt', said.key ?? 'intermediate_ca_key');
  const [first, ...below] = [root, issuing].flatMap((found) => found ?? []);
  if (first === undefined) throw missing('key');
  return { ...first, below: below.map((authority) => ({ ...authority, ...password })) };
}

function authorityIn(folder: Folder, certificate: string, key: string) {
  const [certificatePath, keyPath] = [`certs/${certificate}`, `secrets/${key}`];
  if (!folder.has(keyPath)) return undefined;
  if (!folder.has(certificatePath)) throw missing('certificate');
  return { certificate: folder.read(certificatePath), key: new Secret(folder.read(keyPath).bytes) };
}

type StepConfiguration = Partial<Record<'root' | 'crt' | 'key', string>>;

/** The names of the files it points to; its paths are those of the machine it came from. @throws AppError input.invalid */
function readStepConfiguration(file: FileContent): StepConfiguration {
  try {
    const said: unknown = JSON.parse(utf8Decode(file.bytes) ?? '');
    if (typeof said !== 'object' || said === null) throw new SyntaxError('no object');
    const names = Object.entries(said).flatMap(([name, path]) => (typeof path === 'string' ? [[name, path.split(/[/\\]/).at(-1)]] : []));
    return Object.fromEntries(names) as StepConfiguration;
  } catch {
    throw new AppError('input.invalid', 'The configuration of step-ca cannot be read.', { field: 'config/ca.json' });
  }
}

/** openssl writes the number of the next list in hexadecimal. */
function numberOf(file: FileContent): number {
  const digits = (utf8Decode(file.bytes) ?? '').trim();
  if (!/^[0-9a-f]{1,12}$/i.test(digits))
    throw new AppError('input.invalid', 'The file with the number of the next list holds no number.', { field: 'crlnumber' });
  return Number.parseInt(digits, 16);
}

const missing = (field: string): AppError =>
  new AppError('input.invalid', `The ${field} of the authority is not where it usually is: name it.`, { field, rule: 'required' });
