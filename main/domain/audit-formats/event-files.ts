import { atnaMessage } from './atna.ts';
import { cefLine } from './cef.ts';
import { csvHead, csvRow } from './csv.ts';
import { fhirBundleEntry } from './fhir.ts';
import { jsonLine } from './json-lines.ts';
import type { LoggedEvent } from './logged-event.ts';
import { syslogMessage } from './rfc5424.ts';

export const eventFormats = ['jsonl', 'csv', 'cef', 'syslog', 'atna', 'fhir'] as const;
export type EventFormat = (typeof eventFormats)[number];

/** A file of events: what stands before them, each of them with its end, between them, and behind them. */
export interface EventFile {
  /** What its name ends with. */
  readonly extension: string;
  readonly head: string;
  readonly between: string;
  readonly tail: string;
  item(event: LoggedEvent): string;
}

const lines = (extension: string, line: (event: LoggedEvent) => string): EventFile => ({
  extension,
  head: '',
  between: '',
  tail: '',
  item: (event) => `${line(event)}\n`,
});

export const eventFiles: Readonly<Record<EventFormat, EventFile>> = {
  jsonl: lines('jsonl', jsonLine),
  csv: { ...lines('csv', csvRow), head: `${csvHead}\r\n`, item: (event) => `${csvRow(event)}\r\n` },
  cef: lines('cef', cefLine),
  syslog: lines('log', (event) => syslogMessage(event, 'json')),
  /** One message in each line. */
  atna: lines('atna.xml', atnaMessage),
  fhir: {
    extension: 'fhir.json',
    head: '{"resourceType":"Bundle","type":"collection","entry":[',
    between: ',',
    tail: '\n]}\n',
    item: (event) => `\n${fhirBundleEntry(event)}`,
  },
};
