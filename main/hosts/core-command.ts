import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '../domain/errors.ts';
import type { CoreCommand } from './core-process.ts';

const oldestNode = 24;

/** What the core's Node is told: SIGUSR1 opens no inspector in it. */
export const coreFlags: readonly string[] = ['--disable-sigusr1'];

/**
 * How to run a core entry: on the Node this process runs on when that is plain Node of a fitting version, else on the
 * one Keyward ships.
 * @throws AppError unsupported when there is no such Node.
 */
export function coreCommand(entry: string, workspaceDirectory: string, node: string = nodeExecutable()): CoreCommand {
  return { executable: node, arguments: [...coreFlags, entry, '--workspace', workspaceDirectory] };
}

function nodeExecutable(): string {
  const isFitting = process.versions['electron'] === undefined && Number.parseInt(process.versions.node, 10) >= oldestNode;
  return isFitting ? process.execPath : shippedNode();
}

function shippedNode(): string {
  const [system, executable] = process.platform === 'win32' ? ['win', 'bin/node.exe'] : [process.platform, 'bin/node'];
  const name = process.platform === 'darwin' ? `node-bin-darwin-${process.arch}` : `node-${system}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), executable);
  } catch (cause) {
    throw new AppError('unsupported', 'The Node.js that Keyward needs is not installed.', { what: name }, { cause });
  }
}
