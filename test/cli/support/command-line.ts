import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { runCommandLine } from '../../../main/cli/run.ts';
import { openCore, openTools, type CoreOptions } from '../../../main/compose.ts';
import { errorLocale, faultLocale, findingLocale } from '../../../main/compose/locale.ts';
import { printOnce } from '../../../main/hosts/chromium/print-once.ts';
import { connectToCore } from '../../../main/hosts/workspace-socket.ts';
import { cheapVault, passphrase } from '../../services/support/practice.ts';

export interface Run {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with a passphrase file, in which command lines run on one workspace. */
export interface Desk {
  readonly directory: string;
  path(name: string): string;
  /** Writes a file for a command to read. */
  put(name: string, content: string | Uint8Array): string;
  /** Runs a command as a script would; with `--json` unless it is said otherwise. */
  run(...args: readonly string[]): Promise<Run>;
  /** Runs it with an input on stdin. */
  runWith(input: string, ...args: readonly string[]): Promise<Run>;
  /** Runs it, expects it to go well, and gives its JSON document. */
  json<T>(...args: readonly string[]): Promise<T>;
}

/** The command line in this process: the real one but for Argon2id's cost. */
export function newDesk(options: Partial<CoreOptions> = {}): Desk {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-cli-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = (name: string) => join(directory, name);
  const put = (name: string, content: string | Uint8Array) => {
    writeFileSync(path(name), content, { mode: 0o600 });
    return path(name);
  };
  put('passphrase', `${passphrase}\n`);
  const runWith = (input: string, ...args: readonly string[]) =>
    runHere(options, input, ['--workspace', path('workspace'), '--passphrase-file', path('passphrase'), ...args]);
  const run = (...args: readonly string[]) => runWith('', ...args);
  const json = async <T>(...args: readonly string[]): Promise<T> => {
    const { exit, stdout, stderr } = await run(...args, '--json');
    if (exit !== 0) throw new Error(`exit ${exit}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  };
  return { directory, path, put, run, runWith, json };
}

async function runHere(options: Partial<CoreOptions>, input: string, argv: readonly string[]): Promise<Run> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({ isTTY: false, write: (text: string) => ((written[name] += text), true) });
  const stdin = Object.assign(Readable.from([Buffer.from(input)]), { isTTY: false, fd: 0 });
  const exit = await runCommandLine({
    argv,
    ways: {
      openOwn: (workspaceDirectory) => openCore({ vault: cheapVault(), ...options, workspaceDirectory }),
      connect: connectToCore,
      openPure: openTools,
    },
    locale: errorLocale,
    findingLocale,
    faultLocale,
    printToPdf: printOnce,
    version: 'test',
    process: { stdin, stdout: stream('stdout'), stderr: stream('stderr'), env: {}, platform: 'linux' } as never,
  });
  return { exit, ...written };
}

/** A desk with a practice of P-256 keys. */
export async function deskWithPractice(options: Partial<CoreOptions> = {}): Promise<Desk> {
  const desk = newDesk(options);
  await desk.json(
    'init',
    '--name',
    'Ridgeway Family Practice',
    '--root-algorithm',
    'p256',
    '--algorithm',
    'p256',
    '--publish-url',
    'http://pki.ridgeway.example',
    '--recovery-code-file',
    desk.path('recovery-code'),
  );
  return desk;
}

export const staff =
  'name,email,department\nAda Lovelace,ada@ridgeway.example,Cardiology\nGrace Hopper,grace@ridgeway.example,Cardiology\n';
