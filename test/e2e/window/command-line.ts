import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Sample } from './sample.ts';

const program = resolve(import.meta.dirname, '../../../dist/core/cli.js');

/** The command line over a sample practice, as its administrator: each call gives what it answered. No window may be open over it. */
export function commandLine({ workspaceDirectory, passphrase }: Sample, directory: string) {
  const passphraseFile = join(directory, 'passphrase');
  writeFileSync(passphraseFile, passphrase, { mode: 0o600 });
  const common = ['--workspace', workspaceDirectory, '--passphrase-file', passphraseFile, '--json'];
  return (...given: readonly string[]): unknown => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...given, ...common], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`keyward ${given.slice(0, 2).join(' ')} ended with ${String(status)}: ${stderr}`);
    return JSON.parse(stdout);
  };
}
