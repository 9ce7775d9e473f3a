import { visibleJson, visibleText } from './visible-text.ts';
import type { LoggedEvent } from './logged-event.ts';

const columns: readonly (readonly [string, (event: LoggedEvent) => string])[] = [
  ['index', ({ index }) => String(index)],
  ['time', ({ entry }) => entry.time],
  ['operator', ({ entry }) => entry.operator ?? ''],
  ['operator_name', ({ operatorName }) => operatorName ?? ''],
  ['action', ({ entry }) => entry.action],
  ['outcome', ({ entry }) => entry.outcome],
  ['error', ({ entry }) => entry.error ?? ''],
  ['reason', ({ entry }) => entry.reason ?? ''],
  ['subject', ({ entry }) => visibleJson(entry.subject)],
  ['host', ({ entry }) => entry.origin.host],
  ['machine', ({ entry }) => entry.origin.machine],
  ['version', ({ entry }) => entry.origin.version],
  ['log', ({ log }) => log],
  ['leaf_hash', ({ leafHash }) => leafHash],
];

/** RFC 4180. A cell that a spreadsheet would compute gets an apostrophe before it, so that it is text. */
function cell(text: string): string {
  const shown = visibleText(text);
  const inert = /^\s*[=+\-@|%\uff0b\uff0d\uff1d\uff20]/.test(shown) ? `'${shown}` : shown;
  return /^[\w.:/-]*$/.test(inert) ? inert : `"${inert.replaceAll('"', '""')}"`;
}

export const csvHead: string = columns.map(([name]) => name).join(',');

export const csvRow = (event: LoggedEvent): string => columns.map(([, value]) => cell(value(event))).join(',');
