import { basename, dirname, resolve } from 'node:path';
import type { BackupMade, BackupRestored, BackupStatus, BackupVerdict } from '../../contract/backup.ts';
import { Secret } from '../../contract/secret.ts';
import type { CliCommand, CommandContext } from '../command.ts';
import { count, flag, only, required, text } from '../option-values.ts';
import { table } from '../table.ts';

const keyFile = { 'key-file': { type: 'string' } } as const;

export const backupCommands: readonly CliCommand[] = [
  {
    words: ['backup', 'create'],
    usage: '--out FOLDER|FILE [--new-key-file F]',
    summary: 'the whole practice in one file, encrypted to the backup key; the first one makes that key and shows it once',
    needs: 'signed-in',
    options: { out: { type: 'string' }, 'new-key-file': { type: 'string' } },
    async run(context) {
      const out = resolve(required(context.options, 'out'));
      const { key } = await context.client.backup.status({});
      if (key === null) await makeKey(context, text(context.options, 'new-key-file'));
      const isFolder = context.files.list(out) !== undefined;
      const json = await context.client.backup.create(isFolder ? { folder: out } : { folder: dirname(out), name: basename(out) });
      return { json, text: madeText(json) };
    },
  },
  {
    words: ['backup', 'key'],
    usage: '[--new-key-file F]',
    summary: 'make another backup key; what was made before opens with the one before',
    needs: 'signed-in',
    options: { 'new-key-file': { type: 'string' } },
    async run(context) {
      const json = await makeKey(context, text(context.options, 'new-key-file'));
      return { json, text: `Backups from now on are encrypted to ${json.recipient}.` };
    },
  },
  {
    words: ['backup', 'list'],
    usage: '',
    summary: 'backups that were made here, newest first',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.backup.status({});
      const rows = json.backups.map(({ created, path, octets, entries }) => [created, path, String(octets), String(entries)]);
      return { json, text: table(['made', 'file', 'octets', 'entries'], rows) };
    },
  },
  {
    words: ['backup', 'schedule'],
    usage: '[--to FOLDER [--days 7] [--keep 10] | --off]',
    summary: 'have backups made by themselves while the window is open; without options, say how that stands',
    needs: 'signed-in',
    options: { to: { type: 'string' }, days: { type: 'string' }, keep: { type: 'string' }, off: { type: 'boolean' } },
    async run({ client, options }) {
      const folder = text(options, 'to');
      const wanted =
        folder === undefined ? null : { folder: resolve(folder), days: count(options, 'days') ?? 7, keep: count(options, 'keep') ?? 10 };
      if (wanted !== null || flag(options, 'off')) await client.backup.schedule({ schedule: wanted });
      const { schedule, failure } = await client.backup.status({});
      return { json: { schedule, failure }, text: scheduleText(schedule, failure) };
    },
  },
  {
    words: ['backup', 'verify'],
    usage: 'FILE [--key-file F]',
    summary:
      'prove that a backup opens, is whole, and that its log is the beginning of ours; exit 1 when it is of another practice, 9 when it is not sound',
    needs: 'signed-in',
    options: keyFile,
    async run(context) {
      const path = resolve(only(context, 'file'));
      const json = await context.client.backup.verify({ path, key: await backupKey(context) });
      return { json, text: verdictText(json), ...(json.verdict === 'good' ? {} : { exit: 1 }) };
    },
  },
  {
    words: ['backup', 'restore'],
    usage: 'FILE [--key-file F] [--without-newest N]',
    summary: 'bring a practice back into --workspace, where none is; beside one that knows N entries more, if you say so',
    needs: 'door',
    options: { ...keyFile, 'without-newest': { type: 'string' } },
    async run(context) {
      const path = resolve(only(context, 'file'));
      const withoutNewest = count(context.options, 'without-newest');
      const key = await backupKey(context);
      const json = await context.client.backup.restore({ path, key, ...(withoutNewest === undefined ? {} : { withoutNewest }) });
      return { json, text: restoredText(json) };
    },
  },
];

/** As printed, or as age-keygen writes it: the service reads both. */
async function backupKey({ options, files, secrets }: CommandContext): Promise<Secret> {
  const file = text(options, 'key-file');
  return file === undefined ? secrets.ask('Backup key: ') : new Secret(files.read(file).bytes);
}

/** To a file that age reads, or once to the person's eyes; never part of the JSON document. */
async function makeKey({ client, files, say }: CommandContext, file: string | undefined) {
  const { key, ...json } = await client.backup.makeKey({});
  if (file === undefined) {
    say(`backup key (shown once, print it and keep it where the backups are not): ${new TextDecoder().decode(key.reveal())}`);
  } else {
    const content = Buffer.concat([
      Buffer.from(`# created: ${json.madeAt}\n# public key: ${json.recipient}\n`),
      key.reveal(),
      Buffer.from('\n'),
    ]);
    files.write(file, content);
    content.fill(0);
  }
  key.wipe();
  return json;
}

const madeText = ({ path, octets, entries, sha256 }: BackupMade): string =>
  `${path}\n${octets} octets, ${entries} log entries, SHA-256 ${sha256}\nTry it: keyward backup verify ${path}`;

function verdictText({ verdict, practice, created, entries, behind, ahead }: BackupVerdict): string {
  const what = `${practice}, ${created}, ${entries} log entries`;
  if (verdict === 'other-workspace') return `This is the backup of another practice: ${what}.`;
  if (ahead > 0) return `The backup is good: ${what}. It is newer than this workspace by ${ahead} entries: the workspace is the older one.`;
  return `The backup is good: ${what}. It is older than now by ${behind} ${behind === 1 ? 'entry' : 'entries'}.`;
}

function restoredText({ directory, practice, created, entries, missing, stoppedJobs, logKey }: BackupRestored): string {
  return [
    `${practice} is restored as of ${created}, with ${entries} log entries, in ${directory}.`,
    missing === null ? 'What was done after that is not in it.' : `${missing} entries of the log beside it are not in it.`,
    ...(stoppedJobs === 0 ? [] : [`${stoppedJobs} enrolments that were under way have ended; enrol again who is still missing.`]),
    `The key of its log: ${logKey}`,
    'Sign in with the passphrases of that time. Revoke again what was revoked since, then publish the lists.',
  ].join('\n');
}

function scheduleText(schedule: BackupStatus['schedule'], failure: BackupStatus['failure']): string {
  if (schedule === null) return 'Nothing is backed up by itself.';
  const plan = `Every ${schedule.days} days to ${schedule.folder} while the window is open; the newest ${schedule.keep} are kept.`;
  return failure === null ? plan : `${plan}\nThe last time did not work, at ${failure.at}: ${failure.error}.`;
}
