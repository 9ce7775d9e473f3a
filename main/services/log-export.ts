import { AppError } from '../domain/errors.ts';
import { FileContent } from '../contract/secret.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AreaHandlers } from './handler.ts';
import { readLogKeySetting } from './log-key.ts';

export interface LogExportParts {
  readonly read: () => ReadStores;
  /** For whoever verifies what is exported. */
  readonly logGuide: string;
}

/** The log as a stranger can verify it: leaves as they are hashed, their hashes, the newest signed note, the key. */
export function createLogExport({ read, logGuide }: LogExportParts): Pick<AreaHandlers<'audit'>, 'exportHead' | 'exportLeaves'> {
  return {
    exportHead: async () => {
      const stores = read();
      const [size, signed, { vkey }] = [
        await stores.auditLog.size(),
        await stores.auditLog.latestSigned(),
        await readLogKeySetting(stores),
      ];
      const note = signed?.note ?? null;
      if (signed === undefined || note === null)
        throw new AppError('not-found', 'Nothing of this log is signed yet.', { what: 'checkpoint' });
      return {
        size,
        signedSize: signed.size,
        checkpoint: new FileContent('checkpoint', Buffer.from(note)),
        vkey,
        guide: new FileContent('README.txt', Buffer.from(logGuide)),
      };
    },
    exportLeaves: async ({ from, to }) => {
      const records = await leavesBetween(read(), from, to);
      return {
        leaves: new FileContent('entries.jsonl', Buffer.from(records.map(({ leaf }) => `${leaf}\n`).join(''))),
        hashes: new FileContent('leaf-hashes', Buffer.concat(records.map(({ leafHash }) => leafHash))),
      };
    },
  };
}

async function leavesBetween(stores: ReadStores, from: number, to: number) {
  for await (const batch of stores.auditLog.leaves(from, to - from)) return batch;
  return [];
}
