import type { WitnessAnswer, WitnessView } from '../../contract/witnesses.ts';
import type { CliCommand } from '../command.ts';
import { only, optional, required } from '../option-values.ts';
import { table } from '../table.ts';

const words = (name: string): readonly string[] => ['audit', 'witness', name];

/** Witnesses of the log (C2SP tlog-witness). */
export const auditWitnessCommands: readonly CliCommand[] = [
  {
    words: words('add'),
    usage: 'VKEY --url URL',
    summary: 'take note of a witness, by its public key and where it is asked; its operator needs the key of this log',
    needs: 'signed-in',
    options: { url: { type: 'string' } },
    async run(context) {
      const json = await context.client.witnesses.add({ vkey: only(context, 'vkey'), url: required(context.options, 'url') });
      return { json, text: `${json.name} is asked with \`audit witness ask\`, and never by itself.` };
    },
  },
  {
    words: words('list'),
    usage: '',
    summary: 'who is asked to cosign totals of the log, and what they cosigned last',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.witnesses.list({});
      const known = table(['witness', 'asked at', 'cosigned', 'when', 'state'], json.witnesses.map(line));
      return { json, text: `${known}\nThe key of this log, for whoever runs one: ${json.logKey}` };
    },
  },
  {
    words: words('remove'),
    usage: 'NAME',
    summary: 'ask it no more; what it cosigned is kept',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const name = only(context, 'name');
      await context.client.witnesses.remove({ name });
      return { json: { name, removed: true }, text: `${name} is asked no more.` };
    },
  },
  {
    words: words('ask'),
    usage: '[--name NAME]',
    summary:
      'have the newest signed total cosigned by one witness or all; exit 7 when nobody does, 9 when one knows another past of this log',
    needs: 'signed-in',
    options: { name: { type: 'string' } },
    async run({ client, options }) {
      const json = await client.witnesses.ask({ ...optional(options, 'name', 'name') });
      const isOther = json.answers.some(({ error }) => error === 'integrity.rollback-suspected');
      return { json, text: json.answers.map(answerWords).join('\n'), ...(isOther ? { exit: 9 as const } : {}) };
    },
  },
];

const line = ({ name, url, cosigned, failure }: WitnessView): string[] => [
  name,
  url,
  cosigned === null ? '' : String(cosigned.size),
  cosigned?.time ?? '',
  failure === null ? '' : `${failure.error} since ${failure.since}`,
];

const answerWords = ({ name, size, time, error }: WitnessAnswer): string =>
  error === null ? `${name} saw the total over ${size} entries ${time ?? ''} and cosigned it.` : `${name} has not cosigned: ${error}.`;
