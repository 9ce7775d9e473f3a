import type { CertificateDetails, CertificateSummary } from '../../contract/certificates.ts';
import type { Client } from '../../contract/client.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext, CommandResult } from '../command.ts';
import { everyPage } from '../every-page.ts';
import { findingLines } from '../finding-lines.ts';
import { handPassword } from '../hand-password.ts';
import { only, optional, required, text } from '../option-values.ts';
import { tableOr } from '../table.ts';
import { timeText } from '../time-text.ts';

/** The beginning of a SHA-256 that every command takes for a certificate: what is made at one time has ids that begin alike. */
export const shortEnough = 12;

const line = (row: CertificateSummary): string[] => [
  row.sha256.slice(0, shortEnough),
  row.emails.join(', ') || row.subject,
  row.purpose,
  row.status,
  row.notAfter.slice(0, 10),
];

const certificateTable = (rows: readonly CertificateSummary[]): string =>
  tableOr('There are no such certificates.', ['sha-256', 'for', 'purpose', 'status', 'until'], rows.map(line));

function factLines(certificate: CertificateDetails): string[] {
  const { personName, status, revokedAt, revocationReason, notBefore, notAfter, chain } = certificate;
  const facts: readonly (readonly [string, string])[] = [
    ['for', [...(personName === null ? [] : [personName]), ...certificate.emails].join(', ') || certificate.subject],
    ['purpose', certificate.purpose],
    ['status', revokedAt === null ? status : `${status}, ${revocationReason ?? 'no reason given'}, ${timeText(revokedAt)} UTC`],
    ['valid', `${timeText(notBefore)} to ${timeText(notAfter)} UTC`],
    ['profile', certificate.profile],
    ['key', `${certificate.keyAlgorithm}, ${certificate.keyState}`],
    ['chain', chain.map(({ name }) => name).join(' > ')],
    ['serial number', certificate.serialNumber],
    ['sha-256', certificate.sha256],
    ['id', certificate.id],
  ];
  return facts.map(([name, value]) => `${name.padEnd(15)}${value}`);
}

const attestationWords = {
  'not-offered': 'The card offered no statement of where this key was made.',
  'unknown-maker': 'The card’s statement of where this key was made cannot be checked: who certified the card is not known here.',
  false: 'The card’s statement of where this key was made DOES NOT HOLD.',
} as const;

/** What the card said of the key; nothing for one that is on none. */
function attestationLines(attestation: CertificateDetails['attestation']): string[] {
  if (attestation === null) return [];
  if (attestation.state !== 'verified') return [attestationWords[attestation.state]];
  const { serialNumber, firmware, formFactor, pinPolicy, touchPolicy } = attestation;
  const card = [serialNumber === null ? 'a card' : `card ${serialNumber}`, formFactor, `firmware ${firmware}`].filter(
    (part) => part !== '',
  );
  return [`Made on ${card.join(', ')}, as its maker attests: PIN ${pinPolicy}, touch ${touchPolicy}.`];
}

export const certificateCommands: readonly CliCommand[] = [
  {
    words: ['certificate', 'list'],
    usage: '[--person PERSON] [--search TEXT]',
    summary: 'what was issued',
    needs: 'signed-in',
    options: { person: { type: 'string' }, search: { type: 'string' } },
    async run({ client, options }) {
      const name = text(options, 'person');
      const person = name === undefined ? {} : { person: (await client.people.show({ person: name })).id };
      const certificates = await everyPage(async (after) => {
        const page = await client.certificates.list({ limit: 500, after, ...person, ...optional(options, 'search', 'search') });
        return { rows: page.certificates, next: page.next };
      });
      return { json: { certificates }, text: certificateTable(certificates) };
    },
  },
  {
    words: ['certificate', 'show'],
    usage: 'ID',
    summary: 'one certificate: its chain, whether it holds, what the rules say',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.certificates.show({ certificate: only(context, 'certificate') });
      const verdict = json.validation.valid
        ? 'It holds.'
        : `It does not hold: ${json.validation.findings.map(({ detail }) => detail).join(' ')}`;
      return {
        json,
        text: [...factLines(json), ...attestationLines(json.attestation), verdict, ...findingLines(json.findings)].join('\n'),
      };
    },
  },
  {
    words: ['certificate', 'verify'],
    usage: 'ID',
    summary: 'whether one of our certificates holds now; exit 1 when it does not',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const { validation } = await context.client.certificates.show({ certificate: only(context, 'certificate') });
      const result = {
        json: validation,
        text: validation.valid ? 'It holds.' : validation.findings.map(({ code, detail }) => `${code}: ${detail}`).join('\n'),
      };
      return validation.valid ? result : { ...result, exit: 1 };
    },
  },
  {
    words: ['certificate', 'export'],
    usage: 'ID... --format pem|der|chain|p12-modern|p12-compatible|pkcs8 [--password-file F] --out F',
    summary: 'a certificate, or with its private key as .p12 or encrypted PKCS #8',
    needs: 'signed-in',
    options: { format: { type: 'string' }, 'password-file': { type: 'string' }, out: { type: 'string' } },
    run: exportCertificate,
  },
  {
    words: ['certificate', 'revoke'],
    usage:
      'ID... --reason keyCompromise|superseded|affiliationChanged|privilegeWithdrawn|cessationOfOperation|unspecified|cACompromise|aACompromise [--note TEXT] [--invalidity-date T]',
    summary: 'revoke for good, and make the next list of revoked certificates',
    needs: 'signed-in',
    options: { reason: { type: 'string' }, note: { type: 'string' }, 'invalidity-date': { type: 'string' } },
    async run({ client, options, positionals }) {
      const certificates = await Promise.all(positionals.map(async (certificate) => (await client.certificates.show({ certificate })).id));
      const json = await client.certificates.revoke({
        certificates,
        ...({ reason: text(options, 'reason') ?? 'unspecified' } as { reason: 'unspecified' }),
        ...optional(options, 'note', 'note'),
        ...optional(options, 'invalidity-date', 'invalidityDate'),
      });
      return { json, text: [`Revoked: ${json.revoked.join(', ')}`, ...listLines(json)].join('\n') };
    },
  },
  {
    words: ['certificate', 'suspend'],
    usage: 'ID... [--note TEXT]',
    summary: 'put on hold where the profile allows it, and make the next list of revoked certificates',
    needs: 'signed-in',
    options: { note: { type: 'string' } },
    async run(context) {
      const json = await context.client.certificates.suspend(await heldOnes(context));
      return { json, text: [`On hold: ${json.suspended.join(', ')}`, ...listLines(json)].join('\n') };
    },
  },
  {
    words: ['certificate', 'resume'],
    usage: 'ID... [--note TEXT]',
    summary: 'take off hold, and make the next list of revoked certificates',
    needs: 'signed-in',
    options: { note: { type: 'string' } },
    async run(context) {
      const json = await context.client.certificates.resume(await heldOnes(context));
      return { json, text: [`Resumed: ${json.resumed.join(', ')}`, ...listLines(json)].join('\n') };
    },
  },
  {
    words: ['certificate', 'renew'],
    usage: 'PERSON [--algorithm A] [--override REASON]',
    summary: 'new keys and certificates for one person; the old decryption key is kept, a good key on a card left alone',
    needs: 'signed-in',
    options: { algorithm: { type: 'string' }, override: { type: 'string' } },
    async run(context) {
      const { id } = await context.client.people.show({ person: only(context, 'person') });
      const choices = { ...optional(context.options, 'algorithm', 'algorithm'), ...optional(context.options, 'override', 'override') };
      const json = await context.client.certificates.renew({ person: id, ...choices });
      return { json, text: renewalLines(json).join('\n') };
    },
  },
];

const heldOnes = async ({ client, options, positionals }: CommandContext) => ({
  certificates: await Promise.all(positionals.map(async (certificate) => (await client.certificates.show({ certificate })).id)),
  ...optional(options, 'note', 'note'),
});

const listLines = ({ lists, knownBy }: Pick<Awaited<ReturnType<Client['certificates']['resume']>>, 'lists' | 'knownBy'>): string[] => [
  ...(lists.length === 0
    ? ['No list says so yet: the key of its authority is offline. Bring it back, or its list (keyward authority add-list).']
    : []),
  ...lists.map(({ number }) => `List ${number} says so.`),
  knownBy === null
    ? 'No list was ever published: nobody outside knows until you publish one (keyward authority publish --out DIR).'
    : `Publish it: whoever asks for a new list only when the last published one runs out knows by ${timeText(knownBy)} UTC (keyward authority publish --out DIR).`,
];

const renewalLines = ({ certificates, kept, onToken }: Awaited<ReturnType<Client['certificates']['renew']>>): string[] => [
  `Renewed: ${certificates.join(', ')}`,
  ...(kept.length === 0 ? [] : [`Kept, so that old mail opens: ${kept.join(', ')}`]),
  ...(onToken.length === 0 ? [] : [`Good and left on their card: ${onToken.join(', ')}`]),
];

async function exportCertificate(context: CommandContext): Promise<CommandResult> {
  const { client, options, positionals } = context;
  const ids = await Promise.all(positionals.map(async (certificate) => (await client.certificates.show({ certificate })).id));
  const [first, ...more] = ids;
  if (first === undefined) throw new AppError('input.invalid', 'Name a certificate.', { field: 'certificate', rule: 'required' });
  const [format, out] = [required(options, 'format'), required(options, 'out')];
  if (isPrivate(format)) return exportPrivateKey(context, ids, format, out);
  if (more.length > 0) throw new AppError('input.invalid', 'This format holds one certificate.', { field: 'certificate', rule: 'one' });
  const file = await client.certificates.export({ certificate: first, ...({ format } as { format: 'pem' }) });
  context.files.write(out, file.bytes);
  return { json: { file: out, format }, text: `Written: ${out}` };
}

const isPrivate = (format: string): format is 'p12-modern' | 'p12-compatible' | 'pkcs8' =>
  ['p12-modern', 'p12-compatible', 'pkcs8'].includes(format);

async function exportPrivateKey(
  context: CommandContext,
  certificates: readonly string[],
  format: 'p12-modern' | 'p12-compatible' | 'pkcs8',
  out: string,
): Promise<CommandResult> {
  const passwordFile = text(context.options, 'password-file');
  const password = passwordFile === undefined ? {} : { password: context.secrets.fromFile(passwordFile) };
  const made = await context.client.certificates.exportPrivateKey({ certificates: [...certificates], format, ...password });
  context.files.write(out, made.file.bytes);
  handPassword(made.password, context);
  return { json: { file: out, format }, text: `Written: ${out}` };
}
