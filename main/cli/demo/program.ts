import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { childEnvironment } from '../../domain/process/environment.ts';

/** Somebody else's program as a second opinion. */
export interface Program {
  /** Whether it ended well; `input` is its standard input, `environment` joins the fixed list every child gets. */
  check(args: readonly string[], input?: Uint8Array, environment?: Readonly<Record<string, string>>): boolean;
}

/** The first that is there of some absolute paths; never looked for along PATH. Undefined where there is none. */
export function findProgram(places: readonly string[]): Program | undefined {
  const path = places.find((place) => existsSync(place));
  if (path === undefined) return undefined;
  return {
    check: (args, input, environment = {}) =>
      spawnSync(path, args, {
        input,
        env: { ...childEnvironment(process.env), ...environment },
        stdio: ['pipe', 'ignore', 'ignore'],
        timeout: 60_000,
      }).status === 0,
  };
}

/** Where systems keep the openssl command line. */
export const opensslPlaces = [
  '/usr/bin/openssl',
  '/opt/homebrew/bin/openssl',
  '/usr/local/bin/openssl',
  'C:\\Program Files\\OpenSSL-Win64\\bin\\openssl.exe',
];
