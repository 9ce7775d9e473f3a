import type { AuditTrail } from './audit-trail.ts';
import type { PushMessage } from './handler.ts';
import type { Session, SessionRegistry } from './session-registry.ts';

export interface LockParts {
  readonly sessions: SessionRegistry;
  readonly auditTrail: AuditTrail;
  readonly pushes: { send(messages: readonly PushMessage[]): void };
}

/** Why the core ends a session by itself. */
type LockReason = 'idle' | 'card';

/** Entered while the key of the log is still there, and locked whether it could be entered or not. */
export async function lockSession(
  { sessions, auditTrail, pushes }: LockParts,
  [connection, { operator }]: readonly [connection: string, session: Session],
  why: LockReason,
): Promise<void> {
  try {
    await auditTrail.enter({ action: 'session.lock', operator: operator.id, host: 'core', subject: { why }, outcome: 'success' });
  } finally {
    sessions.end(connection);
    pushes.send([{ name: 'session.ended', payload: { operator: operator.id, why } }]);
  }
}
