import type { SubmissionView } from '../../contract/submission.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext } from '../command.ts';
import { count, flag, only, required, text } from '../option-values.ts';

/** Where test messages come from, and the mail server of the practice. */
export const submissionCommands: readonly CliCommand[] = [
  {
    words: ['mail', 'sender'],
    usage: '[PERSON]',
    summary:
      'the mailbox of the practice that signs test messages and gets their answers: shown, or chosen; never that of a member of staff',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const { client, positionals } = context;
      const json =
        positionals.length === 0
          ? await client.submission.show({})
          : await client.submission.setSender({ person: only(context, 'person') });
      return { json, text: senderLine(json) };
    },
  },
  {
    words: ['mail', 'smtp', 'set'],
    usage: '--host H [--port N] [--tls | --starttls] [--user U --password-file F] [--ca F]',
    summary:
      'name the mail server that sends test messages: TLS from the first octet (port 465) unless --starttls (port 587); its certificate is always checked; the password is sealed in the vault',
    needs: 'signed-in',
    options: {
      host: { type: 'string' },
      port: { type: 'string' },
      tls: { type: 'boolean' },
      starttls: { type: 'boolean' },
      user: { type: 'string' },
      'password-file': { type: 'string' },
      ca: { type: 'string' },
    },
    async run(context) {
      const json = await context.client.submission.set(serverOf(context));
      return { json, text: serverLine(json) };
    },
  },
  {
    words: ['mail', 'smtp', 'show'],
    usage: '',
    summary: 'the mail server of the practice, without its password',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.submission.show({});
      return { json, text: `${serverLine(json)}\n${senderLine(json)}` };
    },
  },
  {
    words: ['mail', 'smtp', 'check'],
    usage: '',
    summary: 'see whether it is there, is who it should be and lets us in; nothing is sent',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      await client.submission.check({});
      return { json: { reached: true }, text: 'The mail server answers, is the one that was named, and lets us in.' };
    },
  },
  {
    words: ['mail', 'smtp', 'remove'],
    usage: '',
    summary: 'forget the mail server; its password is overwritten in the vault',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      await client.submission.remove({});
      return { json: { removed: true }, text: 'No mail is sent from here any more.' };
    },
  },
];

const senderLine = ({ sender }: SubmissionView): string =>
  sender === null ? 'No mailbox of the practice is chosen.' : `Test messages come from ${sender.address}.`;

const serverLine = ({ server }: SubmissionView): string =>
  server === null
    ? 'No mail server is named.'
    : `Mail goes through ${server.host}:${server.port}, ${server.security}, as ${server.user ?? 'nobody'}.`;

/** @throws AppError input.invalid */
function serverOf({ options, files, secrets }: CommandContext) {
  if (flag(options, 'tls') && flag(options, 'starttls'))
    throw new AppError('input.invalid', 'Either --tls or --starttls.', { field: 'security', rule: 'one' });
  const security = flag(options, 'starttls') ? 'starttls' : 'tls';
  const [ca, password, user] = [text(options, 'ca'), text(options, 'password-file'), text(options, 'user')];
  return {
    host: required(options, 'host'),
    port: count(options, 'port') ?? (security === 'tls' ? 465 : 587),
    security,
    user: user ?? null,
    trust: ca === undefined ? null : Buffer.from(files.read(ca).bytes).toString('utf8'),
    ...(password === undefined ? {} : { password: secrets.fromFile(password) }),
  } as const;
}
