import { resolve } from 'node:path';
import type { EscrowRequestView, EscrowState, Recovered } from '../../contract/escrow.ts';
import { Secret } from '../../contract/secret.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult, OptionTypes } from '../command.ts';
import { handPassword } from '../hand-password.ts';
import { flag, list, only, required, text } from '../option-values.ts';
import { table } from '../table.ts';

const sheetOption: OptionTypes = { sheet: { type: 'string', multiple: true } };
const fileOptions: OptionTypes = { out: { type: 'string' }, format: { type: 'string' }, 'password-file': { type: 'string' } };

/** Keys that are kept for when somebody is gone. */
export const escrowCommands: readonly CliCommand[] = [
  {
    words: ['escrow', 'list'],
    usage: '',
    summary: 'who opens the escrow, with whom, and what was asked for',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.escrow.state({});
      return { json, text: stateText(json) };
    },
  },
  {
    words: ['escrow', 'recover'],
    usage: 'PERSON|KEY --reason TEXT --for NAME [--case NUMBER] [--sheet F... --out F | --break-glass --out F]',
    summary: 'ask for somebody’s decryption keys; another officer approves, or sheets or, where allowed, you alone open them at once',
    needs: 'signed-in',
    options: {
      ...sheetOption,
      ...fileOptions,
      reason: { type: 'string' },
      case: { type: 'string' },
      for: { type: 'string' },
      'break-glass': { type: 'boolean' },
    },
    run: recover,
  },
  {
    words: ['escrow', 'approve'],
    usage: 'REQUEST',
    summary: 'lend your share for what another officer asked for',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const request = only(context, 'request');
      await context.client.escrow.approve({ request });
      return {
        json: { request, state: 'approved' },
        text: 'Approved. Whoever asked can take it: keyward escrow deliver, or escrow share --request.',
      };
    },
  },
  {
    words: ['escrow', 'refuse'],
    usage: 'REQUEST --reason TEXT',
    summary: 'refuse what another officer asked for, or take back what you asked for or approved',
    needs: 'signed-in',
    options: { reason: { type: 'string' } },
    async run(context) {
      const request = only(context, 'request');
      await context.client.escrow.refuse({ request, reason: required(context.options, 'reason') });
      return { json: { request, state: 'refused' }, text: 'Refused. Nothing was opened.' };
    },
  },
  {
    words: ['escrow', 'deliver'],
    usage: 'REQUEST --out F [--sheet F...] [--format p12-modern|p12-compatible] [--password-file F]',
    summary: 'the keys you asked for, once they are approved',
    needs: 'signed-in',
    options: { ...sheetOption, ...fileOptions },
    run: async (context) => deliver(context, only(context, 'request')),
  },
  {
    words: ['escrow', 'share'],
    usage: '[--reason TEXT | --request REQUEST | --sheet F...] [--print 2of3 --out DIR]',
    summary: 'another key for the escrow, shared among the officers there are now; new sheets of paper with --print',
    needs: 'signed-in',
    options: {
      ...sheetOption,
      reason: { type: 'string' },
      request: { type: 'string' },
      print: { type: 'string' },
      out: { type: 'string' },
    },
    run: share,
  },
  {
    words: ['escrow', 'drill'],
    usage: '[--sheet F...]',
    summary: 'prove that shares and sheets open, without opening anything that is kept',
    needs: 'signed-in',
    options: sheetOption,
    async run(context) {
      const json = await context.client.escrow.drill(sheetsOf(context));
      const together = json.isOpened ? ' Together they open the escrow.' : '';
      const sheets = json.sheets.length === 0 ? '' : `\nGood sheets: ${json.sheets.join(', ')}.${together}`;
      return { json, text: `Good shares: ${json.shares.length === 0 ? 'none are dealt' : json.shares.join(', ')}.${sheets}` };
    },
  },
  {
    words: ['escrow', 'review'],
    usage: 'REQUEST --note TEXT',
    summary: 'sign off a recovery that somebody else made',
    needs: 'signed-in',
    options: { note: { type: 'string' } },
    async run(context) {
      const request = only(context, 'request');
      await context.client.escrow.review({ request, note: required(context.options, 'note') });
      return { json: { request, state: 'reviewed' }, text: 'Signed off.' };
    },
  },
];

async function recover(context: CommandContext): Promise<CommandResult> {
  const { client, options } = context;
  const isAtOnce = flag(options, 'break-glass') || list(options, 'sheet').length > 0;
  if (isAtOnce) required(options, 'out');
  const json = await client.escrow.ask({
    of: only(context, 'person or key'),
    reason: required(options, 'reason'),
    caseNumber: text(options, 'case') ?? '',
    recipient: required(options, 'for'),
  });
  if (isAtOnce) return deliver(context, json.request);
  return {
    json,
    text: `Asked: ${json.request}\nAnother officer runs: keyward escrow approve ${json.request}\nThen you: keyward escrow deliver ${json.request} --out FILE.p12 (until ${json.expiresAt})`,
  };
}

async function deliver(context: CommandContext, request: string): Promise<CommandResult> {
  const { client, options, secrets } = context;
  const out = required(options, 'out');
  const passwordFile = text(options, 'password-file');
  const order = {
    request,
    ...({ format: text(options, 'format') ?? 'p12-modern' } as { format: 'p12-modern' }),
    ...(passwordFile === undefined ? {} : { password: secrets.fromFile(passwordFile) }),
  };
  const made = flag(options, 'break-glass')
    ? await client.escrow.breakGlass(order)
    : await client.escrow.deliver({ ...order, ...sheetsOf(context) });
  const written = writeRecovered(context, out, made);
  handPassword(made.password, context);
  const { recipient, person } = made;
  const text_ = `Written: ${written.join(', ')}\nFor ${recipient}. Tell the person whose keys these are. The recovery stays on the overview until another officer or an auditor signs it off: keyward escrow review ${request}`;
  return {
    json: { request, file: made.file === null ? null : out, openPgp: written.slice(made.file === null ? 0 : 1), recipient, person },
    text: text_,
  };
}

/** The S/MIME keys under the name that was given, OpenPGP keys under the same with another ending. Gives the names. */
function writeRecovered({ files }: CommandContext, out: string, { file, openPgp }: Recovered): readonly string[] {
  if (file !== null) files.write(out, file.bytes);
  const stem = out.replace(/\.p12$/, '');
  const others = openPgp.map(({ bytes }, at) => {
    const name = `${stem}-openpgp${at === 0 ? '' : `-${at + 1}`}.asc`;
    files.write(name, bytes);
    return name;
  });
  return file === null ? others : [out, ...others];
}

async function share(context: CommandContext): Promise<CommandResult> {
  const { client, options } = context;
  const [reason, request] = [text(options, 'reason'), text(options, 'request')];
  if (reason !== undefined) {
    const json = await client.escrow.ask({ reason });
    return {
      json,
      text: `Asked: ${json.request}\nAnother officer runs: keyward escrow approve ${json.request}\nThen you: keyward escrow share --request ${json.request}`,
    };
  }
  const print = printOf(text(options, 'print'));
  const out = print === undefined ? undefined : resolve(required(options, 'out'));
  const { officers, sheets } = await client.escrow.share({
    ...sheetsOf(context),
    ...(request === undefined ? {} : { request }),
    ...(print === undefined ? {} : { print }),
  });
  if (sheets !== null && out !== undefined) await writeSheets(context, sheets, out, print?.threshold ?? 0);
  sheets?.wipe();
  return { json: { officers, sheets: out ?? null }, text: sharedText(officers, out) };
}

const sharedText = (officers: readonly string[], out: string | undefined): string =>
  [
    officers.length < 2
      ? `${officers.join('')} alone has the whole key: nobody else is an officer.`
      : `Shared among ${officers.join(', ')}.`,
    ...(out === undefined
      ? []
      : [`Sheets: ${out}. Print each, keep them in different places, and delete the folder. Try them: keyward escrow drill`]),
  ].join('\n');

/** `2of3`. @throws AppError input.invalid */
function printOf(given: string | undefined): { total: number; threshold: number } | undefined {
  if (given === undefined) return undefined;
  const [, threshold, total] = /^(\d{1,2})of(\d{1,2})$/.exec(given) ?? [];
  if (threshold === undefined || total === undefined)
    throw new AppError('input.invalid', '--print takes how many of how many, as 2of3.', { field: 'print', rule: 'form' });
  return { total: Number(total), threshold: Number(threshold) };
}

/** One file a sheet, its code in the first line, so that it reads back as it is. */
async function writeSheets({ files }: CommandContext, sheets: Secret, out: string, threshold: number): Promise<void> {
  const octets = sheets.reveal();
  await files.writeFolder(out, async (write) => {
    let number = 1;
    for (let from = 0; from < octets.length; number++) {
      const end = octets.indexOf(0x0a, from);
      const code = octets.subarray(from, end);
      const words = `\n\nKeyward escrow, sheet ${number}. ${threshold} of these sheets together open the escrow. Keep them in different places.\n`;
      const content = Buffer.concat([code, Buffer.from(words)]);
      write(`sheet-${number}.txt`, content);
      content.fill(0);
      from = end + 1;
    }
  });
}

/** The first line of each file that `--sheet` names. */
function sheetsOf({ options, secrets }: CommandContext): { sheets?: Secret } {
  const given = list(options, 'sheet').map((path) => secrets.fromFile(path));
  if (given.length === 0) return {};
  const octets = Buffer.concat(given.flatMap((one) => [one.reveal(), Buffer.from('\n')]));
  for (const one of given) one.wipe();
  return { sheets: new Secret(octets) };
}

const stateWords: Readonly<Record<EscrowState['state'], string>> = {
  alone:
    'One officer: whoever has their passphrase opens every key in the escrow alone. Add another administrator or security officer, and print sheets (escrow share --print 2of3 --out DIR).',
  shared: 'Any two officers together open the escrow; nobody alone.',
  'break-glass': 'Any officer opens the escrow alone, because the policy allows break-glass. Each time is an alarm and must be signed off.',
  whole: 'Each officer still has the whole key, until one of them signs in.',
  short: 'Too few officers have a share: only enough sheets of paper open the escrow. Then share it anew (escrow share --sheet F...).',
};

function stateText({ state, officers, sheets, requests }: EscrowState): string {
  const who = officers.map(({ name, hasShare, hasWhole }) => [name, hasWhole ? 'whole key' : hasShare ? 'a share' : 'no share yet']);
  const paper =
    sheets === null ? 'No sheets are printed.' : `Sheets of set ${sheets.set}: any ${sheets.threshold} of ${sheets.total} open it.`;
  return [
    stateWords[state],
    table(['officer', 'has'], who),
    paper,
    table(['request', 'what', 'asked by', 'state', ''], requests.map(line)),
  ].join('\n');
}

const line = ({ id, act, person, askedBy, state, way, recipient, review }: EscrowRequestView): string[] => [
  id,
  act === 'share' ? 'share anew' : `keys of ${person?.name ?? 'somebody'} for ${recipient}`,
  askedBy,
  state,
  state === 'done' && act === 'recover'
    ? `${way === 'alone' ? 'alone, ' : ''}${review === null ? 'to be signed off' : `signed off by ${review.by}`}`
    : '',
];
