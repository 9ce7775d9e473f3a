import { formatCheckpoint } from './checkpoint.ts';
import type { Sha256 } from './hash.ts';
import { judgeKept, type LogNow, type RollbackSuspicion } from './kept-checkpoint.ts';
import type { VerifyEd25519 } from './signed-note.ts';
import { shortHashOf, type SpokenCheckpoint, type TypedCheckpoint } from './typed-checkpoint.ts';

/**
 * What a log is to a checkpoint that somebody brings.
 * - `same`: it counts exactly these entries.
 * - `grown`: it begins with these entries and has more.
 * - `older`: it has fewer entries than were counted.
 * - `forked`: it has as many, and they are others.
 * - `signature`: the checkpoint names this log, and its signature is not by the key of this log.
 * - `other`: it is of another log, and says nothing of this one.
 */
export type ComparisonVerdict = 'same' | 'grown' | 'older' | 'forked' | 'signature' | 'other';

export interface Comparison {
  readonly verdict: ComparisonVerdict;
  /** Whether the key of this log has signed it; what is not signed, anybody may have made up. */
  readonly isSigned: boolean;
  /** Entries the checkpoint counts. */
  readonly size: number;
  readonly shortHash: string;
}

interface Primitives {
  readonly sha256: Sha256;
  readonly verifyEd25519: VerifyEd25519;
}

const verdicts: Readonly<Record<RollbackSuspicion['kind'], ComparisonVerdict>> = {
  'cut-off': 'older',
  rewritten: 'forked',
  signature: 'signature',
};

/** Holds a log against a checkpoint as it was typed, scanned or pasted. */
export async function compareTyped(typed: TypedCheckpoint, log: LogNow, primitives: Primitives): Promise<Comparison> {
  const about = { size: typed.checkpoint.size, shortHash: shortHashOf(typed.text, primitives.sha256) };
  if (typed.checkpoint.origin !== log.key.name) return { verdict: 'other', isSigned: false, ...about };
  if (typed.note === undefined) return { verdict: await verdictOf(typed.checkpoint, log), isSigned: false, ...about };
  const judged = await judgeKept({ file: '', note: typed.note }, log, primitives.verifyEd25519);
  if (judged === 'other') return { verdict: 'signature', isSigned: false, ...about };
  if (judged !== 'fits') return { verdict: verdicts[judged.kind], isSigned: judged.kind !== 'signature', ...about };
  return { verdict: log.size === about.size ? 'same' : 'grown', isSigned: true, ...about };
}

/** The same for a count and a short hash that were read out. */
export async function compareSpoken({ size, shortHash }: SpokenCheckpoint, log: LogNow, { sha256 }: Primitives): Promise<Comparison> {
  const about = { isSigned: false, size, shortHash };
  if (size > log.size) return { verdict: 'older', ...about };
  const ours = formatCheckpoint({ origin: log.key.name, size, root: await log.root(size) });
  if (shortHashOf(ours, sha256) !== shortHash) return { verdict: 'forked', ...about };
  return { verdict: size === log.size ? 'same' : 'grown', ...about };
}

async function verdictOf({ size, root }: TypedCheckpoint['checkpoint'], log: LogNow): Promise<ComparisonVerdict> {
  if (size > log.size) return 'older';
  if (size > 0 && (await log.root(size)) !== root) return 'forked';
  return size === log.size ? 'same' : 'grown';
}
