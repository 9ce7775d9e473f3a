import type { AuditAction } from './action.ts';
import type { ErrorCode } from '../errors.ts';

/** Ids and plain facts about what an act was done to. People by id; never a secret, never a float or an integer of 2^53 or more. */
export type AuditSubject = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** `refused`: the rules said no. `failed`: it was tried and did not work. Neither changed anything. */
export const auditOutcomes = ['success', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

export const auditHosts = ['window', 'command-line', 'core'] as const;

/** Where an act came from. */
export interface AuditOrigin {
  readonly host: (typeof auditHosts)[number];
  readonly machine: string;
  readonly version: string;
}

/** One event, exactly as it is hashed (RFC 8785 canonical JSON, text in NFC). */
export interface AuditEntry {
  readonly version: 1;
  /** RFC 3339 instant in UTC with milliseconds. */
  readonly time: string;
  /** Operator id; absent for the core's own acts and before anybody is known. */
  readonly operator?: string;
  readonly action: AuditAction;
  readonly subject: AuditSubject;
  readonly outcome: AuditOutcome;
  readonly error?: ErrorCode;
  /** What the person gave as reason. */
  readonly reason?: string;
  readonly origin: AuditOrigin;
}
