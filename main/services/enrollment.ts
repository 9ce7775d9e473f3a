import type { JobError, JobItem, JobSummary } from '../contract/enrollment.ts';
import type { SubjectAlgorithm } from '../contract/workspace.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Clock } from '../ports/clock.ts';
import type { KeyPlace } from '../domain/key/store.ts';
import type { JobItemRecord, JobRecord } from '../ports/stores/jobs.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import type { AuditOrigin } from '../domain/audit/entry.ts';
import { authoriseOverride } from './authorise.ts';
import type { AreaHandlers, Commit, SessionContext } from './handler.ts';
import { findGoodIssuingAuthority, requireKeyAtHand, type IssuerParts } from './issuers.ts';
import { createPlan, type IssuancePlan } from './issuance-plan.ts';
import type { JobPace } from './job-pace.ts';
import type { JobRunner } from './job-runner.ts';
import { prepareKeychainKey, type KeychainKeyParts } from './keychain-key.ts';
import { readPractice } from './practice.ts';
import { steerAlgorithm } from './steered-algorithm.ts';

export interface EnrollmentParts extends KeychainKeyParts, IssuerParts {
  readonly clock: Clock;
  readonly runner: JobRunner;
  readonly pace: JobPace;
  /** What a person reads about an error of this code. */
  readonly wordError: (code: ErrorCode) => JobError;
}

interface JobRequest {
  readonly profile: string;
  readonly algorithm: SubjectAlgorithm;
  readonly override?: string | undefined;
  readonly store?: KeyPlace | undefined;
}

/** Issuing to one person or many. */
export function createEnrollmentHandlers(parts: EnrollmentParts): AreaHandlers<'enrollment'> {
  return {
    start: async (input, context) => start(parts, input, context),
    algorithm: async () => {
      const { subjectAlgorithm: wished } = await readPractice(parts.read());
      return { wished, ...(await steerAlgorithm(parts.read(), wished)) };
    },
    jobs: async () => {
      const stores = parts.read();
      const jobs = await stores.jobs.list(50);
      return { jobs: await Promise.all(jobs.map((job) => summariseJob(parts, stores, job))) };
    },
    job: async ({ job: id, ...query }) => {
      const stores = parts.read();
      const job = await findJob(stores, id);
      const items = await stores.jobs.items(id, query);
      return { ...(await summariseJob(parts, stores, job)), items: await viewItems(parts, stores, items) };
    },
    cancel:
      async ({ job: id }) =>
      async (stores, { time }) => {
        const job = await findJob(stores, id);
        if (job.state === 'done' || job.state === 'cancelled') throw new AppError('conflict', 'This job has ended already.', { job: id });
        await stores.jobs.setState(id, 'cancelled', time);
        return {
          value: null,
          subject: { done: job.done, waiting: job.total - job.done - job.skipped - job.failed },
          afterwards: () => void parts.runner.stop(id),
        };
      },
    resume: async ({ job: id }, { session, caller }) => {
      const job = await findJob(parts.read(), id);
      if (job.state === 'done' || job.state === 'cancelled') throw new AppError('conflict', 'This job has ended already.', { job: id });
      await requireIssuing(parts, session.unlocked);
      await runJob(parts, job, session.unlocked, caller.host);
      return async () => ({ value: null });
    },
  };
}

async function start(
  parts: EnrollmentParts,
  input: {
    readonly people: readonly string[];
    readonly profile: string;
    readonly algorithm?: SubjectAlgorithm | undefined;
    readonly override?: string | undefined;
    readonly store: KeyPlace;
  },
  { session, caller }: SessionContext,
): Promise<Commit<{ job: string; total: number }>> {
  authoriseOverride(session, input.override);
  const stores = parts.read();
  const practice = await readPractice(stores);
  const algorithm = input.algorithm ?? (await steerAlgorithm(stores, practice.subjectAlgorithm)).algorithm;
  const { store } = input;
  const plan = { ...(await createPlan(stores, input.profile, algorithm, input.override)), store };
  await requireIssuing(parts, session.unlocked);
  const people = [...new Set(input.people)];
  await refuseUnknown(stores, people);
  const keychain = store === 'keychain' ? await prepareKeychainKey(parts) : undefined;
  const request: JobRequest = { profile: input.profile, algorithm, override: input.override, store };
  const job: Omit<JobRecord, 'createdAt'> = {
    id: parts.random.uuid(),
    kind: 'enrollment',
    state: 'running',
    operatorId: session.operator.id,
    request: JSON.stringify(request),
    total: people.length,
    done: 0,
    skipped: 0,
    failed: 0,
    endedAt: null,
  };
  const commit: Commit<{ job: string; total: number }> = async (written, { time }) => {
    const record = { ...job, createdAt: time };
    await keychain?.record(written);
    await written.jobs.insert(record, people);
    const afterwards = () => void parts.runner.run(record, plan, session.unlocked, caller.host);
    return { value: { job: job.id, total: people.length }, subject: { job: job.id }, afterwards };
  };
  return keychain === undefined ? commit : Object.assign(commit, { takeBack: keychain.takeBack });
}

/** @throws AppError path.expired, path.revoked; input.key-offline; token.key-not-open */
async function requireIssuing(parts: EnrollmentParts, operator: UnlockedOperator): Promise<void> {
  await requireKeyAtHand(parts, operator, await findGoodIssuingAuthority(parts.read(), parts.clock.now()));
}

async function refuseUnknown(stores: ReadStores, people: readonly string[]): Promise<void> {
  const missing = await stores.people.firstUnknown(people);
  if (missing !== undefined) throw new AppError('not-found', 'There is nobody with this id.', { what: 'person', id: missing });
}

/** Continues an unfinished job. @throws AppError input.unknown-profile when its profile is gone */
export async function runJob(parts: EnrollmentParts, job: JobRecord, operator: UnlockedOperator, host: AuditOrigin['host']): Promise<void> {
  await parts.runner.run(job, await planOf(parts.read(), job), operator, host);
}

async function planOf(stores: ReadStores, job: JobRecord): Promise<IssuancePlan> {
  const { profile, algorithm, override, store } = requestOf(job);
  return { ...(await createPlan(stores, profile, algorithm, override)), store };
}

const requestOf = ({ request }: JobRecord): JobRequest => JSON.parse(request) as JobRequest;

async function findJob(stores: ReadStores, id: string): Promise<JobRecord> {
  const job = await stores.jobs.find(id);
  if (job === undefined) throw new AppError('not-found', 'There is no such job.', { what: 'job', id });
  return job;
}

/** A job that is recorded as running and does not run here was interrupted. */
export async function summariseJob(parts: EnrollmentParts, stores: ReadStores, job: JobRecord): Promise<JobSummary> {
  const { id, kind, total, done, skipped, failed, createdAt, endedAt } = job;
  const isRunning = parts.runner.isRunning(id);
  const operator = await stores.operators.find(job.operatorId);
  const stoppedBy = parts.runner.stoppedBy(id);
  const { profile, algorithm } = requestOf(job);
  return {
    id,
    kind,
    profile,
    algorithm,
    state: job.state === 'running' && !isRunning ? 'stopped' : job.state,
    operator: operator?.name ?? '',
    total,
    done,
    skipped,
    failed,
    createdAt,
    endedAt,
    secondsLeft: isRunning ? parts.pace.secondsLeft(id, total - done - skipped - failed) : null,
    stoppedBy: isRunning || stoppedBy === undefined ? null : parts.wordError(stoppedBy instanceof AppError ? stoppedBy.code : 'internal'),
  };
}

async function viewItems(parts: EnrollmentParts, stores: ReadStores, items: readonly JobItemRecord[]): Promise<JobItem[]> {
  const people = new Map((await stores.people.findMany(items.map(({ personId }) => personId))).map((person) => [person.id, person]));
  return items.map(({ position, personId, state, error }) => ({
    position,
    personId,
    name: people.get(personId)?.name ?? '',
    mailbox: people.get(personId)?.mailboxes[0] ?? null,
    state,
    error: error === null ? null : parts.wordError(error),
  }));
}
