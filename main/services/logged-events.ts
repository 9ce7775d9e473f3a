import { hexEncode } from '../domain/encoding/hex.ts';
import type { AuditEntry } from '../domain/audit/entry.ts';
import { readLeaf } from '../domain/audit/leaf.ts';
import { objectsOf, type LoggedEvent } from '../domain/audit-formats/logged-event.ts';
import type { ReadStores } from '../ports/database.ts';
import type { LeafRecord } from '../ports/stores/audit-log.ts';
import { readLogKeySetting } from './log-key.ts';

/** Entries with what other systems are told about them. Operators are named; people stay ids. */
export async function loggedEvents(stores: ReadStores, records: readonly LeafRecord[]): Promise<readonly LoggedEvent[]> {
  const { vkey } = await readLogKeySetting(stores);
  const log = vkey.slice(0, vkey.indexOf('+'));
  const operators = new Map((await stores.operators.list()).map(({ id, name }) => [id, name]));
  const digests = new Map<string, string>();
  const events = records.map(({ index, leaf, leafHash }): LoggedEvent => {
    const entry: AuditEntry = readLeaf(leaf);
    return { log, index, entry, leafHash: hexEncode(leafHash), operatorName: operators.get(entry.operator ?? '') ?? null, digests };
  });
  for (const event of events) await findDigests(stores, event, digests);
  return events;
}

/** SHA-256 of a certificate, and of a key's public half. What is no longer on record has none. */
async function findDigests(stores: ReadStores, event: LoggedEvent, digests: Map<string, string>): Promise<void> {
  for (const { kind, id } of objectsOf(event)) {
    if (digests.has(id)) continue;
    const digest =
      kind === 'certificate'
        ? (await stores.certificates.find(id))?.sha256
        : kind === 'key'
          ? (await stores.keys.find(id))?.spkiSha256
          : undefined;
    if (digest !== undefined) digests.set(id, digest);
  }
}
