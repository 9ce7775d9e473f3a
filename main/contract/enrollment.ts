import { z } from 'zod';
import type { ErrorCode } from '../domain/errors.ts';
import { whoMay } from '../domain/access/permissions.ts';
import { keyPlaces } from '../domain/key/store.ts';
import { command, push, query } from './call.ts';
import { id } from './paging.ts';
import { subjectAlgorithms, type SubjectAlgorithm } from './workspace.ts';

export interface JobSummary {
  readonly id: string;
  readonly kind: 'enrollment';
  /** What everybody gets: the name of a profile, or of a pair of them, and the keys' algorithm. */
  readonly profile: string;
  readonly algorithm: SubjectAlgorithm;
  /** `stopped`: interrupted, waits to be resumed. */
  readonly state: 'running' | 'stopped' | 'cancelled' | 'done';
  readonly operator: string;
  readonly total: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly createdAt: string;
  readonly endedAt: string | null;
  /** Seconds left at the present pace; null while there is none to judge by. */
  readonly secondsLeft: number | null;
  /** What made it stop before its end; null while it runs, after its end, and when Keyward itself was ended. */
  readonly stoppedBy: JobError | null;
}

export interface JobError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

export interface JobItem {
  readonly position: number;
  readonly personId: string;
  readonly name: string;
  readonly mailbox: string | null;
  readonly state: 'waiting' | 'done' | 'skipped' | 'failed';
  readonly error: JobError | null;
}

const choices = {
  profile: z.string().max(64).default('smime-mailbox-multipurpose'),
  algorithm: z.enum(subjectAlgorithms).optional(),
  store: z.enum(keyPlaces).default('vault'),
  /** The reason to sign also what the lint calls an error; it is logged for everybody for whom a rule is broken. */
  override: z.string().trim().min(1).max(1000).optional(),
};

export const enrollment = {
  /** Issues each person a pair (or what the profile says). Who already has it, or waits in an unfinished job, is skipped. */
  start: command<{ readonly job: string; readonly total: number }>()({
    access: whoMay('enrollment.start'),
    input: z.strictObject({ people: z.array(id).min(1).max(100_000), ...choices }),
    audit: 'enrollment.start',
    subject: (input) => ({
      people: input.people.length,
      profile: input.profile,
      ...(input.algorithm === undefined ? {} : { algorithm: input.algorithm }),
      ...(input.store === 'vault' ? {} : { store: input.store }),
    }),
  }),

  /** What keys are made as where nobody asks for another kind: the practice's wish, or what its mail programs can work with, and because of which. */
  algorithm: query<{ readonly wished: SubjectAlgorithm; readonly algorithm: SubjectAlgorithm; readonly because: readonly string[] }>()({
    access: whoMay('enrollment.algorithm'),
    input: z.strictObject({}),
  }),

  jobs: query<{ readonly jobs: readonly JobSummary[] }>()({ access: whoMay('enrollment.jobs'), input: z.strictObject({}) }),

  job: query<JobSummary & { readonly items: readonly JobItem[] }>()({
    access: whoMay('enrollment.job'),
    input: z.strictObject({
      job: id,
      state: z.enum(['waiting', 'done', 'skipped', 'failed']).optional(),
      from: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(200),
    }),
  }),

  cancel: command<null>()({
    access: whoMay('enrollment.cancel'),
    input: z.strictObject({ job: id }),
    audit: 'enrollment.cancel',
    subject: (input) => ({ job: input.job }),
  }),

  resume: command<null>()({
    access: whoMay('enrollment.resume'),
    input: z.strictObject({ job: id }),
    audit: 'enrollment.resume',
    subject: (input) => ({ job: input.job }),
  }),

  progress: push<JobSummary>(),
};
