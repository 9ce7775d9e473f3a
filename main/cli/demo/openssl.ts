import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { childEnvironment } from '../../domain/process/environment.ts';

/** Where systems keep it; looked for by absolute path, never along PATH. */
const places = [
  '/usr/bin/openssl',
  '/opt/homebrew/bin/openssl',
  '/usr/local/bin/openssl',
  'C:\\Program Files\\OpenSSL-Win64\\bin\\openssl.exe',
];

/** The openssl command line as a second opinion. */
export interface Openssl {
  /** Whether it ended well; `input` is its standard input. */
  check(args: readonly string[], input?: Uint8Array): boolean;
}

/** Undefined where there is none. */
export function findOpenssl(): Openssl | undefined {
  const path = places.find((place) => existsSync(place));
  if (path === undefined) return undefined;
  return {
    check: (args, input) =>
      spawnSync(path, args, { input, env: childEnvironment(process.env), stdio: ['pipe', 'ignore', 'ignore'] }).status === 0,
  };
}
