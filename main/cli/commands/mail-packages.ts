import { join, relative, resolve } from 'node:path';
import type { MailPackage } from '../../contract/mail.ts';
import { AppError } from '../../domain/errors.ts';
import { isOwed, packageDays } from '../../domain/mail-client/mail-package.ts';
import { deliverableKitIds, mailKitName } from '../../domain/mail-client/kit/kits.ts';
import type { MailKitId } from '../../domain/mail-client/kit/kits.ts';
import { isAboutThem } from '../about-them.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { handPassword } from '../hand-password.ts';
import { count, only, optional, required, text } from '../option-values.ts';
import { table } from '../table.ts';

/** Packages that people fetch: keys for a mail program that is not on this computer. */
export const mailPackageCommands: readonly CliCommand[] = [
  {
    words: ['mail', 'deliver'],
    usage: `PERSON... --client PROGRAM --out DIR [--passwords DIR] [--days ${packageDays.least}-${packageDays.most}] | --continue DELIVERY --out DIR [--passwords DIR]`,
    summary:
      'one file for each person to fetch: their keys, the authorities and the sheet; each password as a page of its own in another folder, or shown once for one person; stopped in the middle, --continue makes what is owed',
    needs: 'signed-in',
    options: {
      client: { type: 'string' },
      out: { type: 'string' },
      passwords: { type: 'string' },
      days: { type: 'string' },
      continue: { type: 'string' },
    },
    run: deliver,
  },
  {
    words: ['mail', 'packages'],
    usage: '[--person PERSON] [--delivery DELIVERY]',
    summary: 'the files that were made for people to fetch, whether they have, and until when each waits',
    needs: 'signed-in',
    options: { person: { type: 'string' }, delivery: { type: 'string' } },
    async run({ client, options }) {
      const json = await client.mail.packages({ ...optional(options, 'person', 'person'), ...optional(options, 'delivery', 'delivery') });
      return { json, text: packageTable(json.packages) };
    },
  },
  {
    words: ['mail', 'pick-up'],
    usage: 'PACKAGE [--file F] [--note TEXT]',
    summary: 'enter that somebody has fetched a package; with its file, only if it is the one that was made',
    needs: 'signed-in',
    options: { file: { type: 'string' }, note: { type: 'string' } },
    async run(context) {
      const path = text(context.options, 'file');
      const json = await context.client.mail.pickUp({
        package: only(context, 'package'),
        ...optional(context.options, 'note', 'note'),
        ...(path === undefined ? {} : { file: context.files.read(path) }),
      });
      return { json, text: `Picked up: ${json.number} for ${json.name}` };
    },
  },
  {
    words: ['mail', 'expire'],
    usage: '',
    summary: 'enter which packages nobody picked up in time; they are refused from then on in any case',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.mail.expire({});
      return { json, text: json.packages.length === 0 ? 'None has expired.' : packageTable(json.packages) };
    },
  },
];

async function deliver(context: CommandContext): Promise<CommandResult> {
  const out = resolve(required(context.options, 'out'));
  const passwords = passwordFolder(context, out);
  const { delivery, packages } = await owed(context);
  requireApart(packages.length, passwords);
  context.say(`delivery ${delivery}`);
  const results: DeliveryResult[] = [];
  for (const one of packages) {
    results.push(await deliverOne(context, one, { out, passwords }));
    context.progress(results.length, packages.length, 'packages');
  }
  const failed = results.filter(({ error }) => error !== null);
  const lines = results.map(({ number, name, file, error }) => [number, name, file ?? '', error?.message ?? 'waits to be picked up']);
  return {
    json: { delivery, out, packages: results },
    text: table(['package', 'person', 'file', ''], lines),
    ...(failed.length === 0 ? {} : { exit: 1 as const }),
  };
}

/** Never inside each other: who carries the files must not carry the passwords. @throws AppError input.invalid */
function passwordFolder({ options }: CommandContext, out: string): string | undefined {
  const given = text(options, 'passwords');
  if (given === undefined) return undefined;
  const folder = resolve(given);
  const isWithin = (inner: string, outer: string): boolean => !relative(outer, inner).startsWith('..');
  if (isWithin(folder, out) || isWithin(out, folder))
    throw new AppError('input.invalid', 'The passwords go into another folder than the packages.', { field: 'passwords', rule: 'apart' });
  return folder;
}

/** A new delivery, or what an earlier one still owes. */
async function owed(context: CommandContext): Promise<{ delivery: string; packages: readonly MailPackage[] }> {
  const { client, options, positionals } = context;
  const delivery = text(options, 'continue');
  if (delivery !== undefined) {
    const { packages } = await client.mail.packages({ delivery });
    return { delivery, packages: packages.filter(({ state }) => isOwed(state)) };
  }
  const days = count(options, 'days');
  if (positionals.length === 0) throw new AppError('input.invalid', 'Name at least one person.', { field: 'person', rule: 'required' });
  requireApart(positionals.length, text(options, 'passwords'));
  return client.mail.deliver({ people: [...positionals], client: kitOf(context), ...(days === undefined ? {} : { days }) });
}

/** @throws AppError input.invalid */
function requireApart(packages: number, passwords: string | undefined): void {
  if (packages <= 1 || passwords !== undefined) return;
  throw new AppError('input.invalid', 'With more than one person, --passwords names the folder for the pages with the passwords.', {
    field: 'passwords',
    rule: 'required',
  });
}

function kitOf({ options }: CommandContext): MailKitId {
  const named = required(options, 'client');
  const kit = deliverableKitIds.find((id) => id === named);
  if (kit === undefined)
    throw new AppError('input.invalid', `--client takes ${deliverableKitIds.join(', ')}.`, { field: 'client', rule: 'one-of' });
  return kit;
}

interface DeliveryResult {
  readonly id: string;
  readonly number: string;
  readonly person: string;
  readonly name: string;
  readonly file: string | null;
  readonly sha256: string | null;
  readonly expiresAt: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

interface Places {
  readonly out: string;
  readonly passwords: string | undefined;
}

/** The password is on the disk before the file is, and the file before it counts as saved: killed anywhere, it is made anew. */
async function deliverOne(context: CommandContext, one: MailPackage, { out, passwords }: Places): Promise<DeliveryResult> {
  const { id, number, person, name } = one;
  const about = { id, number, person, name };
  try {
    const { package: made, file, password } = await context.client.mail.makePackage({ package: id });
    if (password !== null && passwords !== undefined) {
      const page = slip(one, password.reveal());
      context.files.write(join(passwords, `${file.name.replace(/\.zip$/, '')}.txt`), page);
      page.fill(0);
      password.wipe();
    }
    context.files.write(join(out, file.name), file.bytes);
    await context.client.mail.savedPackage({ package: id });
    if (passwords === undefined) handPassword(password, context);
    return { ...about, file: file.name, sha256: made.sha256, expiresAt: made.expiresAt, error: null };
  } catch (error) {
    if (!(error instanceof AppError) || !isAboutThem(error)) throw error;
    return { ...about, file: null, sha256: null, expiresAt: null, error: { code: error.code, message: error.message } };
  }
}

/** One page, to be printed or told, never to lie beside the package. */
function slip({ name, number, client }: MailPackage, password: Uint8Array): Buffer {
  const before = Buffer.from(`For ${name}\nPackage ${number}, for ${mailKitName(client)}\n\nPassword: `);
  return Buffer.concat([before, password, Buffer.from('\n\nKeep this page apart from the package. Throw it away once your mail works.\n')]);
}

const packageTable = (packages: readonly MailPackage[]): string =>
  table(
    ['package', 'number', 'person', 'for', 'state', 'until'],
    packages.map(({ id, number, name, client, state, expiresAt }) => [
      id,
      number,
      name,
      mailKitName(client),
      state,
      expiresAt?.slice(0, 10) ?? '',
    ]),
  );
