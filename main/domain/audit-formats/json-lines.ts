import { detailsOf, objectsOf, type LoggedEvent } from './logged-event.ts';
import { visibleJson } from './visible-text.ts';

/** One JSON object: the entry as it is in the log, where it is there, and what its ids stand for. */
export function jsonLine(event: LoggedEvent): string {
  const { log, index, leafHash, operatorName, entry } = event;
  const objects = objectsOf(event).map(({ kind, id, sha256 }) => (sha256 === undefined ? { kind, id } : { kind, id, sha256 }));
  const { version: _, ...facts } = entry;
  return visibleJson({ log, index, leafHash, ...facts, operatorName, objects, details: detailsOf(event) });
}
