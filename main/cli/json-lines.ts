import { createInterface } from 'node:readline';
import { z } from 'zod';
import { FileContent, Secret } from '../contract/secret.ts';
import { AppError } from '../domain/errors.ts';
import type { CliCommand, CommandContext, OptionValues } from './command.ts';
import { pureTools } from './commands/pure/pure-tools.ts';
import type { Connection } from './connection.ts';
import { exitCodeOf } from './exit-code.ts';
import { maximumFileSize, nodeFiles, type CommandFiles } from './files.ts';
import type { CommandLine } from './command-line.ts';
import { asReply } from './error-reply.ts';

/** A file in a request: a path, or its content. */
const inlineFile = z.strictObject({ base64: z.base64().max(maximumFileSize * 2) });

const requestSchema = z.looseObject({ id: z.unknown().optional(), command: z.string().max(100).optional() });

/**
 * `--jsonl`: one request object a line on stdin, one answer object a line on stdout, in order. Only the pure tools.
 * A line that is no request is answered with an error and stops nothing.
 */
export async function runLines(line: CommandLine, connection: Connection, only: CliCommand | undefined): Promise<number> {
  for await (const text of createInterface({ input: line.process.stdin, crlfDelay: Infinity })) {
    if (text.trim() !== '') line.process.stdout.write(`${JSON.stringify(await answer(line, connection, only, text))}\n`);
  }
  return 0;
}

interface LineAnswer {
  readonly id: unknown;
  readonly exit: number;
  readonly result?: unknown;
  readonly error?: unknown;
}

async function answer(line: CommandLine, connection: Connection, only: CliCommand | undefined, text: string): Promise<LineAnswer> {
  let id: unknown = null;
  try {
    const request = requestSchema.parse(JSON.parse(text));
    id = request.id ?? null;
    const command = only ?? pureTools.find(({ words }) => words.join(' ') === request.command);
    if (command?.needs !== 'pure')
      throw new AppError('input.invalid', 'Only the pure tools answer --jsonl.', { field: 'command', rule: 'unknown' });
    const context = contextOf(connection, request);
    if (command.needsFor !== undefined && command.needsFor(context.options) !== 'pure')
      throw new AppError('input.invalid', 'Keys that are kept here do not answer --jsonl.', { field: 'command', rule: 'pure' });
    const { json, exit = 0 } = await command.run(context);
    return { id, exit, result: json };
  } catch (error) {
    const reply =
      error instanceof SyntaxError || error instanceof z.ZodError ? asReply(noRequest(), line.locale) : asReply(error, line.locale);
    return { id, exit: exitCodeOf(reply.code), error: reply };
  }
}

const noRequest = (): AppError => new AppError('input.invalid', 'This line is not a request.', { field: 'line', rule: 'json' });

/** Keys are the long option names; a file that is given by content stands under a name of its own. */
function contextOf(connection: Connection, request: Readonly<Record<string, unknown>>): CommandContext {
  const inline = new Map<string, FileContent>();
  const nameOf = (value: unknown): unknown => {
    const content = inlineFile.safeParse(value);
    if (!content.success) return value;
    const name = `inline:${inline.size}`;
    inline.set(name, new FileContent(name, Buffer.from(content.data.base64, 'base64')));
    return name;
  };
  const { id: _, command: __, file, ...rest } = request;
  const options = Object.fromEntries(
    given(rest).map(([key, value]) => [key, optionValue(Array.isArray(value) ? value.map(nameOf) : nameOf(value))]),
  );
  const files: CommandFiles = {
    ...nodeFiles,
    read: (path) => inline.get(path) ?? nodeFiles.read(noStdin(path)),
    open: (path) => inline.get(path) ?? nodeFiles.open(noStdin(path)),
  };
  const fromFile = (path: string): Secret => firstLineOf(files.read(path));
  const positional = nameOf(file);
  return {
    ...connection,
    files,
    options: options as OptionValues,
    positionals: typeof positional === 'string' ? [positional] : [],
    secrets: { ...noSecrets, fromFile },
    say: () => undefined,
    printToPdf: () => Promise.reject(new AppError('unsupported', 'A line prints nothing.', { what: 'printing' })),
    progress: () => undefined,
    wordFinding: ({ code }) => code,
    wordFault: ({ kind }) => kind,
  };
}

/** `null` is a key that was not given. */
const given = (keys: object): [string, unknown][] => Object.entries(keys).filter(([, value]) => value !== null);

/** Stdin is taken by the requests themselves. @throws AppError input.invalid */
function noStdin(path: string): string {
  if (path === '-') throw new AppError('input.invalid', 'A line cannot read from stdin as well.', { field: 'file', rule: 'stdin' });
  return path;
}

/** Numbers are options too; everything else must be text, a flag or a list of texts. */
function optionValue(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  const isFine =
    typeof value === 'string' || typeof value === 'boolean' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
  if (!isFine) throw new AppError('input.invalid', 'A value of the request is of the wrong kind.', { field: 'request', rule: 'type' });
  return value;
}

const refuse = (): never => {
  throw new AppError('input.invalid', 'The pure tools take no secrets here.', { field: 'request', rule: 'secret' });
};

/** The first line of a password file, as `CommandSecrets.fromFile` has it; what stood in the request is not wiped. */
function firstLineOf({ bytes }: FileContent): Secret {
  const lineFeed = bytes.indexOf(0x0a);
  const line = lineFeed < 0 ? bytes : bytes.subarray(0, lineFeed);
  return new Secret(Uint8Array.from(line.at(-1) === 0x0d ? line.subarray(0, -1) : line));
}

const noSecrets: Omit<CommandContext['secrets'], 'fromFile'> = {
  canAsk: false,
  isPinGiven: false,
  passphrase: async () => refuse(),
  newPassphrase: async () => refuse(),
  totp: async () => refuse(),
  pin: async () => refuse(),
  other: async () => refuse(),
  ask: async () => refuse(),
};
