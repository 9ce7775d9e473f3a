import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quickPasswords } from './quick-passwords.ts';

/** What gpg answered. */
export interface Answer {
  readonly succeeded: boolean;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A home of GnuPG for one test, private and short because of its sockets. */
export interface Keyring {
  /** Runs gpg without a terminal; a password reaches it through a descriptor only. */
  gpg(args: readonly string[], options?: { readonly input?: string | Uint8Array; readonly password?: string }): Answer;
  /** Imports a key or a revocation certificate. */
  take(content: string | Uint8Array): void;
  /** The records of a listing, as lists of fields (doc/DETAILS of GnuPG). */
  records(...args: readonly string[]): readonly (readonly string[])[];
  path(name: string): string;
  /** Writes a file into the home, as a setting. */
  put(name: string, content: string): void;
  /** Ends the agent that gpg started, and removes everything. */
  close(): void;
}

export function openKeyring(): Keyring {
  const home = mkdtempSync(join(tmpdir(), 'kg-'));
  const path = (name: string) => join(home, name);
  writeFileSync(path('gpg-agent.conf'), `${quickPasswords}\n`, { mode: 0o600 });
  const reader = process.env['PCSCLITE_CSOCK_NAME'];
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', GNUPGHOME: home, ...(reader && { PCSCLITE_CSOCK_NAME: reader }) };
  const gpg: Keyring['gpg'] = (args, { input, password } = {}) => {
    if (password !== undefined) writeFileSync(path('password'), `${password}\n`, { mode: 0o600 });
    const descriptor = password === undefined ? undefined : openSync(path('password'), 'r');
    const passing = descriptor === undefined ? [] : ['--pinentry-mode', 'loopback', '--passphrase-fd', '3'];
    const { status, stdout, stderr } = spawnSync('gpg', ['--batch', '--no-tty', ...passing, ...args], {
      env,
      input: input ?? '',
      stdio: ['pipe', 'pipe', 'pipe', descriptor ?? 'ignore'],
      timeout: 60_000,
    });
    if (descriptor !== undefined) closeSync(descriptor);
    return { succeeded: status === 0, stdout, stderr: stderr.toString('utf8') };
  };
  return {
    gpg,
    path,
    put: (name, content) => writeFileSync(path(name), content, { mode: 0o600 }),
    take: (content) => {
      const { succeeded, stderr } = gpg(['--import'], { input: content });
      if (!succeeded) throw new Error(`gpg did not import: ${stderr}`);
    },
    records: (...args) =>
      gpg(['--with-colons', ...args])
        .stdout.toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split(':')),
    close: () => {
      spawnSync('gpgconf', ['--kill', 'all'], { env });
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What gpg says of a key in its listing: validity letter, bits, algorithm, when it was made and ends, what it may do. */
export interface ListedKey {
  readonly validity: string;
  readonly algorithm: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly capabilities: string;
  readonly curve: string;
}

/** The primary key (`pub`, `sec`) or the subkey (`sub`, `ssb`) of the only key in a keyring. */
export function listedKey(keyring: Keyring, type: 'pub' | 'sub' | 'sec' | 'ssb'): ListedKey {
  const isSecret = type === 'sec' || type === 'ssb';
  const found = keyring.records(isSecret ? '--list-secret-keys' : '--list-keys').find(([record]) => record === type);
  if (found === undefined) throw new Error(`gpg lists no ${type}`);
  return {
    validity: found[1] ?? '',
    algorithm: Number(found[3]),
    createdAt: Number(found[5]),
    expiresAt: Number(found[6]),
    capabilities: found[11] ?? '',
    curve: found[16] ?? '',
  };
}
