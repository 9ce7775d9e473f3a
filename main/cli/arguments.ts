import { parseArgs } from 'node:util';
import { AppError } from '../domain/errors.ts';
import type { CliCommand, OptionTypes, OptionValues } from './command.ts';
import { commands } from './commands/index.ts';

/** Options every command takes. */
const globalOptions = {
  workspace: { type: 'string' },
  as: { type: 'string' },
  'passphrase-file': { type: 'string' },
  'passphrase-fd': { type: 'string' },
  'totp-file': { type: 'string' },
  'totp-fd': { type: 'string' },
  'pin-file': { type: 'string' },
  'pin-fd': { type: 'string' },
  'open-authority': { type: 'string' },
  'authority-pin-file': { type: 'string' },
  'authority-pin-fd': { type: 'string' },
  'sign-in-token': { type: 'string' },
  json: { type: 'boolean' },
  jsonl: { type: 'boolean' },
  yes: { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies OptionTypes;

export interface ParsedArguments {
  readonly command: CliCommand | undefined;
  readonly options: OptionValues;
  readonly positionals: readonly string[];
}

/**
 * Takes a command line apart. Words of the command may stand anywhere before its own arguments.
 * @throws AppError input.invalid for an unknown command or option; its value is never repeated
 */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  const words = argv.filter((word, at) => !word.startsWith('-') && !takesValue(argv[at - 1]));
  const command = commands
    .filter((candidate) => candidate.words.every((word, at) => words[at] === word))
    .toSorted((a, b) => b.words.length - a.words.length)[0];
  const { values, positionals } = parse(argv, command, { ...command?.options, ...globalOptions });
  const isAsking = values['help'] === true || values['version'] === true || (values['jsonl'] === true && words.length === 0);
  if (command === undefined && !isAsking) throw noSuchCommand(words[0]);
  return { command, options: values, positionals: positionals.slice(command?.words.length ?? 0) };
}

/** Names the help that has what was probably meant. */
function noSuchCommand(first: string | undefined): AppError {
  const near = commands.some(({ words }) => words[0] === first) ? `keyward ${first} --help` : 'keyward --help';
  return new AppError('input.invalid', `There is no such command; \`${near}\` lists them.`, { field: 'command', rule: 'unknown' });
}

const takesValue = (word: string | undefined): boolean =>
  word !== undefined &&
  [
    '--workspace',
    '--as',
    '--passphrase-file',
    '--passphrase-fd',
    '--totp-file',
    '--totp-fd',
    '--pin-file',
    '--pin-fd',
    '--open-authority',
    '--authority-pin-file',
    '--authority-pin-fd',
    '--sign-in-token',
  ].includes(word);

function parse(
  argv: readonly string[],
  command: CliCommand | undefined,
  options: OptionTypes,
): { values: OptionValues; positionals: string[] } {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (cause) {
    const option = /'(-{1,2}[a-z-]{1,40})/.exec(cause instanceof Error ? cause.message : '')?.[1] ?? '';
    throw new AppError(
      'input.invalid',
      `The option ${option} does not fit this command; \`${['keyward', ...(command?.words ?? []), '--help'].join(' ')}\` lists what does.`,
      { field: option, rule: 'unknown' },
      { cause },
    );
  }
}
