import type { LogVerification, StretchVerification } from './verify.ts';

/** A part of a log: what comes after the signed checkpoint over `from` entries (0: the beginning), up to the one over `to` (null: the end). */
export interface LogStretch {
  readonly from: number;
  readonly to: number | null;
}

/** Cuts a log into parts of at least `length` entries, at some of the checkpoints that are signed. Their sizes ascend. */
export function cutIntoStretches(signedSizes: readonly number[], length: number): readonly LogStretch[] {
  const cuts = signedSizes.reduce<number[]>((chosen, size) => (size - (chosen.at(-1) ?? 0) >= length ? [...chosen, size] : chosen), []);
  return [0, ...cuts].map((from, at) => ({ from, to: cuts[at] ?? null }));
}

/** The verdict over a log from those over its first parts, in order; each but the last holds and ends where the next one begins. */
export function joinStretches(parts: readonly StretchVerification[]): LogVerification {
  const last = parts.at(-1)?.verification;
  const whole = last ?? { holds: true, entries: 0, checkpoints: 0, signedSize: 0, unsignedTail: 0 };
  // Each part but the first counts the checkpoint it begins at once more.
  const checkpoints = parts.reduce((sum, { verification }, at) => sum + Math.max(verification.checkpoints - (at === 0 ? 0 : 1), 0), 0);
  const setBacks = parts.flatMap(({ verification }) => verification.clockSetBack ?? []);
  const [first] = setBacks;
  const clockSetBack = first && { ...first, entries: setBacks.reduce((sum, { entries }) => sum + entries, 0) };
  return { ...whole, checkpoints, ...(clockSetBack === undefined ? {} : { clockSetBack }) };
}
