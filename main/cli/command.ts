import type { ParseArgsOptionsConfig } from 'node:util';
import type { Client, Pushes } from '../contract/client.ts';
import type { LogFault } from '../domain/audit/log-fault.ts';
import type { Finding } from '../domain/people/finding.ts';
import type { CommandFiles } from './files.ts';
import type { CommandSecrets } from './secrets.ts';

/** Options of one command as `util.parseArgs` takes them; long names as in the documentation. */
export type OptionTypes = ParseArgsOptionsConfig;

export type OptionValues = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** What a command works with. */
export interface CommandContext {
  readonly client: Client;
  readonly options: OptionValues;
  readonly positionals: readonly string[];
  readonly files: CommandFiles;
  readonly secrets: CommandSecrets;
  /** An HTML page without scripts as PDF. @throws AppError unsupported where nothing here can */
  printToPdf(html: Uint8Array): Promise<Uint8Array>;
  /** What a person reads about a row of a staff list. */
  wordFinding(finding: Finding): string;
  /** What a person reads about a log that does not hold. */
  wordFault(fault: LogFault): string;
  /** Prose and progress, for people: stderr, silent with --quiet. */
  say(text: string): void;
  /** A bar on a terminal, one line a tenth elsewhere; silent with --quiet. */
  progress(done: number, total: number, what: string): void;
  subscribe<N extends keyof Pushes>(name: N, listener: (payload: Pushes[N]) => void): () => void;
}

/** What a command gives: the one JSON document of `--json`, the same for a person, and a verdict if it is one. */
export interface CommandResult {
  readonly json: unknown;
  readonly text: string;
  /** 1: a negative verdict. 9: the log does not hold. */
  readonly exit?: 1 | 9;
}

export type Needs = 'signed-in' | 'door' | 'pure';

export interface CliCommand {
  /** The words that call it, such as `people import`. */
  readonly words: readonly string[];
  /** Behind the words in the help. */
  readonly usage: string;
  readonly summary: string;
  readonly options: OptionTypes;
  /** `signed-in`: signs in first. `door`: works before anybody can. `pure`: needs no workspace at all. */
  readonly needs: Needs;
  /** What it needs with these options, where they ask for more. */
  needsFor?(options: OptionValues): Needs;
  /** What must happen before the core is opened; what it throws ends the command, and no core was there. */
  prepare?(options: OptionValues): void;
  /** A workspace of its own instead of `--workspace`. */
  workspace?(options: OptionValues): string;
  run(context: CommandContext): Promise<CommandResult>;
}
