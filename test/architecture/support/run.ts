import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { root } from './tree.ts';

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  /** Both streams, for a message that shows what the tool said. */
  readonly output: string;
}

/** Runs a program of node_modules/.bin to its end; how it ended is a value, not an exception. */
export function runTool(command: string, commandArguments: readonly string[], directory: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const program = join(root, 'node_modules/.bin', command);
    const options = { cwd: directory, maxBuffer: 256 * 1024 * 1024 };
    execFile(program, commandArguments, options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, output: stdout + stderr });
    });
  });
}
