import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { childEnvironment, windowsChildEnvironment } from '../../../domain/process/environment.ts';
import { AppError } from '../../../domain/errors.ts';

export interface ToolRun {
  /** Absolute. */
  readonly program: string;
  /** Never a secret: those go by files. */
  readonly arguments: readonly string[];
  /** A directory whose libraries the tool takes before the system's: Thunderbird's own, never one anybody named. */
  readonly libraries?: string | undefined;
  /** A file it reads as its input; nothing otherwise. */
  readonly input?: string | undefined;
  /** What it reads as its input instead, without a file; stays the caller's to wipe. */
  readonly typed?: Uint8Array | undefined;
  /** It may ask a person something, who takes their time. */
  readonly asksSomebody?: boolean;
}

export interface ToolOutcome {
  readonly status: number;
  readonly output: string;
  readonly error: string;
}

/** Runs one tool to its end. @throws AppError client.absent when it is not there; internal when it does not end */
export type RunTool = (run: ToolRun) => Promise<ToolOutcome>;

/** Far above what any of these tools takes, in milliseconds; and what they may write, in octets. */
const longestRun = 60_000;
const longestAnswer = 300_000;
const longestOutput = 16 << 20;

/** In a session of its own, so that a tool that wants a password finds no terminal to ask at. */
export const runTool: RunTool = async (run) => {
  const input = run.input === undefined ? undefined : openSync(run.input, 'r');
  try {
    return await runWith(run, input ?? (run.typed === undefined ? 'ignore' : 'pipe'));
  } finally {
    if (input !== undefined) closeSync(input);
  }
};

const isWindows = process.platform === 'win32';

const runWith = (run: ToolRun, input: number | 'ignore' | 'pipe'): Promise<ToolOutcome> =>
  new Promise((resolve, reject) => {
    const libraries = run.libraries === undefined ? {} : { LD_LIBRARY_PATH: run.libraries };
    const child = spawn(run.program, run.arguments, {
      env: isWindows ? windowsChildEnvironment(process.env) : { ...childEnvironment(process.env), LC_ALL: 'C.UTF-8', ...libraries },
      cwd: '/',
      detached: !isWindows,
      windowsHide: true,
      stdio: [input, 'pipe', 'pipe'],
    });
    const written = { output: '', error: '' };
    const collect = (name: keyof typeof written) => (chunk: string) => {
      written[name] += chunk;
      if (written[name].length > longestOutput) child.kill('SIGKILL');
    };
    child.stdout?.setEncoding('utf8').on('data', collect('output'));
    child.stderr?.setEncoding('utf8').on('data', collect('error'));
    const timer = setTimeout(() => child.kill('SIGKILL'), run.asksSomebody === true ? longestAnswer : longestRun);
    // One that ends without having read everything says so by its status.
    child.stdin?.on('error', () => undefined).end(run.typed);
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(new AppError('client.absent', 'A tool of the system is missing.', { tool: nameOf(run.program) }, { cause }));
    });
    child.on('close', (status) => {
      clearTimeout(timer);
      if (status === null) reject(new AppError('internal', 'A tool of the system did not end.', { tool: nameOf(run.program) }));
      else resolve({ status, ...written });
    });
  });

const nameOf = (program: string): string => program.slice(program.lastIndexOf('/') + 1);
