import type { ReadStores } from '../ports/database.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { JobRunner } from './job-runner.ts';
import { readPolicies } from './policies.ts';
import type { Session } from './session-registry.ts';

export interface JobPauseParts {
  readonly read: () => ReadStores;
  readonly runner: Pick<JobRunner, 'isRunning' | 'stop'>;
  readonly auditTrail: AuditTrail;
}

/**
 * Where the policy wants it, stops what runs for somebody who is not signed in any more; it goes on at their next sign-in. What was begun of
 * a batch is finished first, so that nothing is half.
 */
export async function pauseJobs({ read, runner, auditTrail }: JobPauseParts, ended: Session, left: readonly Session[]): Promise<void> {
  const operatorId = ended.operator.id;
  if (left.some(({ operator }) => operator.id === operatorId)) return;
  if ((await readPolicies(read())).jobsGoOnLocked) return;
  for (const job of await read().jobs.unfinished()) {
    if (job.operatorId !== operatorId || !runner.isRunning(job.id)) continue;
    await runner.stop(job.id);
    await auditTrail.enter({
      action: 'enrollment.pause',
      operator: operatorId,
      host: 'core',
      subject: { job: job.id },
      outcome: 'success',
    });
  }
}
