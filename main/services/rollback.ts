import { FileContent } from '../contract/secret.ts';
import type { Sha256 } from '../domain/audit/hash.ts';
import { keptName, keptPrefix } from '../domain/audit/kept-checkpoint.ts';
import { utf8Decode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import type { CheckpointFolder } from '../ports/checkpoint-folder.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AreaHandlers } from './handler.ts';
import { suspicionDigest, type KeptCheckpoints } from './kept-checkpoints.ts';
import { requireNewestSigned } from './newest-signed.ts';
import { readRollback, writeRollback } from './rollback-record.ts';

export interface RollbackParts {
  readonly read: () => ReadStores;
  readonly sha256: Sha256;
  readonly checkpointFolder: CheckpointFolder;
  readonly kept: KeptCheckpoints;
}

type RollbackCall = 'checkpoint' | 'keepCheckpoints' | 'checkKept' | 'explainRollback';

/** Checkpoints outside, and what is said when the log is not the one they counted. */
export const createRollbackHandlers = ({
  read,
  sha256,
  checkpointFolder,
  kept,
}: RollbackParts): Pick<AreaHandlers<'audit'>, RollbackCall> => ({
  checkpoint: async () => newestCheckpoint(read()),
  keepCheckpoints: async ({ folder }) => {
    // A folder that cannot be read would keep nobody from anything.
    if (folder !== null) await checkpointFolder.names(folder, keptPrefix(''));
    return async (stores) => {
      await stores.settings.put('checkpoint-folder', JSON.stringify(folder));
      return { value: { folder }, afterwards: () => void kept.keep() };
    };
  },
  checkKept: async ({ checkpoints }) => kept.look(checkpoints?.map(({ name, bytes }) => ({ file: name, note: utf8Decode(bytes) ?? '' }))),
  explainRollback: async ({ explanation }, { session }) => {
    const { suspicion } = await readRollback(read());
    if (suspicion === null) throw new AppError('not-found', 'No rollback is suspected.', { what: 'rollback' });
    const digests = [...(await kept.misfits()), suspicionDigest(suspicion, { sha256 })];
    return async (stores, { time }) => {
      const before = await readRollback(stores);
      const explained = { ...suspicion, explanation, operator: session.operator.name, time };
      await writeRollback(stores, {
        suspicion: null,
        explained: [...before.explained, explained],
        digests: [...before.digests, ...digests],
      });
      return {
        value: null,
        subject: { kind: suspicion.kind, size: suspicion.size },
        reason: explanation,
        afterwards: () => void kept.keep(),
      };
    };
  },
});

async function newestCheckpoint(stores: ReadStores) {
  const { size, time, note, vkey, origin } = await requireNewestSigned(stores);
  return { size, time, vkey, file: new FileContent(keptName(origin, size), Buffer.from(note)) };
}
