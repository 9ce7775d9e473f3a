import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Door } from '../contract/door.ts';
import type { ErrorCode, ErrorDetails } from '../domain/errors.ts';
import { wordError } from '../domain/locale/word-error.ts';
import { wordFault } from '../domain/locale/word-fault.ts';
import { wordFinding } from '../domain/locale/word-finding.ts';
import { parseArguments, type ParsedArguments } from './arguments.ts';
import type { CliCommand, CommandContext, CommandResult, Needs, OptionValues } from './command.ts';
import type { CommandLine } from './command-line.ts';
import { connectionOver, openDoor } from './connection.ts';
import { asReply } from './error-reply.ts';
import { exitCodeOf } from './exit-code.ts';
import { nodeFiles, tellingOfStdout } from './files.ts';
import { help } from './help.ts';
import { runLines } from './json-lines.ts';
import { openAuthorityAsTold } from './open-authority.ts';
import { descriptor, flag, text } from './option-values.ts';
import { createOutput, type Output } from './output.ts';
import { createSecrets, type CommandSecrets } from './secrets.ts';
import { signInAsTold } from './sign-in.ts';
import { askHidden } from './terminal.ts';

/** Runs one command and answers its exit code. Never throws: what went wrong is written and told by the code. */
export async function runCommandLine(line: CommandLine): Promise<number> {
  const isJson = line.argv.includes('--json') || line.argv.includes('--jsonl');
  const output = createOutput(line.process, { isJson, isQuiet: line.argv.includes('--quiet') });
  try {
    return await run(line, parseArguments(line.argv), output);
  } catch (error) {
    const reply = asReply(error, line.locale);
    output.error(reply);
    return exitCodeOf(reply.code);
  }
}

async function run(line: CommandLine, parsed: ParsedArguments, output: Output): Promise<number> {
  const { command, options } = parsed;
  if (flag(options, 'version')) return print(line, line.version);
  if (flag(options, 'help')) return print(line, helpFor(line, parsed));
  if (flag(options, 'jsonl')) return withDoor(await line.ways.openPure(), (door) => runLines(line, connectionOver(door), command));
  if (command === undefined) return print(line, helpFor(line, parsed));
  command.prepare?.(options);
  const needs = needsOf(command, options);
  const door =
    needs === 'pure' ? await line.ways.openPure() : await openDoor(line.ways, command.workspace?.(options) ?? workspaceOf(line, options));
  const result = await withDoor(door, async () => runOn(line, command, parsed, door, output));
  output.result(result);
  return result.exit ?? 0;
}

/** Columns of a line of help where the terminal does not say, and at most. */
const usualColumns = 100;

const helpFor = ({ process }: CommandLine, { command, positionals }: ParsedArguments): string =>
  help(command?.words ?? positionals, Math.min(process.stdout.columns ?? usualColumns, usualColumns));

const needsOf = (command: CliCommand, options: OptionValues): Needs => command.needsFor?.(options) ?? command.needs;

async function withDoor<T>(door: Door, use: (door: Door) => Promise<T>): Promise<T> {
  try {
    return await use(door);
  } finally {
    await door.close();
  }
}

async function runOn(
  line: CommandLine,
  command: CliCommand,
  { options, positionals }: ParsedArguments,
  door: Door,
  output: Output,
): Promise<CommandResult> {
  const secrets = secretsOf(line, options);
  const connection = connectionOver(door);
  const context: CommandContext = {
    ...connection,
    options,
    positionals,
    files: tellingOfStdout(nodeFiles, output.leaveStdout),
    secrets,
    say: output.say,
    printToPdf: line.printToPdf,
    wordFinding: (finding) => wordFinding(finding, line.findingLocale),
    wordFault: (fault) => wordFault(fault, line.faultLocale),
    progress: output.progress,
  };
  if (needsOf(command, options) === 'signed-in') {
    const { rollback } = await signInAsTold(context);
    if (rollback !== null) warn(line, 'integrity.rollback-suspected', { size: rollback.size, entries: rollback.entries });
    await openAuthorityAsTold(context);
  }
  return command.run(context);
}

/** On every command, however quiet, until it is explained. */
function warn({ process, locale }: CommandLine, code: ErrorCode, details: ErrorDetails): void {
  const { text: words, hint } = wordError(code, details, locale);
  process.stderr.write(`warning: ${code}: ${words}\nhint: ${hint}\n`);
}

function secretsOf({ process }: CommandLine, options: OptionValues): CommandSecrets {
  const isTerminal = process.stdin.isTTY && process.stderr.isTTY;
  return createSecrets({
    passphraseFile: text(options, 'passphrase-file'),
    passphraseDescriptor: descriptor(options, 'passphrase-fd'),
    newPassphraseFile: text(options, 'new-passphrase-file'),
    newPassphraseDescriptor: descriptor(options, 'new-passphrase-fd'),
    totpFile: text(options, 'totp-file'),
    totpDescriptor: descriptor(options, 'totp-fd'),
    pinFile: text(options, 'pin-file'),
    pinDescriptor: descriptor(options, 'pin-fd'),
    terminal: isTerminal ? askHidden(process.stdin, process.stderr) : undefined,
  });
}

/** `--workspace`, or the platform's place for application data. */
function workspaceOf({ process }: Pick<CommandLine, 'process'>, options: OptionValues): string {
  const named = text(options, 'workspace');
  if (named !== undefined) return resolve(named);
  const { platform, env } = process;
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Keyward');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Keyward');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'keyward');
}

function print({ process }: CommandLine, content: string): number {
  process.stdout.write(`${content}\n`);
  return 0;
}
