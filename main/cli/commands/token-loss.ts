import type { LossPreview, TokenLost } from '../../contract/tokens.ts';
import { groupFingerprint } from '../../domain/openpgp/fingerprint.ts';
import type { CliCommand } from '../command.ts';
import { flag, only, optional } from '../option-values.ts';
import { soPin, soPinOptions } from '../pin-options.ts';

/** A card that is gone, and one that comes back. */
export const lossCommands: readonly CliCommand[] = [
  {
    words: ['token', 'lost'],
    usage: 'SERIAL | CERTIFICATE | PERSON [--note T] [--preview]',
    summary: 'mark a token lost and revoke what was on it, with the next list; --preview says what would happen',
    needs: 'signed-in',
    options: { note: { type: 'string' }, preview: { type: 'boolean' } },
    async run({ client, options, positionals }) {
      const token = only({ positionals }, 'token');
      if (flag(options, 'preview')) {
        const json = await client.tokens.previewLoss({ token });
        return { json, text: previewText(json) };
      }
      const json = await client.tokens.reportLost({ token, ...optional(options, 'note', 'note') });
      return { json, text: lostText(json) };
    },
  },
  {
    words: ['token', 'found'],
    usage: 'SERIAL',
    summary: 'take back a token that was lost; what was revoked stays revoked',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.tokens.takeBack({ token: only(context, 'token') });
      const next = 'Put a new signing key on it (enroll --store token:), or wipe it (token wipe).';
      return { json, text: `Taken back: ${json.token}. What was revoked stays revoked. ${next}` };
    },
  },
  {
    words: ['token', 'wipe'],
    usage: 'SERIAL --so-pin-file F | --so-pin-fd N [--yes]',
    summary: 'take everything off a token, also its PIN; only where no certificate on it is good',
    needs: 'signed-in',
    options: soPinOptions,
    async run(context) {
      const [token, finalTry] = [only(context, 'token'), flag(context.options, 'yes')];
      const json = await context.client.tokens.wipe({ token, unlockCode: await soPin(context, token), finalTry });
      return { json, text: `Wiped: ${json.token}. \`token unblock\` gives it a PIN again.` };
    },
  },
];

function openPgpLine({ id, fingerprint, isRevoked }: TokenLost['openPgp'][number]): string {
  const key = `OpenPGP key ${groupFingerprint(fingerprint)}`;
  return isRevoked
    ? `Revoked: ${key}. Give its certificate to everybody who has it (openpgp export ${id}): it says so now.`
    : `Not revoked: ${key}. An administrator does that (openpgp revoke ${id}).`;
}

const ownerOf = ({ token, personName }: Pick<LossPreview, 'token' | 'personName'>): string =>
  personName === null ? token : `${token} of ${personName}`;

/** An authority's certificate is not taken back with a card: that is a decision of its own. */
const authorityLines = (names: readonly string[]): readonly string[] =>
  names.map(
    (name) =>
      `The key of the authority ${name} is on it: make another one (authority create --use), then revoke its certificate (certificate revoke --reason cACompromise) unless the card comes back.`,
  );

function previewText({ revoking, keeping, knownBy, owing, authorities, openPgp, lostAt, ...preview }: LossPreview): string {
  if (lostAt !== null) return `${ownerOf(preview)} is reported lost already, since ${lostAt.slice(0, 10)}.`;
  return [
    `If ${ownerOf(preview)} is reported lost:`,
    ...revoking.map(({ id, purpose, notAfter }) => `  revoked: ${id} (${purpose}, until ${notAfter.slice(0, 10)})`),
    ...openPgp.map(({ fingerprint }) => `  revoked: OpenPGP key ${groupFingerprint(fingerprint)}`),
    ...(revoking.length + openPgp.length === 0 ? ['  nothing is revoked: no certificate on it is good'] : []),
    ...keeping.map(({ id, purpose }) => `  goes on: ${id} (${purpose})`),
    ...(revoking.length === 0 ? [] : [`  others know ${knownBy === null ? 'once they are given the list' : `by ${knownBy}`}`]),
    ...owing.map((name) => `  no list can be made: the key of ${name} is offline`),
    ...authorityLines(authorities),
    'Nothing was changed.',
  ].join('\n');
}

function lostText({ revoked, lists, owing, authorities, openPgp, personId, ...lost }: TokenLost): string {
  return [
    `Reported lost: ${ownerOf(lost)}.`,
    ...revoked.map((id) => `Revoked: ${id}`),
    ...openPgp.map(openPgpLine),
    ...lists.map(({ number, nextUpdate }) => `List ${number} says so, until ${nextUpdate}: publish it (authority publish).`),
    ...owing.map((name) => `No list says so yet: the key of ${name} is offline (authority bring-back, or add-list).`),
    ...authorityLines(authorities),
    'Who finds it signs nothing and opens no mail without its PIN, and a few wrong ones lock it. They can read the name and address in its certificates.',
    ...(personId === null ? [] : [`Next: a new card (enroll ${personId} --store token:SERIAL).`]),
  ].join('\n');
}
