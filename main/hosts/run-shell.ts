import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { childEnvironment, windowsChildEnvironment } from '../domain/process/environment.ts';
import { platformDirectories } from '../domain/process/directories.ts';
import { AppError } from '../domain/errors.ts';

/** Where one window keeps its things, and which practice it shows. */
export interface ShellPlaces {
  readonly workspaceDirectory: string;
  readonly profileDirectory: string;
  readonly stateDirectory: string;
}

/** A window that has been opened. */
export interface OpenedShell {
  close(): Promise<void>;
  readonly closed: Promise<void>;
}

/** Variables that have done their work before any of our code runs. */
const early = ['NODE_OPTIONS', 'NODE_DEBUG', 'NODE_DEBUG_NATIVE', 'NODE_V8_COVERAGE', 'SSLKEYLOGFILE', 'LD_PRELOAD'];

/**
 * The whole life of a shell process: opens the window of the practice named by `--workspace`, or of the platform's own
 * place for it, and ends with it. `open` is called only once the environment holds nothing but the fixed list; what it
 * imports sees no other.
 */
export async function runShell(argv: readonly string[], open: (places: ShellPlaces) => Promise<OpenedShell>): Promise<void> {
  process.umask(0o077);
  const isTainted = early.some((name) => process.env[name] !== undefined);
  cleanEnvironment();
  if (isTainted && process.versions['electron'] === undefined) return startAgain(argv);
  try {
    const shell = await open(shellPlaces(argv));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void shell.close());
    await shell.closed;
  } catch (error) {
    report(error);
  }
}

/** The same once more, as if nothing had been set. */
function startAgain(argv: readonly string[]): void {
  const { status } = spawnSync(process.execPath, argv.slice(1), { stdio: 'inherit' });
  process.exitCode = status ?? 70;
}

/** Before any child is started: Node adds NODE_V8_COVERAGE of its own accord to whatever environment a child is given. */
function cleanEnvironment(): void {
  const kept = process.platform === 'win32' ? windowsChildEnvironment(process.env) : childEnvironment(process.env);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, kept);
}

/** @throws AppError input.invalid where neither the command line nor the environment says where to look. */
function shellPlaces(argv: readonly string[]): ShellPlaces {
  const own = platformDirectories(process.platform, process.env);
  if (own === undefined) throw new AppError('input.invalid', 'The environment names no home directory.', { field: 'HOME' });
  const named = argv.includes('--workspace') ? argv[argv.indexOf('--workspace') + 1] : own.workspace;
  if (named === undefined) throw new AppError('input.invalid', '--workspace needs a directory.', { field: 'workspace' });
  const workspaceDirectory = resolve(named);
  const name = createHash('sha256').update(workspaceDirectory).digest('hex').slice(0, 16);
  return { workspaceDirectory, profileDirectory: join(own.windowProfile, name), stateDirectory: join(own.state, name) };
}

/** A window that is open already has come to the front: that is what was wanted. */
function report(error: unknown): void {
  if (error instanceof AppError && error.code === 'store.busy') return;
  process.stderr.write(`error: ${error instanceof AppError ? error.message : 'The window could not be opened.'}\n`);
  process.exitCode = 70;
}
