import type { AuditOutcome } from '../audit/entry.ts';
import { codesOf } from './event-codes.ts';
import { detailsOf, objectsOf, type LoggedEvent } from './logged-event.ts';
import { visibleJson, visibleText } from './visible-text.ts';

/** 0 to 10, as ArcSight's Common Event Format has it. */
const severities: Readonly<Record<AuditOutcome, number>> = { success: 3, refused: 6, failed: 8 };

/** Backslashes that stand for themselves first, then what is written with one. */
const inHead = (text: string): string =>
  visibleText(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('|', String.raw`\|`);
const inExtension = (text: string): string =>
  visibleText(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('=', String.raw`\=`);

/** One event in the Common Event Format (CEF:0), without a syslog header. */
export function cefLine(event: LoggedEvent): string {
  const { entry } = event;
  const { event: kind, type } = codesOf(entry.action);
  const head = ['Keyward', 'Keyward', entry.origin.version, entry.action, (type ?? kind).meaning].map(inHead);
  return `CEF:0|${head.join('|')}|${severities[entry.outcome]}|${extension(event)}`;
}

function extension(event: LoggedEvent): string {
  const { entry, index, log, leafHash, operatorName } = event;
  const person = objectsOf(event).find(({ kind }) => kind === 'person');
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['rt', String(Date.parse(entry.time))],
    ['externalId', String(index)],
    ['act', entry.action],
    ['outcome', entry.outcome],
    ['suid', entry.operator],
    ['suser', operatorName ?? undefined],
    ['duid', person?.id],
    ['shost', entry.origin.machine],
    ['sproc', entry.origin.host],
    ['reason', entry.error],
    ['msg', entry.reason],
    ['cs1Label', 'objects'],
    ['cs1', visibleJson(objectsOf(event))],
    ['cs2Label', 'details'],
    ['cs2', visibleJson(detailsOf(event))],
    ['cs3Label', 'leafHash'],
    ['cs3', leafHash],
    ['cs4Label', 'log'],
    ['cs4', log],
  ];
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${inExtension(value)}`])).join(' ');
}
