import type { AuditSubject } from '../domain/audit/entry.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import type { MailClient } from '../ports/mail-client.ts';
import type { MailSetupRecord } from '../ports/stores/mail-setups.ts';
import type { AuditTrail } from './audit-trail.ts';

export interface MailRecoveryParts {
  readonly read: () => ReadStores;
  readonly auditTrail: AuditTrail;
  readonly mailClients: readonly MailClient[];
  /** What could not be ended now stays as it is until the next start. */
  readonly report: (error: unknown) => void;
}

/**
 * Ends what a killed process had begun: a profile that was being written to is as it was again, and the log says so; what
 * was recorded as done is left, and the way back forgotten. Runs before the first call; never fails.
 */
export async function recoverMailSetups(parts: MailRecoveryParts): Promise<void> {
  for (const setup of await setups(parts)) await recover(parts, setup).catch(parts.report);
}

async function setups({ read, report }: MailRecoveryParts): Promise<readonly MailSetupRecord[]> {
  try {
    return await read().mailSetups.list();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store.not-initialised') report(error);
    return [];
  }
}

async function recover(parts: MailRecoveryParts, setup: MailSetupRecord): Promise<void> {
  const client = parts.mailClients.find(({ id }) => id === setup.client);
  const isRecorded = setup.state === 'ready';
  const recovery = await client?.recover(setup.target, setup.id, isRecorded);
  if (isRecorded || recovery === undefined) return;
  const subject: AuditSubject = { client: setup.client, person: setup.personId, certificates: setup.certificates, profile: recovery };
  await parts.auditTrail.record(async (stores) => ({
    value: await stores.mailSetups.drop(setup.id),
    entries: [{ action: 'mail.export', operator: setup.operatorId, host: 'core', subject, outcome: 'failed', error: 'client.interrupted' }],
  }));
}
