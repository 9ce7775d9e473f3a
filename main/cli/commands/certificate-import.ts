import type { ImportItem, ImportVerdict } from '../../contract/certificates.ts';
import type { FileContent } from '../../contract/secret.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { sayKeychain } from './enroll.ts';
import { flag, list, optional, text } from '../option-values.ts';
import { table } from '../table.ts';

/** Takes certificates and private keys in that were made elsewhere; says first what would become of each. */
export const certificateImport: CliCommand = {
  words: ['certificate', 'import'],
  usage: 'FILE|DIR... [--password-file F...] [--person PERSON] [--owner SHA256=PERSON...] [--store vault|keychain] [--preview] [--yes]',
  summary:
    'take in certificates and private keys from elsewhere (PEM, DER, PKCS #7, #8, #12): shows what would happen, and with --yes does it',
  needs: 'signed-in',
  options: {
    'password-file': { type: 'string', multiple: true },
    person: { type: 'string' },
    owner: { type: 'string', multiple: true },
    store: { type: 'string' },
    preview: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  async run(context): Promise<CommandResult> {
    const { client, options } = context;
    const brought = { files: filesOf(context) };
    // A call wipes the secrets it was given: the preview and the import each read theirs.
    const preview = await client.certificates.previewImport({ ...brought, passwords: passwordsOf(context) });
    const owners = await ownersOf(context, preview.items);
    const isPreview = !flag(options, 'yes') || flag(options, 'preview') || flag(options, 'dry-run');
    if (isPreview) {
      const { items } = await client.certificates.previewImport({ ...brought, passwords: passwordsOf(context), owners });
      return { json: { imported: false, items }, text: [itemTable(items), '', nextStep(items)].join('\n') };
    }
    sayKeychain(context);
    const place = optional(options, 'store', 'store') as object;
    const json = await client.certificates.import({ ...brought, passwords: passwordsOf(context), owners, ...place });
    return { json: { imported: true, ...json }, text: [itemTable(json.items), '', doneWords(json)].join('\n') };
  },
};

/** Every file of a folder, and of those below it. */
function filesOf({ files, positionals }: CommandContext): FileContent[] {
  if (positionals.length === 0) throw new AppError('input.invalid', 'Name at least one file.', { field: 'file', rule: 'required' });
  return positionals.flatMap((path) =>
    files.list(path) === undefined ? [files.read(path)] : files.below(path).map((name) => files.read(`${path}/${name}`)),
  );
}

const passwordsOf = ({ secrets, options }: CommandContext) => list(options, 'password-file').map((path) => secrets.fromFile(path));

/** `--person` for all whose mailboxes do not say, `--owner` for one. */
async function ownersOf({ client, options }: CommandContext, items: readonly ImportItem[]) {
  const owners = new Map<string, string>();
  const person = text(options, 'person');
  if (person !== undefined) {
    const { id } = await client.people.show({ person });
    for (const { verdict, certificate } of items) if (verdict === 'whose' && certificate !== null) owners.set(certificate.sha256, id);
  }
  for (const owner of list(options, 'owner')) {
    const [prefix = '', name = ''] = owner.split(/=(.*)/s);
    owners.set(meantBy(prefix.toLowerCase(), items), (await client.people.show({ person: name })).id);
  }
  return [...owners].map(([sha256, who]) => ({ sha256, person: who }));
}

function meantBy(prefix: string, items: readonly ImportItem[]): string {
  const meant = items.flatMap(({ certificate }) => (certificate?.sha256.startsWith(prefix) === true ? [certificate.sha256] : []));
  const [first, ...more] = meant;
  if (prefix.length < 8 || first === undefined || more.length > 0)
    throw new AppError(
      'input.invalid',
      '--owner takes the SHA-256 of one of these certificates, or 8 digits or more of it, and a person.',
      {
        field: 'owner',
        rule: 'one',
      },
    );
  return first;
}

const verdictWords: Readonly<Record<ImportVerdict, string>> = {
  take: 'comes in',
  key: 'key comes in',
  known: 'here already',
  whose: 'whose is it?',
  chain: 'kept with what hangs on it',
  authority: 'an authority: keyward authority import',
  alone: 'key without a certificate',
  refused: 'refused',
};

const itemTable = (items: readonly ImportItem[]): string =>
  table(['file', 'SHA-256', 'for', 'purpose', 'until', 'key', 'from', 'person', 'what happens'], items.map(itemLine));

const itemLine = ({ file, certificate, hasKey, isOld, person, verdict, error, keyAlgorithm }: ImportItem): string[] => [
  file,
  certificate?.sha256.slice(0, 8) ?? '',
  certificate === null ? '' : certificate.emails.join(', ') || certificate.subject,
  certificate?.purpose ?? '',
  certificate === null ? '' : `${certificate.notAfter.slice(0, 10)}${isOld ? ', for old mail' : ''}`,
  [keyAlgorithm ?? '', hasKey ? '' : ' (elsewhere)'].join(''),
  certificate === null ? '' : certificate.isOurs ? 'issued here' : 'issued elsewhere',
  person?.name ?? '',
  error === null ? verdictWords[verdict] : `${verdictWords[verdict]}: ${error.message}`,
];

const isTaken = ({ verdict }: ImportItem): boolean => verdict === 'take' || verdict === 'key';

function nextStep(items: readonly ImportItem[]): string {
  const open = items.filter(({ verdict }) => verdict === 'whose').length;
  const asked = open === 0 ? [] : [`Whose ${open} of them are, nobody here can tell: say so with --person or --owner SHA256=PERSON.`];
  const taken = items.filter(isTaken).length;
  return [...asked, taken === 0 ? 'Nothing would come in.' : `Nothing is changed yet: --yes takes ${taken} in.`].join('\n');
}

const doneWords = ({ certificates, keys }: { readonly certificates: readonly string[]; readonly keys: readonly string[] }): string =>
  `Taken in: ${certificates.length} certificates, ${keys.length} private keys.`;
