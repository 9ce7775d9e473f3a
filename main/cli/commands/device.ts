import { join } from 'node:path';
import type { DeviceStatus } from '../../contract/device.ts';
import { AppError } from '../../domain/errors.ts';
import { ocspPath } from '../../domain/x509/ocsp/response-path.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { required } from '../option-values.ts';
import { table } from '../table.ts';

/** A computer that hands out lists and OCSP responses while nobody is signed in. */
export const deviceCommands: readonly CliCommand[] = [
  {
    words: ['device', 'status'],
    usage: '',
    summary: 'whether a computer goes on with lists and OCSP responses alone, and until when',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.device.status({});
      return { json, text: words(json) };
    },
  },
  {
    words: ['device', 'enable'],
    usage: '',
    summary: 'let this computer go on alone, with a key of its own under its keychain',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.device.enable({});
      return { json, text: `${words(json)}\nRun daily, without anybody: keyward device run --out DIR` };
    },
  },
  {
    words: ['device', 'disable'],
    usage: '',
    summary: 'let no computer go on alone any more; what it kept opens nothing from then on',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.device.disable({});
      const rest = json.isKeychainCleared ? '' : ' Its keychain could not be cleared from here; what is in it opens nothing.';
      return { json, text: `No computer goes on alone.${rest}` };
    },
  },
  {
    words: ['device', 'run'],
    usage: '--out DIR',
    summary: 'write lists and OCSP responses that are in force, the next ones where their time has come; nobody signs in',
    needs: 'door',
    options: { out: { type: 'string' } },
    run,
  },
];

async function run(context: CommandContext): Promise<CommandResult> {
  const out = required(context.options, 'out');
  const { files, renewed, owed, answering } = await context.client.device.run({});
  for (const file of files) context.files.write(join(out, file.name), file.bytes);
  const done = { responses: 0, unanswered: [] as string[] };
  for (const authority of answering) {
    const responses = await presignInto(context, authority, join(out, 'ocsp')).catch(unlessOwed);
    if (responses === undefined) done.unanswered.push(authority);
    else done.responses += responses;
  }
  const json = { directory: out, files: files.length, renewed, owed, ...done };
  const isOwed = owed.length + done.unanswered.length > 0;
  return { json, text: said(json), ...(isOwed ? { exit: 1 as const } : {}) };
}

async function presignInto({ client, files }: CommandContext, authority: string, directory: string): Promise<number> {
  let written = 0;
  for (let after: string | undefined; ;) {
    const page = await client.device.presign({ authority, ...(after === undefined ? {} : { after }) });
    for (const file of page.files) files.write(join(directory, ocspPath(file.name)), file.bytes);
    written += page.files.length;
    if (page.next === null) return written;
    after = page.next;
  }
}

/** Its responder has to be certified anew first, which takes an authority's key. */
function unlessOwed(error: unknown): undefined {
  if (!(error instanceof AppError) || error.code !== 'session.not-permitted') throw error;
}

interface Ran {
  readonly directory: string;
  readonly files: number;
  readonly renewed: readonly string[];
  readonly owed: readonly string[];
  readonly responses: number;
  readonly unanswered: readonly string[];
}

const said = ({ directory, files, renewed, owed, responses, unanswered }: Ran): string =>
  [
    `Written to ${directory}: ${files} files, ${renewed.length} lists among them new, and ${responses} OCSP responses.`,
    ...(owed.length === 0
      ? []
      : [`Due, and nothing was signed ahead for it: ${owed.join(', ')}. Somebody signs in: keyward authority crl --due`]),
    ...(unanswered.length === 0 ? [] : [`Without a responder: ${unanswered.join(', ')}. Somebody signs in: keyward authority ocsp`]),
  ].join('\n');

const states: Readonly<Record<DeviceStatus['state'], string>> = {
  off: 'No computer goes on alone.',
  ready: 'This computer goes on alone with lists and OCSP responses; it can issue and revoke nothing.',
  unusable: 'The keychain of this computer is locked or not there.',
  emptied: 'The keychain of this computer has nothing for Keyward. If it is the one below, disable it and enable it anew.',
  replaced: 'What the keychain of this computer holds opens nothing. Disable it and enable it anew.',
};

const words = ({ state, device, lists }: DeviceStatus): string =>
  [
    states[state],
    ...(device === null ? [] : [`Enabled: ${device.machine}, by ${device.enabledBy}, ${device.enabledAt}`]),
    ...(lists.length === 0
      ? []
      : [
          table(
            ['authority', 'lists go on until'],
            lists.map(({ name, until }) => [name, until ?? 'somebody signs in']),
          ),
        ]),
  ].join('\n');
