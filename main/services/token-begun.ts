import type { AuditAction } from '../domain/audit/action.ts';
import type { AuditOrigin, AuditSubject } from '../domain/audit/entry.ts';
import type { AuditTrail } from './audit-trail.ts';

/** Who does something on a token, and through which host. */
export interface TokenActor {
  readonly operator: string;
  readonly host: AuditOrigin['host'];
}

/** What cannot be taken back once the token has done it. */
type BegunOnToken = Extract<AuditAction, `${'token' | 'account' | 'openpgp'}.${string}-begin`>;

/** Enters, durably and before the token is touched, that something was begun on it: its outcome is an entry of its own, if there is one. */
export async function enterBegun(auditTrail: AuditTrail, by: TokenActor, action: BegunOnToken, subject: AuditSubject): Promise<void> {
  const { operator, host } = by;
  await auditTrail.record(async () => ({ value: undefined, entries: [{ operator, host, action, subject, outcome: 'success' }] }));
}
