import type { ErrorCode } from '../../domain/errors.ts';

export type JobState = 'running' | 'stopped' | 'cancelled' | 'done';
export type JobItemState = 'waiting' | 'done' | 'skipped' | 'failed';

export interface JobRecord {
  readonly id: string;
  readonly kind: 'enrollment';
  readonly state: JobState;
  readonly operatorId: string;
  /** Canonical JSON of what was asked. */
  readonly request: string;
  readonly total: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

export interface JobItemRecord {
  readonly jobId: string;
  readonly position: number;
  readonly personId: string;
  readonly state: JobItemState;
  readonly error: ErrorCode | null;
}

export interface JobReader {
  find(id: string): Promise<JobRecord | undefined>;
  list(limit: number): Promise<readonly JobRecord[]>;
  /** Jobs in state `running` or `stopped`. */
  unfinished(): Promise<readonly JobRecord[]>;
  /** In order of position, from `from` on. */
  items(
    jobId: string,
    options: { readonly state?: JobItemState | undefined; readonly from?: number | undefined; readonly limit: number },
  ): Promise<readonly JobItemRecord[]>;
  /** Of the given people, those an unfinished job still waits to serve. */
  waitingPeople(personIds: readonly string[]): Promise<readonly string[]>;
}

export interface JobStore extends JobReader {
  insert(job: JobRecord, personIds: readonly string[]): Promise<void>;
  /** Settles items and adjusts the job's counters. @throws AppError stale when one does not wait any more. */
  settle(
    jobId: string,
    items: readonly { readonly position: number; readonly state: Exclude<JobItemState, 'waiting'>; readonly error: ErrorCode | null }[],
  ): Promise<void>;
  /** @throws AppError not-found */
  setState(jobId: string, state: JobState, endedAt: string | null): Promise<void>;
}
