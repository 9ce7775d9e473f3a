import { FileContent } from '../contract/secret.ts';
import type { TreeHasher } from '../domain/audit/hash.ts';
import { selectedLine } from '../domain/audit/selected-entry.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AreaHandlers } from './handler.ts';
import { requireSigned } from './log-export.ts';
import { createInclusionPaths } from './log-proofs.ts';

export interface LogSelectionParts {
  readonly read: () => ReadStores;
  readonly hasher: TreeHasher;
}

/** Chosen entries, each as a stranger can verify it by itself. */
export const createLogSelection = ({ read, hasher }: LogSelectionParts): Pick<AreaHandlers<'audit'>, 'exportSelection'> => ({
  exportSelection: async ({ size, person, certificate, ...query }) => {
    const stores = read();
    await requireSigned(stores, size);
    const { rows, next } = await stores.auditLog.page({ ...query, personId: person, certificateId: certificate, ascending: true });
    const paths = createInclusionPaths(stores, hasher);
    const lines: string[] = [];
    for (const { index, leaf } of rows) if (index < size) lines.push(`${selectedLine({ leaf, index, path: await paths(index, size) })}\n`);
    const part = {
      lines: new FileContent('selected.jsonl', Buffer.from(lines.join(''))),
      entries: lines.length,
      unsigned: rows.length - lines.length,
    };
    return next === undefined ? part : { ...part, next };
  },
});
