import { parseArgs } from 'node:util';
import { AppError } from '../domain/errors.ts';
import type { CliCommand, OptionTypes, OptionValues } from './command.ts';
import { commands } from './commands/index.ts';
import { noSuchCommand, takesArguments, wrongOption } from './what-is-there.ts';

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
 * @throws AppError input.invalid for an unknown command or option, and for words that a command does not take; values are never repeated
 */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  const words = argv.filter((word, at) => !word.startsWith('-') && !takesValue(argv[at - 1]));
  const command = commands
    .filter((candidate) => candidate.words.every((word, at) => words[at] === word))
    .toSorted((a, b) => b.words.length - a.words.length)[0];
  const isAsking = ['--help', '-h', '--version'].some((word) => argv.includes(word));
  if (command === undefined && !isAsking && !(argv.includes('--jsonl') && words.length === 0)) throw noSuchCommand(words, commands);
  const { values, positionals } = parse(argv, command);
  const own = positionals.slice(command?.words.length ?? 0);
  if (command !== undefined && own.length > 0 && !isAsking && !takesArguments(command, globalOptions)) throw nothingButOptions(command);
  return { command, options: values, positionals: own };
}

/** A word that nobody reads may be the name somebody thought they gave. */
const nothingButOptions = ({ words, usage }: CliCommand): AppError =>
  new AppError('input.invalid', `\`keyward ${words.join(' ')}\` takes ${usage === '' ? 'nothing behind it' : `options only: ${usage}`}.`, {
    field: 'arguments',
    rule: 'none',
  });

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

function parse(argv: readonly string[], command: CliCommand | undefined): { values: OptionValues; positionals: string[] } {
  try {
    return parseArgs({ args: [...argv], options: { ...command?.options, ...globalOptions }, allowPositionals: true, strict: true });
  } catch (cause) {
    throw wrongOption(cause, command);
  }
}
