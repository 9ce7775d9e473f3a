import { AppError } from '../domain/errors.ts';
import type { IssuanceEngine, LoadedIssuer } from '../ports/issuance.ts';
import type { JobRecord } from '../ports/stores/jobs.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import type { AuditTrail, EntryDraft } from './audit-trail.ts';
import { findIssuingAuthority, type IssuerParts } from './issuers.ts';
import { loadIssuer } from './load-issuer.ts';
import { termsOf, type IssuancePlan } from './issuance-plan.ts';
import { makeBatches, type BatchMember, type BatchParts, type BatchSource } from './job-batches.ts';
import { settleBatch, type SettleOrder } from './settle-batch.ts';
import { openKeychainKey, type KeychainOpeningParts } from './keychain-key.ts';
import { createSealingKeys, type SealingKeys } from './sealing-keys.ts';

export interface JobRunnerParts extends IssuerParts, BatchParts, KeychainOpeningParts {
  readonly engine: IssuanceEngine;
  readonly vault: Vault;
  readonly auditTrail: AuditTrail;
  /** Told after every unit, and once at the end. */
  readonly onProgress: (jobId: string, state: 'running' | 'ended', servedPeople: readonly string[]) => Promise<void>;
}

/** Runs enrolment jobs in the background. */
export interface JobRunner {
  isRunning(jobId: string): boolean;
  /** What made a job stop before its end, since this process began. */
  stoppedBy(jobId: string): unknown;
  /**
   * Begins or continues a job with an operator's keys; what is running already goes on. Resolves when it is under way and
   * no longer needs them. Never rejects: what stops a job is for `stoppedBy` to say.
   */
  run(job: JobRecord, plan: IssuancePlan, operator: UnlockedOperator, host: EntryDraft['host']): Promise<void>;
  /** No further batch is begun; resolves when the last unit is durable. */
  stop(jobId: string): Promise<void>;
  stopAll(): Promise<void>;
}

interface Running {
  isStopping: boolean;
  /** Settled when nothing of the job touches the workspace any more. */
  readonly ended: PromiseWithResolvers<void>;
}

export function createJobRunner(parts: JobRunnerParts): JobRunner {
  const running = new Map<string, Running>();
  const failures = new Map<string, unknown>();
  const stop = async (jobId: string) => {
    const job = running.get(jobId);
    if (job === undefined) return;
    job.isStopping = true;
    await job.ended.promise;
  };
  const end = async (jobId: string, state: Running, error: unknown) => {
    running.delete(jobId);
    if (error === undefined) failures.delete(jobId);
    else failures.set(jobId, error);
    await parts.onProgress(jobId, 'ended', []).finally(state.ended.resolve);
  };
  return {
    isRunning: (jobId) => running.has(jobId),
    stoppedBy: (jobId) => failures.get(jobId),
    async run(job, plan, operator, host) {
      if (running.has(job.id)) return;
      const state: Running = { isStopping: false, ended: Promise.withResolvers() };
      running.set(job.id, state);
      try {
        const prepared = await prepare(parts, job, plan, operator, host);
        void work(parts, prepared, state).then(
          () => end(job.id, state, undefined),
          (error: unknown) => end(job.id, state, error),
        );
      } catch (error) {
        await end(job.id, state, error);
      }
    },
    stop,
    stopAll: async () => {
      await Promise.all([...running.keys()].map(stop));
    },
  };
}

interface PreparedJob {
  readonly source: BatchSource;
  readonly order: Omit<SettleOrder, 'time'>;
  readonly sealingKeys: SealingKeys;
  readonly issuer: LoadedIssuer;
}

async function prepare(
  parts: JobRunnerParts,
  job: JobRecord,
  plan: IssuancePlan,
  operator: UnlockedOperator,
  host: EntryDraft['host'],
): Promise<PreparedJob> {
  const stores = parts.read();
  const authority = await findIssuingAuthority(stores);
  const certificate = await stores.certificates.find(authority.certificateId);
  if (certificate === undefined)
    throw new AppError('store.corrupt', 'The certificate of an authority is missing.', { id: authority.certificateId });
  const issuer = await loadIssuer(parts, operator, authority);
  return {
    issuer,
    ...(await sealFor(parts, { jobId: job.id, plan, issuer })),
    order: { job, plan, host, issuer: { authority, subject: certificate.subject } },
  };
}

async function work(parts: JobRunnerParts, prepared: PreparedJob, state: Running): Promise<void> {
  try {
    for (let current: PreparedJob | undefined = prepared; current !== undefined;) current = await writeBatches(parts, current, state);
    await finish(parts, prepared.order);
  } finally {
    parts.engine.release(prepared.issuer);
  }
}

/**
 * Batch after batch. Where a part of the vault got another key pair meanwhile, what had been made is left and the job to go on with is
 * given, under new sealing keys: nothing is sealed for who was to lose access.
 */
async function writeBatches(parts: JobRunnerParts, prepared: PreparedJob, state: Running): Promise<PreparedJob | undefined> {
  let isFirst = true;
  for await (const batch of makeBatches(parts, prepared.source)) {
    if (state.isStopping) return undefined;
    try {
      await writeBatch(parts, prepared, batch, isFirst);
    } catch (error) {
      if (!isOutdated(error)) throw error;
      return { ...prepared, ...(await sealFor(parts, prepared.source)) };
    }
    isFirst = false;
  }
  return undefined;
}

const isOutdated = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'stale' && error.details['what'] === 'compartment';

/** Needs nobody's keys: sealing takes public halves, or what the keychain holds. @throws AppError device.* */
async function sealFor(parts: JobRunnerParts, source: Omit<BatchSource, 'terms'>): Promise<Pick<PreparedJob, 'source' | 'sealingKeys'>> {
  const keychain = source.plan.store === 'keychain' ? await openKeychainKey(parts) : undefined;
  const sealingKeys = await createSealingKeys(parts.read(), parts.vault, keychain);
  return { sealingKeys, source: { ...source, terms: termsOf(source.plan, sealingKeys.plan) } };
}

/** One unit. @throws AppError cancelled when the job was called off meanwhile, stale when the vault's keys changed: then nothing of the batch is written. */
async function writeBatch(
  parts: JobRunnerParts,
  { sealingKeys, order }: PreparedJob,
  batch: readonly BatchMember[],
  isFirst: boolean,
): Promise<void> {
  await parts.auditTrail.record(async (stores, { time }) => {
    const job = await stores.jobs.find(order.job.id);
    if (job?.state !== 'running') throw new AppError('cancelled', 'The job was called off.');
    await (isFirst ? stores.vault.insertSealingKeys(sealingKeys.records) : stores.vault.requireCurrent(sealingKeys.records));
    return { value: undefined, entries: await settleBatch(stores, batch, { ...order, time }) };
  });
  await parts.onProgress(
    order.job.id,
    'running',
    batch.map(({ item }) => item.personId),
  );
}

/** A job whose every item is settled is done; one that was stopped stays as it is. */
async function finish(parts: JobRunnerParts, { job, host }: Omit<SettleOrder, 'time'>): Promise<void> {
  await parts.auditTrail.record(async (stores, { time }) => {
    const now = await stores.jobs.find(job.id);
    if (now?.state !== 'running' || now.done + now.skipped + now.failed < now.total) return { value: undefined, entries: [] };
    await stores.jobs.setState(job.id, 'done', time);
    const subject = { job: job.id, done: now.done, skipped: now.skipped, failed: now.failed };
    return { value: undefined, entries: [{ action: 'enrollment.finish', operator: job.operatorId, host, subject, outcome: 'success' }] };
  });
}
