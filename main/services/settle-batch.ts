import type { ErrorCode } from '../domain/errors.ts';
import type { Stores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { JobRecord } from '../ports/stores/jobs.ts';
import type { EntryDraft } from './audit-trail.ts';
import { keepsSigning } from './due.ts';
import { gather, isServed, overrideOf, type IssuancePlan } from './issuance-plan.ts';
import type { BatchMember } from './job-batches.ts';
import { recordIssued, type IssuedToPerson } from './record-issued.ts';

export interface SettleOrder {
  readonly job: JobRecord;
  readonly plan: IssuancePlan;
  readonly issuer: { readonly authority: AuthorityRecord; readonly subject: string };
  readonly host: EntryDraft['host'];
  readonly time: string;
}

type Verdict =
  | { readonly state: 'done'; readonly issued: IssuedToPerson }
  | { readonly state: 'skipped' }
  | { readonly state: 'failed'; readonly error: ErrorCode };

/**
 * Writes one batch within a unit: what was made, how each item ended, and one audit entry for each person who got
 * something or could not. Who has been served since the batch was begun is skipped: nobody gets the same twice.
 */
export async function settleBatch(stores: Stores, batch: readonly BatchMember[], order: SettleOrder): Promise<readonly EntryDraft[]> {
  const before = await certificatesBefore(stores, batch);
  const verdicts = batch.map((member) => ({ item: member.item, verdict: judge(member, before.get(member.item.personId) ?? [], order) }));
  const issued = verdicts.flatMap(({ verdict }) => (verdict.state === 'done' ? [verdict.issued] : []));
  if (issued.length > 0) await recordIssued(stores, { ...order, issued });
  await stores.jobs.settle(
    order.job.id,
    verdicts.map(({ item, verdict }) => ({
      position: item.position,
      state: verdict.state,
      error: verdict.state === 'failed' ? verdict.error : null,
    })),
  );
  return verdicts.flatMap(({ item, verdict }) => entryOf(item.personId, verdict, order));
}

async function certificatesBefore(stores: Stores, batch: readonly BatchMember[]): Promise<ReadonlyMap<string, readonly CertificateRow[]>> {
  const rows = await stores.certificates.ofPeople(batch.map(({ item }) => item.personId));
  return Map.groupBy(rows, ({ personId }) => personId ?? '');
}

function judge({ person, results }: BatchMember, before: readonly CertificateRow[], order: SettleOrder): Verdict {
  if (person === undefined || person.status === 'left') return { state: 'failed', error: 'not-found' };
  const now = new Date(order.time);
  if (isServed(order.plan, person, before, now)) return { state: 'skipped' };
  /* A key on a token is not replaced by one in software without a word. */
  if (makesSigner(order.plan) && before.some((row) => keepsSigning(row, now))) return { state: 'failed', error: 'token.signs-already' };
  const made = gather(results);
  if ('error' in made) return { state: 'failed', error: made.error.code };
  return { state: 'done', issued: { personId: person.id, certificates: made.certificates, before } };
}

const makesSigner = ({ profiles }: IssuancePlan): boolean => profiles.some(({ usage }) => usage !== 'encrypt');

function entryOf(person: string, verdict: Verdict, { job, host, plan }: SettleOrder): EntryDraft[] {
  const attempt = { action: 'enrollment.issue', operator: job.operatorId, host } as const;
  if (verdict.state === 'skipped') return [];
  if (verdict.state === 'failed') return [{ ...attempt, subject: { job: job.id, person }, outcome: 'failed', error: verdict.error }];
  const certificates = verdict.issued.certificates.map(({ certificateId }) => certificateId);
  const { subject, ...reason } = overrideOf(plan, verdict.issued.certificates);
  return [{ ...attempt, ...reason, subject: { job: job.id, person, certificates, ...subject }, outcome: 'success' }];
}
