import type { AlarmView, IncidentSummary, IncidentView } from '../../contract/incidents.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext, OptionValues } from '../command.ts';
import { count, only, optional, required } from '../option-values.ts';
import { table } from '../table.ts';

const words = (name: string): readonly string[] => ['audit', 'incident', name];
const evidenceOptions = { alarm: { type: 'string' }, entry: { type: 'string' }, certificate: { type: 'string' } } as const;

/** Alarms of the log, and what somebody looks into. */
export const auditIncidentCommands: readonly CliCommand[] = [
  {
    words: words('list'),
    usage: '',
    summary: 'alarms that the log raised, and incidents; newest first',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.incidents.list({});
      const alarms = table(['alarm', 'rule', 'about', 'acts', 'last', 'entries', 'state'], json.alarms.map(alarmLine));
      const incidents = table(['incident', 'title', 'discovered', 'state'], json.incidents.map(incidentLine));
      return { json, text: `${alarms}\n\n${incidents}` };
    },
  },
  {
    words: words('show'),
    usage: 'N',
    summary: 'one incident: its timeline, the keys it is about, and by when notices would be due',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const json = await context.client.incidents.show({ incident: numberOf(context) });
      return { json, text: incidentText(json) };
    },
  },
  {
    words: words('open'),
    usage: '--title TEXT [--discovered T] [--affected N] [--alarm N] [--entry N] [--certificate ID]',
    summary: 'begin to look into something: an alarm, an entry of the log, a certificate',
    needs: 'signed-in',
    options: { title: { type: 'string' }, discovered: { type: 'string' }, affected: { type: 'string' }, ...evidenceOptions },
    async run({ client, options }) {
      const affected = count(options, 'affected');
      const json = await client.incidents.open({
        title: required(options, 'title'),
        ...optional(options, 'discovered', 'discoveredAt'),
        ...(affected === undefined ? {} : { affected }),
        ...evidence(options),
      });
      return { json, text: `Incident ${json.incident} is open.` };
    },
  },
  {
    words: words('add'),
    usage: 'N [--alarm N] [--entry N] [--certificate ID]',
    summary: 'add an alarm, an entry of the log or a certificate to an incident',
    needs: 'signed-in',
    options: evidenceOptions,
    async run(context) {
      const incident = numberOf(context);
      await context.client.incidents.add({ incident, ...evidence(context.options) });
      return { json: { incident, added: true }, text: `Added to incident ${incident}.` };
    },
  },
  {
    words: words('note'),
    usage: 'N --text TEXT [--affected N]',
    summary: 'note what was found out or done, and how many people are concerned',
    needs: 'signed-in',
    options: { text: { type: 'string' }, affected: { type: 'string' } },
    async run(context) {
      const incident = numberOf(context);
      const affected = count(context.options, 'affected');
      const text = required(context.options, 'text');
      await context.client.incidents.note({ incident, text, ...(affected === undefined ? {} : { affected }) });
      return { json: { incident, noted: true }, text: `Noted for incident ${incident}.` };
    },
  },
  {
    words: words('close'),
    usage: 'N --conclusion TEXT',
    summary: 'end an incident; what was concluded stands',
    needs: 'signed-in',
    options: { conclusion: { type: 'string' } },
    async run(context) {
      const incident = numberOf(context);
      await context.client.incidents.close({ incident, conclusion: required(context.options, 'conclusion') });
      return { json: { incident, closed: true }, text: `Incident ${incident} is closed.` };
    },
  },
  {
    words: words('print'),
    usage: 'N --out FILE.html',
    summary: 'the record that a breach assessment needs, as a page to print',
    needs: 'signed-in',
    options: { out: { type: 'string' } },
    async run(context) {
      const incident = numberOf(context);
      const out = required(context.options, 'out');
      const { file } = await context.client.incidents.print({ incident });
      context.files.write(out, file.bytes);
      return { json: { incident, file: out }, text: `The record of incident ${incident} is in ${out}.` };
    },
  },
  {
    words: words('settle'),
    usage: 'ALARM --note TEXT',
    summary: 'say what an alarm was, when it is no incident',
    needs: 'signed-in',
    options: { note: { type: 'string' } },
    async run(context) {
      const alarm = numberOf(context);
      await context.client.incidents.settle({ alarm, note: required(context.options, 'note') });
      return { json: { alarm, settled: true }, text: `Alarm ${alarm} is settled.` };
    },
  },
];

/** @throws AppError input.invalid */
function numberOf(context: Pick<CommandContext, 'positionals'>): number {
  const value = only(context, 'number');
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new AppError('input.invalid', 'Name it by its number.', { field: 'number', rule: 'number' });
  return Number(value);
}

function evidence(options: OptionValues) {
  const [alarm, entry] = [count(options, 'alarm'), count(options, 'entry')];
  return {
    ...(alarm === undefined ? {} : { alarm }),
    ...(entry === undefined ? {} : { entry }),
    ...optional(options, 'certificate', 'certificate'),
  };
}

const alarmLine = ({ number, rule, about, count: acts, lastAt, firstIndex, lastIndex, state, incident, settled }: AlarmView): string[] => [
  String(number),
  rule,
  about ?? '',
  String(acts),
  lastAt,
  firstIndex === lastIndex ? String(firstIndex) : `${firstIndex}-${lastIndex}`,
  state === 'incident' ? `incident ${incident ?? ''}` : settled === null ? state : `settled: ${settled.note}`,
];

const incidentLine = ({ number, title, discoveredAt, state, closed }: IncidentSummary): string[] => [
  String(number),
  title,
  discoveredAt,
  closed === null ? state : `closed: ${closed.conclusion}`,
];

function incidentText({ number, title, discoveredAt, affected, notice, timeline, keys, closed }: IncidentView): string {
  const events = timeline.map(({ at, entry, alarm, note, certificate, addedBy }) => [
    at,
    note ?? (alarm === null ? undefined : `alarm ${alarm.number}: ${alarm.rule}`) ?? entry?.action ?? `certificate ${certificate ?? ''}`,
    entry?.operator ?? addedBy,
  ]);
  const opened = keys.map(({ name, emails, purpose, since, until, revoked, serialNumber }) => [
    name ?? '',
    emails.join(' '),
    purpose,
    since,
    until,
    revoked === null ? 'not revoked' : `revoked: ${revoked.reason}`,
    serialNumber,
  ]);
  return [
    `Incident ${number}: ${title}`,
    `Discovered ${discoveredAt}. People concerned: ${affected ?? 'not known yet'}.`,
    `If it is a breach: the people are told by ${notice.individuals}, the Secretary by ${notice.secretary}${notice.media === null ? '' : `, the media by ${notice.media}`}.`,
    ...(closed === null ? [] : [`Closed ${closed.at} by ${closed.by}: ${closed.conclusion}`]),
    '',
    table(['key of', 'mailboxes', 'for', 'since', 'until', 'state', 'number'], opened),
    '',
    table(['when', 'what', 'who'], events),
  ].join('\n');
}
