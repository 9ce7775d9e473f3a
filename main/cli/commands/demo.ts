import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { generatePassword, passwordRandomOctets } from '../../domain/pfx/generate-password.ts';
import type { CliCommand, OptionValues } from '../command.ts';
import { runDemo, type DemoResult, type SamplePractice } from '../demo/run-demo.ts';
import { prepareSoftToken } from '../demo/soft-token.ts';
import { text } from '../option-values.ts';
import { table } from '../table.ts';

const sample = (): SamplePractice => ({
  name: 'Ridgeway Family Practice',
  mailDomain: 'ridgeway.example',
  publishUrl: 'http://pki.ridgeway.example',
  staffList: readFileSync(new URL('../../../resources/sample-practice/staff.csv', import.meta.url)),
});

const started = new Date().toISOString().replace(/[:.]/g, '-');

/** `--out`, or a folder of its own in the system's place for temporary files. */
const directoryOf = (options: OptionValues): string => resolve(text(options, 'out') ?? join(tmpdir(), `keyward-demo-${started}`));

export const demoCommands: readonly CliCommand[] = [
  {
    words: ['demo'],
    usage: '[--out DIR]',
    summary: 'the sample practice end to end, each result checked by openssl, gpg and NSS',
    needs: 'door',
    options: { out: { type: 'string' } },
    prepare: (options) => {
      requireEmpty(directoryOf(options));
      prepareSoftToken(directoryOf(options));
    },
    workspace: (options) => join(directoryOf(options), 'workspace'),
    async run(context) {
      const directory = directoryOf(context.options);
      const secret = generatePassword(randomBytes(passwordRandomOctets));
      const begin = Date.now();
      const result = await runDemo(context, sample(), directory, secret);
      context.say(`passphrase of the sample practice and of its key files (shown once): ${new TextDecoder().decode(secret)}`);
      secret.fill(0);
      const isGood = result.auditHolds && result.checks.every(({ held, of }) => held === of);
      const answer = { json: result, text: `${summary(result)}\n\nDone in ${Math.round((Date.now() - begin) / 1000)} s.` };
      return isGood ? answer : { ...answer, exit: 1 };
    },
  },
];

/** @throws AppError conflict */
function requireEmpty(directory: string): void {
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new AppError('conflict', 'The folder for the demo is not empty.', { what: 'folder' });
}

function summary(result: DemoResult): string {
  const made = [
    ['people', String(result.people), join(result.directory, 'people')],
    ['certificates', String(result.certificates), join(result.directory, 'people')],
    ['OpenPGP key', result.openPgp.fingerprint.slice(-16), join(result.directory, 'openpgp')],
    ...(result.thunderbird === null
      ? []
      : [['Thunderbird profile', result.thunderbird.addresses.join(', '), result.thunderbird.directory]]),
    ...(result.token === null ? [] : [['signing key on a token', result.token.serialNumber, join(result.directory, 'token')]]),
    ['revoked', result.revoked, ''],
    ['list of revoked certificates', `number ${result.list}`, join(result.directory, 'published')],
    [
      'audit log',
      `${result.auditEntries} entries, ${result.auditHolds ? 'complete and unaltered' : 'DOES NOT ADD UP'}`,
      join(result.directory, 'workspace'),
    ],
  ];
  const checked = result.checks.map(({ by, what, held, of }) => [held === of ? 'ok' : 'FAILED', `${held} of ${of}`, what, by]);
  const verdicts = checked.length === 0 ? 'None of the programs that check is installed.' : table(['checked', '', '', 'by'], checked);
  return [table(['what was made', '', 'where'], made), '', verdicts].join('\n');
}
