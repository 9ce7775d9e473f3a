import { resolve } from 'node:path';
import type { MailClientSummary } from '../../contract/mail.ts';
import { AppError } from '../../domain/errors.ts';
import type { MailClientId } from '../../domain/mail-client/mail-client.ts';
import { mailKitIds, type MailKitId } from '../../domain/mail-client/kit/kits.ts';
import type { CliCommand, CommandContext, CommandResult, OptionTypes } from '../command.ts';
import { everyPage } from '../every-page.ts';
import { handPassword } from '../hand-password.ts';
import { flag, list, only, optional, required, text } from '../option-values.ts';
import { cardOption, cardOptions } from '../pin-options.ts';
import { table } from '../table.ts';

const target: OptionTypes = { client: { type: 'string' }, target: { type: 'string' } };
const profilePassword: OptionTypes = { 'profile-password-file': { type: 'string' } };
const recipientOptions: OptionTypes = { recipient: { type: 'string', multiple: true }, colleagues: { type: 'boolean' } };
const openPgpOption: OptionTypes = { openpgp: { type: 'boolean' } };
const recipientUsage = '[--recipient PERSON]... [--colleagues]';

export const mailCommands: readonly CliCommand[] = [
  {
    words: ['mail', 'clients'],
    usage: '',
    summary: 'the mail programs on this computer, their profiles, and who they send as',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.mail.clients({});
      return { json, text: table(['program', 'profile', 'folder', 'sends as', ''], json.clients.flatMap(profileLines)) };
    },
  },
  {
    words: ['mail', 'programs'],
    usage: 'PERSON',
    summary: 'where their keys can go: also for which mail program they would be of no use, with what to issue instead',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.mail.programs({ person: only(context, 'person') });
      const lines = json.programs.map(({ client, name, how, obstacle }) => [client, name, how, obstacle?.message ?? 'good']);
      const hints = new Set(json.programs.flatMap(({ obstacle }) => (obstacle === null ? [] : [obstacle.hint])));
      return { json, text: [table(['client', 'program', 'how', ''], lines), ...hints].join('\n') };
    },
  },
  {
    words: ['mail', 'plan'],
    usage: `PERSON --client PROGRAM [--openpgp] [--target DIR] [--encrypt ask|always] ${recipientUsage}`,
    summary: 'what setting a mail program up would write where; with --openpgp for their OpenPGP key; nothing is changed',
    needs: 'signed-in',
    options: { ...target, ...openPgpOption, ...recipientOptions, encrypt: { type: 'string' } },
    async run(context) {
      const json = await context.client.mail.plan({
        ...targetOf(context),
        ...technologyOf(context),
        ...encryptOf(context),
        ...(await recipientsOf(context)),
      });
      const identities = json.identities.map(
        ({ address }) =>
          `${address} signs always and encrypts with their ${flag(context.options, 'openpgp') ? 'OpenPGP key' : 'certificates'}`,
      );
      const writes = json.writes.map(({ file, what }) => `${file}: ${what}`);
      return { json, text: [json.profile.path, ...writes, ...identities].join('\n') };
    },
  },
  {
    words: ['mail', 'export'],
    usage: `PERSON --client PROGRAM [--openpgp] [--target DIR] [--encrypt ask|always] ${recipientUsage} [--profile-password-file F] [--password-file F]`,
    summary:
      'put their keys into the closed mail program and read them back: undone unless mail would be signed and encrypted; with --openpgp their OpenPGP key (Thunderbird); for a program that is elsewhere (outlook, apple, gmail, android...), write what it takes into a new folder',
    needs: 'signed-in',
    options: {
      ...target,
      ...openPgpOption,
      ...profilePassword,
      ...recipientOptions,
      encrypt: { type: 'string' },
      'password-file': { type: 'string' },
    },
    async run(context) {
      const kit = mailKitIds.find((id) => id === text(context.options, 'client'));
      if (kit !== undefined && flag(context.options, 'openpgp'))
        throw new AppError('unsupported', 'OpenPGP keys are not handed to this mail program from here.', { what: `OpenPGP in ${kit}` });
      if (kit !== undefined) return writeKit(context, kit);
      const choice = { ...encryptOf(context), ...(await recipientsOf(context)) };
      const json = await context.client.mail.export({ ...targetOf(context), ...technologyOf(context), ...choice, ...passwordOf(context) });
      return { json, text: `Set up and read back: ${json.addresses.join(', ')} in ${json.profile}` };
    },
  },
  {
    words: ['mail', 'open'],
    usage: 'FILE.eml --reason TEXT [--token SERIAL] --out F',
    summary:
      'open an encrypted mail with the key of the person it was sent to, where it is kept here; the log keeps who, whose key and why',
    needs: 'signed-in',
    options: { reason: { type: 'string' }, out: { type: 'string' }, ...cardOptions },
    async run(context) {
      const [reason, out] = [required(context.options, 'reason'), required(context.options, 'out')];
      const opened = await context.client.viewer.openMail({
        file: context.files.read(only(context, 'file')),
        ...(await cardOption(context)),
        reason,
      });
      context.files.write(out, opened.file.bytes);
      const { verdict } = opened.mail;
      const { certificate, person, encryption } = opened;
      const json = { certificate, person, encryption, valid: verdict.valid, layers: verdict.layers, attachments: opened.words.attachments };
      return { json, text: `Opened with the key of ${opened.personName} into ${out}.` };
    },
  },
  {
    words: ['mail', 'check'],
    usage: `PERSON --client PROGRAM [--openpgp] [--target DIR] ${recipientUsage} [--profile-password-file F]`,
    summary:
      'look again whether a mail program signs, encrypts and opens mail for them: what was found is entered; one here is read back, one elsewhere by its answer to a test message; exit 1 when not',
    needs: 'signed-in',
    options: { ...target, ...openPgpOption, ...profilePassword, ...recipientOptions },
    async run(context) {
      const json = await context.client.mail.check({
        ...targetOf(context),
        ...technologyOf(context),
        ...(await recipientsOf(context)),
        ...passwordOf(context),
      });
      if (json.isReady)
        return { json, text: `Proved on ${json.provedAt?.slice(0, 10) ?? ''}: mail is signed, can be encrypted, and opens.` };
      return { json, text: json.findings.map(({ code, sentence }) => `${code}: ${sentence}`).join('\n'), exit: 1 };
    },
  },
  {
    words: ['mail', 'prove'],
    usage: 'PERSON --client PROGRAM [--target DIR] [--profile-password-file F]',
    summary:
      'enter that a mail program signs, encrypts and opens mail for them; their signing key then leaves the vault, unless the policy keeps it',
    needs: 'signed-in',
    options: { ...target, ...profilePassword },
    async run(context) {
      const json = await context.client.mail.prove({ ...targetOf(context), ...passwordOf(context) });
      const left = json.released.length === 0 ? 'No key left the vault.' : 'Their signing key is in their mail program alone from now on.';
      return { json, text: `Proved on ${json.provedAt.slice(0, 10)}. ${left}` };
    },
  },
];

async function writeKit(context: CommandContext, kit: MailKitId): Promise<CommandResult> {
  const folder = resolve(required(context.options, 'target'));
  const passwordFile = text(context.options, 'password-file');
  return context.files.writeFolder(folder, async (write) => {
    const given = passwordFile === undefined ? {} : { password: context.secrets.fromFile(passwordFile) };
    const { files, password } = await context.client.mail.kit({ person: only(context, 'person'), client: kit, ...given });
    for (const { name, bytes } of files) write(name, bytes);
    handPassword(password, context);
    const names = files.map(({ name }) => name);
    return { json: { client: kit, folder, files: names }, text: [`Written into ${folder}:`, ...names].join('\n') };
  });
}

const profileLines = ({ name, isInstalled, profiles }: MailClientSummary): string[][] =>
  profiles.length === 0
    ? [[name, isInstalled ? 'no profile yet' : 'not on this computer', '', '', '']]
    : profiles.map((profile) => [
        name,
        profile.name,
        profile.path,
        profile.isAnybodys ? 'whoever has keys in it' : profile.identities.map(({ address }) => address).join(', '),
        profile.isOpen ? 'open' : '',
      ]);

/** The core may run elsewhere in the file system: paths are made absolute here. */
function targetOf(context: CommandContext) {
  const directory = text(context.options, 'target');
  return {
    person: only(context, 'person'),
    ...({ client: required(context.options, 'client') } as { client: MailClientId }),
    ...(directory === undefined ? {} : { target: resolve(directory) }),
  };
}

/** Those who are named, and with `--colleagues` everybody mail can be encrypted to. */
async function recipientsOf(context: CommandContext): Promise<{ readonly recipients?: string[] }> {
  const named = list(context.options, 'recipient');
  if (!flag(context.options, 'colleagues')) return named.length === 0 ? {} : { recipients: named };
  return { recipients: [...named, ...(await (flag(context.options, 'openpgp') ? withOpenPgp(context) : covered(context)))] };
}

async function covered({ client }: CommandContext): Promise<string[]> {
  const people = await everyPage(async (after) => {
    const page = await client.people.list({ limit: 500, after, filter: 'everyone' });
    return { rows: page.people, next: page.next };
  });
  return people.filter(({ standing }) => standing === 'covered').map(({ id }) => id);
}

async function withOpenPgp({ client }: CommandContext): Promise<string[]> {
  const keys = await everyPage(async (after) => {
    const page = await client.openpgp.list({ limit: 500, after });
    return { rows: page.certificates, next: page.next };
  });
  return keys.filter(({ isCurrent, status }) => isCurrent && status === 'valid').map(({ personId }) => personId);
}

const technologyOf = ({ options }: CommandContext) => ({ technology: flag(options, 'openpgp') ? 'openpgp' : 'smime' }) as const;

const encryptOf = ({ options }: CommandContext) => optional(options, 'encrypt', 'encrypt') as { encrypt?: 'ask' | 'always' };

function passwordOf({ options, secrets }: CommandContext) {
  const file = text(options, 'profile-password-file');
  return file === undefined ? {} : { profilePassword: secrets.fromFile(file) };
}
