import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A display that nobody sees, for as long as it is not stopped. */
export interface Display {
  /** As in the variable DISPLAY. */
  readonly name: string;
  readonly stop: () => void;
}

/** Starts Xvfb on a free display without a network port. Rejects when it is not installed or does not come up. */
export async function startDisplay(width: number, height: number): Promise<Display> {
  const server = spawn('/usr/bin/Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const pipe = server.stdio[3];
  if (pipe === null || pipe === undefined) throw new Error('Xvfb was started without its descriptor 3');
  const failed = once(server, 'exit').then(([code]) => Promise.reject(new Error(`Xvfb ended with ${String(code)}`)));
  const [number] = (await Promise.race([once(pipe, 'data'), once(server, 'error').then(([error]) => Promise.reject(error)), failed])) as [
    Buffer,
  ];
  failed.catch(() => undefined);
  return { name: `:${number.toString('utf8').trim()}`, stop: () => void server.kill() };
}
