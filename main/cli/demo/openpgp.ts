import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Secret } from '../../contract/secret.ts';
import type { CommandContext } from '../command.ts';
import { single, type Check } from './check.ts';
import { findProgram, type Program } from './program.ts';

export interface DemoOpenPgp {
  readonly fingerprint: string;
  readonly files: { readonly public: string; readonly secret: string; readonly revocation: string };
}

/** Makes one person an OpenPGP key and writes all that can be exported of it. `copy` gives the password of the secret half. */
export async function makeOpenPgp(
  { client, files }: CommandContext,
  person: string,
  directory: string,
  copy: () => Secret,
): Promise<DemoOpenPgp> {
  const { id, fingerprint } = await client.openpgp.generate({ person });
  const exported = {
    public: await client.openpgp.export({ key: id }),
    secret: (await client.openpgp.exportSecret({ key: id, password: copy() })).file,
    revocation: await client.openpgp.exportRevocation({ key: id }),
  };
  const write = (name: keyof typeof exported): string => {
    const path = join(directory, 'openpgp', exported[name].name);
    files.write(path, exported[name].bytes);
    return path;
  };
  return { fingerprint, files: { public: write('public'), secret: write('secret'), revocation: write('revocation') } };
}

/** gpg takes the key, works with it, and ends it. No check where there is no gpg. */
export function checkOpenPgp({ fingerprint, files }: DemoOpenPgp, message: string, password: Uint8Array): Check[] {
  const gpg = findProgram(['/usr/bin/gpg', '/usr/local/bin/gpg', '/opt/homebrew/bin/gpg']);
  if (gpg === undefined) return [];
  const home = mkdtempSync(join(tmpdir(), 'kg-'));
  try {
    const run = (...args: readonly string[]) => gpg.check(['--homedir', home, '--batch', '--no-tty', ...args]);
    const unlocked = (...args: readonly string[]) =>
      gpg.check(['--homedir', home, '--batch', '--no-tty', '--pinentry-mode', 'loopback', '--passphrase-fd', '0', ...args], password);
    const at = (name: string) => join(home, name);
    const imported = run('--import', files.public) && unlocked('--import', files.secret);
    const sign = (name: string) => unlocked('--local-user', fingerprint, '--output', at(name), '--detach-sign', message);
    const signed = sign('signature');
    const sealed = run('--trust-model', 'always', '--recipient', fingerprint, '--output', at('sealed'), '--encrypt', message);
    return [
      single('gpg', 'an OpenPGP key, both halves imported', imported),
      single('gpg', 'a message signed with it, and verified', signed && run('--verify', at('signature'), message)),
      single('gpg', 'a message encrypted to it, and opened', sealed && unlocked('--output', at('opened'), '--decrypt', at('sealed'))),
      single('gpg', 'ended by its revocation certificate', run('--import', files.revocation) && !sign('late')),
    ];
  } finally {
    endAgent(home);
    rmSync(home, { recursive: true, force: true });
  }
}

function endAgent(home: string): void {
  const gpgconf: Program | undefined = findProgram(['/usr/bin/gpgconf', '/usr/local/bin/gpgconf', '/opt/homebrew/bin/gpgconf']);
  gpgconf?.check(['--homedir', home, '--kill', 'all']);
}
