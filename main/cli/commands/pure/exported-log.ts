import { join } from 'node:path';
import type { FileContent } from '../../../contract/secret.ts';
import type { CommandContext, CommandResult } from '../../command.ts';
import { optional } from '../../option-values.ts';

const ownKey = 'The key is the one that lies beside the log. Compare it with the one you know, or give that with --vkey.';

/** A log that `audit export` wrote. What is not there is for the verification to miss. */
export async function verifyLog(context: CommandContext, folder: string): Promise<CommandResult> {
  const json = await context.client.tools.verifyExportedLog({
    entries: linesIn(context, folder, 'entries'),
    tiles: tilesIn(context, folder),
    ...fileIn(context, folder, 'leaf-hashes', 'leafHashes'),
    ...fileIn(context, folder, 'sealed', 'sealed'),
    ...headIn(context, folder),
  });
  if (!json.holds) return { json, text: `The log does not add up: ${JSON.stringify(json.firstWrong)}.`, exit: 9 };
  const words = `The log is complete and unaltered: ${json.entries} entries, ${json.signedSize} of them signed by ${json.key}.`;
  return { json, text: json.keyFrom === 'given' ? words : `${words}\n${ownKey}` };
}

/** Entries that `audit export` chose out of a log. */
export async function verifySelection(context: CommandContext, folder: string): Promise<CommandResult> {
  const json = await context.client.tools.verifySelection({
    selected: linesIn(context, folder, 'selected'),
    ...headIn(context, folder),
  });
  if (!json.holds) return { json, text: `Not every entry is proven: ${JSON.stringify(json.firstWrong)}.`, exit: 9 };
  const words = `${json.entries} entries are in the log of ${json.treeSize} entries, signed by ${json.key}. Nothing here says that none was left out.`;
  return { json, text: json.keyFrom === 'given' ? words : `${words}\n${ownKey}` };
}

const headIn = (context: CommandContext, folder: string) => ({
  ...fileIn(context, folder, 'checkpoint', 'checkpoint'),
  ...fileIn(context, folder, 'log-key', 'bundleKey'),
  ...optional(context.options, 'vkey', 'vkey'),
});

const linesIn = ({ files }: CommandContext, folder: string, below: string): FileContent[] =>
  (files.list(join(folder, below)) ?? [])
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => files.readLater(join(folder, below, name), name));

const tilesIn = ({ files }: CommandContext, folder: string): FileContent[] =>
  files.list(join(folder, 'tile')) === undefined
    ? []
    : files.below(join(folder, 'tile')).map((name) => files.readLater(join(folder, 'tile', name), `tile/${name}`));

function fileIn<K extends string>({ files }: CommandContext, folder: string, name: string, key: K): { [P in K]?: FileContent } {
  return files.list(folder)?.includes(name) === true ? ({ [key]: files.read(join(folder, name)) } as { [P in K]?: FileContent }) : {};
}
