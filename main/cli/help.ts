import type { CliCommand } from './command.ts';
import { type CommandGroup, commandGroups, commands } from './commands/index.ts';
import { wrap } from './wrap.ts';

/**
 * What `--help` prints in lines of `columns` characters: the commands that begin with the words, such as one and those below it, or all of
 * them in their groups where there are no words, or none begins so.
 */
export function help(words: readonly string[], columns: number): string {
  const fitting = words.length === 0 ? [] : commands.filter((candidate) => words.every((word, at) => candidate.words[at] === word));
  return fitting.length === 0 ? overview(columns) : fitting.map((one) => wholly(one, columns)).join('\n\n');
}

const wholly = ({ words, usage, summary }: CliCommand, columns: number): string =>
  `${wrap(`keyward ${words.join(' ')} ${usage}`.trimEnd(), columns, 4)}\n  ${wrap(summary, columns, 2)}`;

function overview(columns: number): string {
  const everywhere = [
    'Everywhere: --workspace DIR  --as OPERATOR  --passphrase-file F | --passphrase-fd N  --json  --quiet  --help',
    'With a second factor: --totp-fd N | --totp-file F',
    'With a card in their place: --sign-in-token SERIAL --pin-file F | --pin-fd N',
    'With an authority whose key is on a token: --authority-pin-file F | --authority-pin-fd N  [--open-authority AUTHORITY]',
    'With tokens: --pin-file F | --pin-fd N  --new-pin-file F | --new-pin-fd N  --so-pin-file F | --so-pin-fd N',
    'With PIV cards whose management key somebody else has set: --management-key-file F | --management-key-fd N',
    'No passphrase, password or PIN is ever an argument. Files may be "-".',
  ];
  const ways = [
    'keyward COMMAND [OPTIONS]   without a command: the window',
    'keyward COMMAND --help      what it takes; keyward mail --help: all for mail',
  ];
  return [
    ways.join('\n'),
    ...commandGroups.map((group) => section(group, columns)),
    everywhere.map((line) => wrap(line, columns, 4)).join('\n'),
  ].join('\n\n');
}

function section({ title, commands: members }: CommandGroup, columns: number): string {
  const wide = 4 + Math.max(...members.map(({ words }) => words.join(' ').length));
  const lines = members.map(({ words, summary }) => `  ${words.join(' ')}`.padEnd(wide) + wrap(inShort(summary), columns, wide));
  return [title, ...lines].join('\n');
}

/** The first clause of a summary; what is behind it is in the help of the command itself. */
const inShort = (summary: string): string => summary.split(/; |: /)[0] ?? summary;
