import { FileContent } from '../contract/secret.ts';
import { compareSpoken, compareTyped } from '../domain/audit/compare-checkpoint.ts';
import { keptName } from '../domain/audit/kept-checkpoint.ts';
import { readSpokenCheckpoint, readTypedCheckpoint, shortHashOf, type SpokenCheckpoint } from '../domain/audit/typed-checkpoint.ts';
import { utf8Decode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import type { CheckpointSheetWords } from '../domain/locale/checkpoint-sheet-words.ts';
import type { Clock } from '../ports/clock.ts';
import type { QrCodes } from '../ports/qr-codes.ts';
import { checkpointSheet } from './checkpoint-sheet.ts';
import type { AreaHandlers } from './handler.ts';
import { logNow, type KeptCheckpointParts, type KeptCheckpoints } from './kept-checkpoints.ts';
import { requireNewestSigned, type NewestSigned } from './newest-signed.ts';
import { readPractice } from './practice.ts';

export interface CheckpointPaperParts extends Pick<KeptCheckpointParts, 'read' | 'hasher' | 'sha256' | 'verifyEd25519'> {
  readonly clock: Clock;
  readonly qrCodes: QrCodes;
  readonly checkpointSheetWords: CheckpointSheetWords;
  readonly kept: KeptCheckpoints;
}

type PaperCall = 'checkpointSheet' | 'compareCheckpoint';

/** A signed total of the log on paper, and the way back from paper, mail or telephone. */
export const createCheckpointPaper = (parts: CheckpointPaperParts): Pick<AreaHandlers<'audit'>, PaperCall> => ({
  checkpointSheet: async (_, { session }) => {
    const signed = await requireNewestSigned(parts.read());
    const shortHash = shortHashIn(parts, signed);
    const page = checkpointSheet({
      practice: (await readPractice(parts.read())).name,
      checkpoint: signed,
      shortHash,
      code: parts.qrCodes.draw(signed.note),
      now: parts.clock.now(),
      by: session.operator.name,
      words: parts.checkpointSheetWords,
    });
    const { size, time, vkey, origin } = signed;
    const name = `${keptName(origin, size).replace(/\.checkpoint$/, '')}.html`;
    return { size, time, vkey, shortHash, file: new FileContent(name, Buffer.from(page)) };
  },
  compareCheckpoint: async ({ checkpoint }) => compare(parts, checkpoint),
});

const shortHashIn = ({ sha256 }: CheckpointPaperParts, { note }: NewestSigned): string =>
  shortHashOf(note.slice(0, note.lastIndexOf('\n\n') + 1), sha256);

/** What is signed and does not fit is remembered, entered and told until somebody explains it, as with every kept checkpoint. */
async function compare(parts: CheckpointPaperParts, { name, bytes }: FileContent) {
  const text = utf8Decode(bytes) ?? '';
  const log = await logNow(parts);
  const entries = log.size;
  const typed = readTypedCheckpoint(text);
  if (typed === undefined) return { ...(await compareSpoken(requireSpoken(text), log, parts)), entries, suspicion: null };
  const comparison = await compareTyped(typed, log, parts);
  const isKept = comparison.isSigned && typed.note !== undefined;
  const standing = isKept ? await parts.kept.look([{ file: name, note: typed.note }]) : undefined;
  return { ...comparison, entries, suspicion: standing?.suspicion ?? null };
}

/** @throws AppError input.malformed-checkpoint */
function requireSpoken(text: string): SpokenCheckpoint {
  const spoken = readSpokenCheckpoint(text);
  if (spoken === undefined) throw new AppError('input.malformed-checkpoint', 'No total of a log is in this text.');
  return spoken;
}
