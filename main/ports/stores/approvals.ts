import type { SecondPersonFor } from '../../domain/access/four-eyes.ts';

/** A call that somebody made and somebody else is to approve. What it was made with is kept as a digest, and of that never a secret. */
export interface ApprovalRecord {
  readonly id: string;
  /** Name of the call. */
  readonly call: string;
  readonly act: SecondPersonFor;
  /** SHA-256 of the call and its input without secrets, in hexadecimal. */
  readonly digest: string;
  /** What the log says of it, JSON. */
  readonly subject: string;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  readonly state: 'asked' | 'approved' | 'refused' | 'used';
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly usedAt: string | null;
}

export type NewApproval = Omit<ApprovalRecord, 'state' | 'decidedBy' | 'decidedAt' | 'usedAt'>;

export interface ApprovalReader {
  find(id: string): Promise<ApprovalRecord | undefined>;
  /** Of what this operator asked for with this digest: the newest that is asked or approved and has not run out at this moment. */
  open(askedBy: string, digest: string, now: string): Promise<ApprovalRecord | undefined>;
  /** Newest first. */
  list(limit: number): Promise<readonly ApprovalRecord[]>;
}

export interface ApprovalStore extends ApprovalReader {
  ask(approval: NewApproval): Promise<void>;
  /** What was approved can still be refused. @throws AppError stale when it was decided, or used, meanwhile */
  decide(
    id: string,
    decision: { readonly state: 'approved' | 'refused'; readonly decidedBy: string; readonly decidedAt: string },
  ): Promise<void>;
  /** Asked for again, when who approved it may no more. @throws AppError stale when it is not approved */
  reopen(id: string): Promise<void>;
  /** Once only. @throws AppError stale when it is not approved, or its time is over */
  use(id: string, usedAt: string): Promise<void>;
}
