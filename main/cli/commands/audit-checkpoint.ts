import { join, resolve } from 'node:path';
import type { RollbackStanding } from '../../contract/audit.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { flag, required, text } from '../option-values.ts';
import { printCheckpoint } from './audit-paper.ts';
import { askedForTimeStamp, timeStampOptions } from './audit-time-stamp.ts';

/** Checkpoints of the log outside this machine, and what is said when the log is not the one they counted. */
export const auditCheckpointCommands: readonly CliCommand[] = [
  {
    words: ['audit', 'checkpoint'],
    usage:
      '--out FILE|DIR | --print F.html|F.pdf | --keep-in DIR | --keep-nowhere | --time-stamp URL --trust F... [--policy OID] | --time-stamp-request F [--policy OID] | --time-stamp-response F --trust F...',
    summary:
      'put the newest signed total where nobody here can change it: as a file, on a page to print, or at each sign-in and lock; or have an authority put its time under it (RFC 3161), over the network or by file',
    needs: 'signed-in',
    options: {
      out: { type: 'string' },
      print: { type: 'string' },
      'keep-in': { type: 'string' },
      'keep-nowhere': { type: 'boolean' },
      ...timeStampOptions,
    },
    run: async (context) => {
      if (text(context.options, 'print') !== undefined) return printCheckpoint(context);
      return askedForTimeStamp(context) ?? (text(context.options, 'out') === undefined ? setFolder(context) : writeCheckpoint(context));
    },
  },
  {
    words: ['audit', 'explain'],
    usage: '--explanation TEXT',
    summary: 'explain, for the log, why it is not the one that a kept total counted',
    needs: 'signed-in',
    options: { explanation: { type: 'string' } },
    async run({ client, options }) {
      await client.audit.explainRollback({ explanation: required(options, 'explanation') });
      return { json: { explained: true }, text: 'The explanation is in the log.' };
    },
  },
];

async function writeCheckpoint({ client, files, options }: CommandContext): Promise<CommandResult> {
  const out = required(options, 'out');
  const { file, ...checkpoint } = await client.audit.checkpoint({});
  const path = files.list(out) === undefined ? out : join(out, file.name);
  files.write(path, file.bytes);
  return { json: { ...checkpoint, file: path }, text: `The signed total over ${checkpoint.size} entries is in ${path}.` };
}

async function setFolder({ client, options }: CommandContext): Promise<CommandResult> {
  const named = text(options, 'keep-in');
  const folder = named === undefined ? undefined : resolve(named);
  if ((folder === undefined) !== flag(options, 'keep-nowhere'))
    throw new AppError('input.invalid', 'Say where with --out, --print or --keep-in, or --keep-nowhere.', {
      field: 'out',
      rule: 'required',
    });
  const json = await client.audit.keepCheckpoints({ folder: folder ?? null });
  const said =
    json.folder === null
      ? 'No checkpoints are kept outside from now on.'
      : `Each sign-in and lock puts the newest signed total into ${json.folder}, and looks whether the log is still the one that was counted there.`;
  return { json, text: said };
}

/** What is wrong by kept checkpoints, in words; nothing where nothing is. */
export function suspicionWords({ suspicion, unreachable }: RollbackStanding): readonly string[] {
  if (unreachable !== null) return [`The folder with the kept totals could not be looked at: ${unreachable}.`];
  if (suspicion === null) return [];
  const { kind, size, entries, file } = suspicion;
  if (kind === 'cut-off') return [`integrity.rollback-suspected: ${file} counts ${size} entries, the log has ${entries}.`];
  if (kind === 'rewritten') return [`integrity.rollback-suspected: the first ${size} entries are not those that ${file} counts.`];
  return [`integrity.rollback-suspected: ${file} names this log and is not signed by its key.`];
}
