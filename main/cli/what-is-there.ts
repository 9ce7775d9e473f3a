import { AppError } from '../domain/errors.ts';
import { isOneEditApart } from '../domain/people/one-edit.ts';
import type { CliCommand } from './command.ts';

/** What was meant by words that are no command, from the names there are; what was typed is never repeated. */
export function noSuchCommand(words: readonly string[], commands: readonly CliCommand[]): AppError {
  const [typed = ''] = words;
  const first = [...new Set(commands.map((command) => command.words[0] ?? ''))];
  const meant = first.find((word) => word === typed) ?? first.find((word) => isOneEditApart(word, typed));
  return new AppError(
    'input.invalid',
    `There is no such command${meant === undefined ? '; `keyward --help` lists them.' : whatGoesOn(meant, commands)}`,
    {
      field: 'command',
      rule: 'unknown',
    },
  );
}

function whatGoesOn(first: string, commands: readonly CliCommand[]): string {
  const more = new Set(commands.filter(({ words }) => words[0] === first).map(({ words }) => words.slice(1).join(' ')));
  return more.has('')
    ? `. There is \`keyward ${first}\`.`
    : `. \`keyward ${first}\` goes on with: ${[...more].join(', ')}. \`keyward ${first} --help\` says more.`;
}

/** Why the options do not fit, as Node's own reading of them found it. */
export function wrongOption(cause: unknown, command: CliCommand | undefined): AppError {
  const { code = '', message = '' } = cause instanceof Error ? (cause as Error & { code?: string }) : {};
  const option = /'(?:-[a-zA-Z], )?(-{1,2}[a-z0-9-]{1,40})/.exec(message)?.[1] ?? '';
  const name = command === undefined ? 'keyward' : `keyward ${command.words.join(' ')}`;
  const [rule, fault] =
    code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE'
      ? ['unknown', 'does not fit this command']
      : message.includes('does not take an argument')
        ? ['no-value', 'takes no value']
        : ['required', 'needs a value behind it'];
  return new AppError(
    'input.invalid',
    `The option ${option} ${fault}; \`${name} --help\` lists what does.`,
    { field: option, rule },
    { cause },
  );
}

/** Whether a command takes anything but options, as its usage says. */
export function takesArguments({ usage, options }: CliCommand, globalOptions: CliCommand['options']): boolean {
  const known = { ...globalOptions, ...options };
  const words = usage.split(/\s+/).map((word) => word.replace(/^[[(]+/, ''));
  return words.some((word, at) => /^\p{L}/u.test(word) && !takesAsValue(words[at - 1] ?? '', known));
}

const takesAsValue = (word: string, known: CliCommand['options']): boolean =>
  word.startsWith('--') && known[word.slice(2)]?.type === 'string';
