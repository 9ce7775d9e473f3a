import { resolve } from 'node:path';
import type { Client } from '../../contract/client.ts';
import type { SinkDelivery, SinkView } from '../../contract/sinks.ts';
import { AppError } from '../../domain/errors.ts';
import type { CliCommand, CommandContext } from '../command.ts';
import { flag, only, text } from '../option-values.ts';
import { table } from '../table.ts';

type Target = Parameters<Client['sinks']['add']>[0]['target'];

const words = (name: string): readonly string[] => ['audit', 'sink', name];

/** Where entries of the log are handed over to other systems. */
export const auditSinkCommands: readonly CliCommand[] = [
  {
    words: words('add'),
    usage:
      'NAME --syslog-tls HOST:PORT | --syslog-udp HOST:PORT | --fhir URL | --file F  [--format F] [--ca F] [--client-certificate F --client-key F] [--from-start]',
    summary:
      'hand the entries of the log over to another system: from now on or from the first; formats: json, atna, cef; of a file jsonl, csv, cef',
    needs: 'signed-in',
    options: {
      'syslog-tls': { type: 'string' },
      'syslog-udp': { type: 'string' },
      fhir: { type: 'string' },
      file: { type: 'string' },
      format: { type: 'string' },
      ca: { type: 'string' },
      'client-certificate': { type: 'string' },
      'client-key': { type: 'string' },
      'from-start': { type: 'boolean' },
    },
    async run(context) {
      const name = only(context, 'name');
      const json = await context.client.sinks.add({ name, target: readTarget(context), fromStart: flag(context.options, 'from-start') });
      return {
        json,
        text: `${name} gets the entries of the log from entry ${json.next} on, while the window is open and by \`audit sink deliver\`.`,
      };
    },
  },
  {
    words: words('list'),
    usage: '',
    summary: 'where the entries of the log are handed over, and how far that is',
    needs: 'signed-in',
    options: {},
    async run({ client }) {
      const json = await client.sinks.list({});
      return { json, text: table(['sink', 'kind', 'format', 'to', 'next', 'waiting', 'state'], json.sinks.map(line)) };
    },
  },
  {
    words: words('show'),
    usage: 'NAME',
    summary: 'one of them',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const name = only(context, 'name');
      const json = (await context.client.sinks.list({})).sinks.find((sink) => sink.name === name);
      if (json === undefined) throw new AppError('not-found', 'There is no sink of this name.', { what: 'sink', id: name });
      return { json, text: line(json).join('  ') };
    },
  },
  {
    words: words('remove'),
    usage: 'NAME',
    summary: 'hand nothing more over; what it has it keeps',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const name = only(context, 'name');
      await context.client.sinks.remove({ name });
      return { json: { removed: name }, text: `${name} gets nothing more.` };
    },
  },
  {
    words: words('test'),
    usage: 'NAME',
    summary: 'see whether it is there and is who it should be; nothing is handed over',
    needs: 'signed-in',
    options: {},
    async run(context) {
      const name = only(context, 'name');
      await context.client.sinks.test({ name });
      return { json: { name, reached: true }, text: `${name} answers, and is the one that was named.` };
    },
  },
  {
    words: words('deliver'),
    usage: '[NAME]',
    summary: 'hand over now what waits; exit 7 when it does not arrive',
    needs: 'signed-in',
    options: {},
    run: deliver,
  },
];

async function deliver(context: CommandContext) {
  const name = context.positionals.length === 0 ? undefined : only(context, 'name');
  const json = await context.client.sinks.deliver(name === undefined ? {} : { name });
  const failed = json.sinks.find(({ error }) => error !== null);
  if (failed?.error) throw new AppError(failed.error, 'Entries of the log could not be handed over.', { ...counted(failed) });
  return {
    json,
    text: json.sinks.map(({ name: sink, delivered, waiting }) => `${sink}: ${delivered} delivered, ${waiting} waiting`).join('\n'),
  };
}

const counted = ({ name, delivered, waiting }: SinkDelivery) => ({ sink: name, delivered, waiting });

const line = ({ name, kind, format, place, next, waiting, failure }: SinkView): string[] => [
  name,
  kind,
  format,
  place,
  String(next),
  String(waiting),
  failure === null ? 'good' : `${failure.error} since ${failure.since}, ${failure.tries} tries`,
];

/** The one place that was named. The contract says what of it may be. @throws AppError input.invalid */
function readTarget({ options, files }: CommandContext): Target {
  const named = (['syslog-tls', 'syslog-udp', 'fhir', 'file'] as const).filter((option) => text(options, option) !== undefined);
  const [kind] = named;
  if (kind === undefined || named.length > 1)
    throw new AppError('input.invalid', 'Name one place: --syslog-tls, --syslog-udp, --fhir or --file.', { field: 'sink', rule: 'one' });
  const [place, format] = [text(options, kind) ?? '', text(options, 'format')];
  const path = (name: string) => (text(options, name) === undefined ? null : resolve(text(options, name) ?? ''));
  const ca = text(options, 'ca');
  const trust = {
    trust: ca === undefined ? null : Buffer.from(files.read(ca).bytes).toString('utf8'),
    certificate: path('client-certificate'),
    key: path('client-key'),
  };
  if (kind === 'file') return { kind, path: resolve(place), ...formatOf(format, 'format') };
  if (kind === 'fhir') return { kind, url: place, ...trust };
  const address = { ...hostAndPort(place), ...formatOf(format, 'content') };
  return kind === 'syslog-tls' ? { kind, ...address, ...trust } : { kind, ...address };
}

const formatOf = (format: string | undefined, member: string) => (format === undefined ? {} : { [member]: format });

/** `host:port`, an address of IPv6 in brackets. @throws AppError input.invalid */
function hostAndPort(place: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, port] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(place) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || port === undefined)
    throw new AppError('input.invalid', 'A place is HOST:PORT.', { field: 'sink', rule: 'host-and-port' });
  return { host, port: Number(port) };
}
