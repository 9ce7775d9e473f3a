import { open, type FileHandle } from 'node:fs/promises';
import { eventFiles } from '../../domain/audit-formats/event-files.ts';
import type { LoggedEvent } from '../../domain/audit-formats/logged-event.ts';
import type { SinkTarget } from '../../domain/audit-formats/sink-target.ts';
import { AppError } from '../../domain/errors.ts';
import type { Delivery } from '../../ports/audit-sinks.ts';

type Target = SinkTarget & { readonly kind: 'file' };

/** Longer than any line that is written. */
const tail = 1 << 20;

/** Where a line says which entry it is. */
const indexIn: Readonly<Record<Target['format'], RegExp>> = {
  jsonl: /^\{"log":"[^"]{0,100}","index":(\d{1,15}),/,
  csv: /^(\d{1,15}),/,
  cef: /^CEF:0\|Keyward\|.{0,500} externalId=(\d{1,15}) /,
};

/**
 * Appends events to a file. Its last line says how far it is, so that nothing is there twice, also where a process was killed before it could
 * say so; a line that was not finished is taken back. A file that was moved away is begun anew.
 */
export async function appendFile({ path, format }: Target, events: readonly LoggedEvent[]): Promise<Delivery> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size, last } = await endOf(file, format);
    await file.truncate(size);
    const { head, item } = eventFiles[format];
    const missing = events.filter(({ index }) => index > last).map((event) => item(event));
    await file.appendFile(`${size === 0 ? head : ''}${missing.join('')}`);
    await file.sync();
    return { taken: events.length };
  } finally {
    await file.close();
  }
}

/** Whether it can be written, and holds nothing else. */
export async function probeFile({ path, format }: Target): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    await endOf(file, format);
  } finally {
    await file.close();
  }
}

/** Octets up to the end of the last whole line, and the entry in it; -1 where there is none. @throws AppError conflict for a file of something else */
async function endOf(file: FileHandle, format: Target['format']): Promise<{ readonly size: number; readonly last: number }> {
  const { size } = await file.stat();
  const from = Math.max(0, size - tail);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, tail)), 0, Math.min(size, tail), from);
  const octets = buffer.subarray(0, bytesRead);
  const end = octets.lastIndexOf(10) + 1;
  const line = octets.subarray(octets.subarray(0, Math.max(0, end - 1)).lastIndexOf(10) + 1, end).toString('utf8');
  if (from + end === 0) return requireOurs(octets, format);
  const index = indexIn[format].exec(line)?.[1];
  if (index === undefined && line !== eventFiles[format].head) throw somethingElse();
  return { size: from + end, last: index === undefined ? -1 : Number(index) };
}

/** A first line that was not finished begins as ours do. */
function requireOurs(octets: Buffer, format: Target['format']): { readonly size: number; readonly last: number } {
  const beginnings = { jsonl: '{"log":"', csv: eventFiles.csv.head, cef: 'CEF:0|Keyward|' };
  const begun = octets.toString('utf8').slice(0, beginnings[format].length);
  if (!beginnings[format].startsWith(begun)) throw somethingElse();
  return { size: 0, last: -1 };
}

const somethingElse = (): AppError => new AppError('conflict', 'There is something else in this file.', { what: 'file' });
