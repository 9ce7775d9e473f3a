import { wordError, type ErrorLocale } from '../domain/locale/word-error.ts';
import { may } from '../domain/access/permissions.ts';
import type { JobError } from '../contract/enrollment.ts';
import type { ErrorCode, ErrorDetails } from '../domain/errors.ts';
import type { AuditOrigin } from '../domain/audit/entry.ts';
import { runJob, summariseJob, type EnrollmentParts } from '../services/enrollment.ts';
import type { PushChannel } from '../services/dispatcher.ts';
import type { ErrorReplies } from '../services/error-reply.ts';
import { createJobPace } from '../services/job-pace.ts';
import { createJobRunner, type JobRunnerParts } from '../services/job-runner.ts';
import type { Session } from '../services/session-registry.ts';

export interface Jobs extends EnrollmentParts {
  /** Work that was interrupted goes on when the operator who asked for it signs in at the window. */
  resumeFor(session: Session, host: AuditOrigin['host']): void;
}

/** Jobs with their pace and the news of their progress. */
export function composeJobs(
  parts: Omit<JobRunnerParts, 'onProgress'> & {
    readonly origin: { readonly machine: string };
    readonly pushes: PushChannel;
    readonly errorLocale: ErrorLocale;
    readonly errors: ErrorReplies;
  },
): Jobs {
  const pace = createJobPace(parts.clock);
  const report = (call: string) => (error: unknown) => void parts.errors.reply(error, call);
  const runner = createJobRunner({
    ...parts,
    onProgress: async (jobId, state, served) => {
      if (state === 'running') pace.advance(jobId, served.length);
      else pace.forget(jobId);
      if (served.length > 0) parts.pushes.send([{ name: 'people.changed', payload: { people: served } }]);
      await announce(jobId).catch(report('enrollment.progress'));
    },
  });
  const jobs: EnrollmentParts = { ...parts, runner, pace, wordError: wordJobErrors(parts.errorLocale) };
  const announce = async (jobId: string) => {
    const stores = parts.read();
    const job = await stores.jobs.find(jobId);
    if (job !== undefined) parts.pushes.send([{ name: 'enrollment.progress', payload: await summariseJob(jobs, stores, job) }]);
  };
  return { ...jobs, resumeFor: (session, host) => void resumeAll(jobs, session, host).catch(report('enrollment.resume')) };
}

async function resumeAll(jobs: EnrollmentParts, session: Session, host: AuditOrigin['host']): Promise<void> {
  if (host !== 'window' || !may(session.operator.role, 'enrollment.resume')) return;
  for (const job of await jobs.read().jobs.unfinished())
    if (job.operatorId === session.operator.id) await runJob(jobs, job, session.unlocked, host);
}

/** Words what stands for an error in an answer that is none. */
export const wordJobErrors =
  (locale: ErrorLocale) =>
  (code: ErrorCode, details: ErrorDetails = {}): JobError => {
    const { text, hint } = wordError(code, details, locale);
    return { code, message: text, hint };
  };
