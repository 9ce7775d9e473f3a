import type { CheckpointComparison } from '../../contract/audit.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { only } from '../option-values.ts';
import { pageFile } from '../page-file.ts';

/** The way back: a total of the log from paper, a mail or the telephone. */
export const auditCompare: CliCommand = {
  words: ['audit', 'compare'],
  usage: 'FILE|-',
  summary:
    'whether the log is still the one that a signed total counted: scanned, typed or out of a mail, or the count and six groups of letters of a page; exit 9 when it is older or another, 1 when the total is of another log',
  needs: 'signed-in',
  options: {},
  async run(context) {
    const json = await context.client.audit.compareCheckpoint({ checkpoint: context.files.read(only(context, 'file')) });
    const text = [
      verdictWords(json),
      ...(json.isSigned || json.verdict === 'other' || json.verdict === 'signature' ? [] : [unsigned]),
    ].join('\n');
    return { json, text, ...exitOf(json) };
  },
};

const unsigned = 'What was given bears no signature: it shows what whoever wrote it down saw, and anybody could have written it.';

function exitOf({ verdict }: CheckpointComparison): Pick<CommandResult, 'exit'> {
  if (verdict === 'other') return { exit: 1 };
  return verdict === 'same' || verdict === 'grown' ? {} : { exit: 9 };
}

function verdictWords({ verdict, size, entries, shortHash }: CheckpointComparison): string {
  const counted = `${size} entries (${shortHash})`;
  switch (verdict) {
    case 'same':
      return `The log is exactly the one that was counted: ${counted}.`;
    case 'grown':
      return `The log begins with exactly the ${counted} that were counted, and has ${entries} now.`;
    case 'older':
      return `integrity.rollback-suspected: ${counted} were counted, the log has ${entries}. An older copy may have been put back.`;
    case 'forked':
      return `integrity.rollback-suspected: the first ${size} entries are not those that were counted (${shortHash}).`;
    case 'signature':
      return 'integrity.rollback-suspected: the total names this log and is not signed by its key.';
    case 'other':
      return 'This total is of another log, and says nothing of this one.';
  }
}

/** Writes the page of `audit checkpoint --print`. */
export async function printCheckpoint(context: CommandContext): Promise<CommandResult> {
  const { path, write } = pageFile(context, 'print');
  const { file, ...checkpoint } = await context.client.audit.checkpointSheet({});
  await write(file.bytes);
  const { size, shortHash } = checkpoint;
  return {
    json: { ...checkpoint, file: path },
    text: `The page with the signed total over ${size} entries is in ${path}. To compare by eye: ${size} ${shortHash}`,
  };
}
