import type { TokenSummary } from '../../contract/tokens.ts';
import type { CliCommand } from '../command.ts';
import { only } from '../option-values.ts';
import { table } from '../table.ts';

/** What the maker of a card attests of a key that was made on it, in a few words. */
export function attestedWords({ attestations }: Pick<TokenSummary, 'attestations'>, certificate: string): string {
  const found = attestations.find((one) => one.certificate === certificate)?.attestation;
  if (found === undefined) return '';
  switch (found.state) {
    case 'verified':
      return `made on it, its maker attests: PIN ${found.pinPolicy}, touch ${found.touchPolicy}`;
    case 'not-offered':
      return 'nobody attests where it was made';
    case 'unknown-maker':
      return 'attested by a maker that is not known (token attestation-roots)';
    case 'false':
      return 'what is kept of its attestation does not hold';
  }
}

/** Whose word is believed about keys on cards. */
export const attestationCommands: readonly CliCommand[] = [
  {
    words: ['token', 'attestation-roots'],
    usage: '',
    summary: 'who certifies cards that attest what they have made: those that come with Keyward, and those that were taken in',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.tokens.attestationIssuers({});
      const rows = json.issuers.map(({ sha256, subject, isBuiltIn }) => [sha256, subject, isBuiltIn ? 'comes with Keyward' : 'taken in']);
      return { json, text: table(['sha256', 'name', ''], rows) };
    },
  },
  {
    words: ['token', 'attestation-roots', 'add'],
    usage: 'FILE',
    summary: 'believe another maker of cards: its certificates (PEM or DER), once they were compared with what the maker publishes',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const file = context.files.read(only(context, 'file'));
      const json = await context.client.tokens.addAttestationIssuers({ file });
      return { json, text: json.added.map(({ sha256, subject }) => `Taken in: ${subject}\nSHA-256: ${sha256}`).join('\n') };
    },
  },
  {
    words: ['token', 'attestation-roots', 'remove'],
    usage: 'SHA256',
    summary: 'believe a maker that was taken in no more',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.tokens.removeAttestationIssuer({ sha256: only(context, 'sha256') });
      return { json, text: `Removed: ${json.removed}` };
    },
  },
];
