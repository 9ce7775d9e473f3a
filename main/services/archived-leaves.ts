import { archiveRange } from '../domain/audit/archive.ts';
import { isSameOctets } from '../domain/encoding/octets.ts';
import { hashToBytes, type TreeHasher } from '../domain/audit/hash.ts';
import { AppError } from '../domain/errors.ts';
import type { LogArchive } from '../ports/log-archive.ts';
import type { LeafRecord } from '../ports/stores/audit-log.ts';

export interface ArchivedLeafParts {
  readonly hasher: TreeHasher;
  readonly logArchive: LogArchive;
}

/**
 * Entries whose contents are in archives, with what the given files have for them. Each is held against the hash that stayed in the log.
 * @throws AppError not-found where no file has them, integrity.audit-broken where one has something else
 */
export async function readArchivedLeaves(
  parts: ArchivedLeafParts,
  archives: readonly string[],
  records: readonly LeafRecord[],
): Promise<readonly LeafRecord[]> {
  const found = new Map<number, string>();
  const [first, last] = [records[0]?.index ?? 0, records.at(-1)?.index ?? -1];
  for (const path of archives) await take(parts, path, { first, last }, found);
  return records.map((record) => filled(parts.hasher, record, found.get(record.index)));
}

async function take(
  { logArchive }: ArchivedLeafParts,
  path: string,
  { first, last }: { readonly first: number; readonly last: number },
  found: Map<number, string>,
): Promise<void> {
  let [index, end] = [-1, 0];
  for await (const line of logArchive.lines(path)) {
    if (index < 0) ({ from: index, to: end } = archiveRange(line));
    else {
      if (index >= first) found.set(index, line);
      index += 1;
    }
    if (index > last || end <= first) return;
  }
}

function filled(hasher: TreeHasher, record: LeafRecord, leaf: string | undefined): LeafRecord {
  if (leaf === undefined)
    throw new AppError('not-found', 'No archive that was given has these entries.', { what: 'archive', id: String(record.index) });
  if (!isSameOctets(hashToBytes(hasher.leaf(leaf)), record.leafHash))
    throw new AppError('integrity.audit-broken', 'An archive has another entry than the log counted.', {
      kind: 'leaf-changed',
      index: record.index,
    });
  return { ...record, leaf };
}
