import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));
const staffList = join(root, 'resources/sample-practice/staff.csv');

export interface SamplePractice {
  readonly workspaceDirectory: string;
  readonly passphrase: string;
}

const certificates = z.object({ certificates: z.array(z.object({ id: z.string(), emails: z.array(z.string()) })) });

/** Makes the sample practice by the command line, as its administrator would: staff enrolled, one OpenPGP key, one certificate revoked. */
export function makeSamplePractice(directory: string): SamplePractice {
  const workspaceDirectory = join(directory, 'practice');
  const passphraseFile = join(directory, 'passphrase');
  const passphrase = randomBytes(12).toString('base64url');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(passphraseFile, passphrase, { mode: 0o600 });
  const keyward = (...given: readonly string[]): unknown =>
    runKeyward([...given, '--workspace', workspaceDirectory, '--passphrase-file', passphraseFile]);
  keyward(
    'init',
    '--name',
    'Ridgeway Family Practice',
    '--as',
    'Nadia',
    '--algorithm',
    'p256',
    '--recovery-code-file',
    join(directory, 'recovery-code'),
  );
  keyward('enroll', '--csv', staffList);
  keyward('openpgp', 'generate', 'a.okafor@ridgeway.example');
  // Of one person, always the same: somebody whom no picture or test looks at otherwise.
  const [one] = certificates.parse(keyward('certificate', 'list', '--search', 't.zielinski')).certificates;
  if (one === undefined) throw new Error('the sample practice has no certificate');
  keyward('certificate', 'revoke', one.id, '--reason', 'keyCompromise', '--yes');
  return { workspaceDirectory, passphrase };
}

/** Packages as they stand in an ordinary week: one proved to nobody yet, others waiting; and the practice's own mailbox. */
export function handOutPackages({ workspaceDirectory, passphrase }: SamplePractice, directory: string): void {
  const passphraseFile = join(directory, 'passphrase');
  writeFileSync(passphraseFile, passphrase, { mode: 0o600 });
  const keyward = (...given: readonly string[]): unknown =>
    runKeyward([...given, '--workspace', workspaceDirectory, '--passphrase-file', passphraseFile]);
  const people = ['a.okafor', 'n.eze', 'm.yildirim'].map((name) => `${name}@ridgeway.example`);
  const places = ['--out', join(directory, 'packages'), '--passwords', join(directory, 'slips')];
  const { packages } = z
    .object({ packages: z.array(z.object({ id: z.string() })) })
    .parse(keyward('mail', 'deliver', ...people, '--client', 'outlook', ...places));
  keyward('mail', 'pick-up', packages[0]?.id ?? '', '--note', 'showed her badge');
}

/** As it was built for the window: from its sources each call would take seconds more. */
function runKeyward(given: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/core/cli.js'), ...given, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`keyward ${given.slice(0, 2).join(' ')} ended with ${String(status)}: ${stdout}${stderr}`);
  return JSON.parse(stdout);
}
