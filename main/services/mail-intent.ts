import type { MailExport } from '../contract/mail.ts';
import type { AuditSubject } from '../domain/audit/entry.ts';
import type { Clock } from '../ports/clock.ts';
import type { MailChange, MailProfile } from '../ports/mail-client.ts';
import type { Random } from '../ports/random.ts';
import type { MailSetupRecord } from '../ports/stores/mail-setups.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Commit } from './handler.ts';
import type { Session } from './session-registry.ts';

interface IntentParts {
  readonly random: Random;
  readonly clock: Clock;
}

type Intended = Pick<MailSetupRecord, 'personId' | 'client' | 'technology' | 'certificates'> & { readonly profile: MailProfile };

/** What is recorded before a profile is touched. */
export const intentOf = (parts: IntentParts, session: Session, { profile, ...intended }: Intended): MailSetupRecord => ({
  id: parts.random.uuid(),
  ...intended,
  target: profile.path,
  profile: profile.name,
  state: 'writing',
  operatorId: session.operator.id,
  at: parts.clock.now().toISOString(),
  checkedAt: null,
  findings: [],
  provedAt: null,
});

/** Acts with the intent on record, and takes it off when nothing came of it. */
export async function whileIntended<T>(
  { auditTrail }: { readonly auditTrail: AuditTrail },
  intent: MailSetupRecord,
  act: () => Promise<T>,
): Promise<T> {
  await auditTrail.record(async (stores) => ({ value: await stores.mailSetups.insert(intent), entries: [] }));
  try {
    return await act();
  } catch (error) {
    await auditTrail.record(async (stores) => ({ value: await stores.mailSetups.drop(intent.id), entries: [] }));
    throw error;
  }
}

interface Done {
  readonly addresses: readonly string[];
  /** What left, for the log. */
  readonly subject: AuditSubject;
}

/** The intent has come true. Where that cannot be written down, the profile is as it was. */
export function commitOf(intent: MailSetupRecord, change: MailChange, { addresses, subject }: Done): Commit<MailExport> {
  const { client, target, technology, certificates, personId } = intent;
  const commit: Commit<MailExport> = async (stores, { time }) => {
    await stores.mailSetups.finish(intent.id, time);
    return {
      value: { checked: true, client, technology, profile: target, addresses, certificates },
      subject: { person: personId, ...subject },
      pushes: [{ name: 'people.changed', payload: { people: [personId] } }],
      afterwards: change.keep,
    };
  };
  return Object.assign(commit, { takeBack: change.undo });
}
