import type { LogStretch } from '../domain/audit/log-stretch.ts';
import type { StretchVerification } from '../domain/audit/verify.ts';

/** A part of a log to be recomputed, and the latest time of what came before it where times are to be compared with that. */
export interface StretchOrder extends LogStretch {
  readonly latestTime?: string | undefined;
}

/**
 * Recomputes parts of the log in the workspace's database beside the event loop, on all cores. It reads what is committed and takes nothing for
 * granted but the key: the checkpoint that a part begins at is verified with it.
 */
export interface StretchVerifier {
  /** The verdict over each part, in order. @throws AppError store.*, internal */
  verify(vkey: string, stretches: readonly StretchOrder[]): Promise<readonly StretchVerification[]>;
}
