import { FileContent } from '../../../main/contract/client.ts';
import type { AuditEntry } from '../../../main/domain/audit/entry.ts';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';

export type ShownEntry = OutputFor<'audit.show'>;

/** The entry exactly as it is hashed: canonical JSON (RFC 8785) of this is the leaf. */
export function loggedEntry({ time, operatorId, action, subject, outcome, error, reason, origin }: ShownEntry): AuditEntry {
  return {
    version: 1,
    time,
    ...(operatorId === null ? {} : { operator: operatorId }),
    action,
    subject,
    outcome,
    ...(error === null ? {} : { error: error as NonNullable<AuditEntry['error']> }),
    ...(reason === null ? {} : { reason }),
    origin,
  };
}

/**
 * What proves an entry to somebody without Keyward: the entry, its path (RFC 9162 section 2.1.3) and the signed note
 * it leads to. The names are those of today and not part of what is proven.
 */
export function proofFile(entry: ShownEntry): FileContent {
  const { names, proof, leafHash } = entry;
  const content = { format: 'keyward-inclusion-proof', version: 1, entry: loggedEntry(entry), leafHash, proof, names };
  const name = t('entry.proof-file', { number: String(entry.index) });
  return new FileContent(name, new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`));
}
