import type { AuditAction } from '../audit/action.ts';
import type { AuditEntry, AuditOutcome, AuditSubject } from '../audit/entry.ts';
import type { ErrorCode } from '../errors.ts';
import type { AlarmRule } from './alarm-rule.ts';
import { isOutside, type Often, type WatchPolicy } from './policy.ts';

/** What of an entry the rules look at. */
export type Watched = Pick<AuditEntry, 'action' | 'outcome' | 'error' | 'subject' | 'time'>;

/** One thing that the log is watched for, as data. */
export interface WatchRule {
  readonly rule: AlarmRule;
  /** Left out: every act. */
  readonly actions?: readonly AuditAction[];
  readonly outcomes: readonly AuditOutcome[];
  /** Left out: whatever it was refused or failed with. */
  readonly errors?: readonly ErrorCode[];
  /** What must hold besides. `revoked`: it names a certificate that was revoked, which only who knows the certificates can tell. */
  readonly only?: 'outside-hours' | 'revoked';
  /** Left out: the first entry is an alarm. */
  readonly often?: (policy: WatchPolicy) => Often;
  /** The facts that an alarm is about, the first there is: entries about the same one join the alarm that stands. */
  readonly about: readonly string[];
}

/** Private keys on their way out of Keyward. */
const exportsOfKeys = ['key.export', 'openpgp.export-secret', 'mail.export', 'mail.kit'] as const satisfies readonly AuditAction[];

export const watchRules: readonly WatchRule[] = [
  {
    rule: 'failed-sign-ins',
    actions: ['session.sign-in', 'session.recover', 'session.confirm', 'session.prove'],
    outcomes: ['refused'],
    errors: ['session.sign-in-failed', 'session.code-wrong', 'token.pin-incorrect', 'token.pin-locked'],
    often: ({ failedSignIns }) => failedSignIns,
    about: [],
  },
  { rule: 'pin-locked', outcomes: ['refused', 'failed'], errors: ['token.pin-locked', 'token.unlock-code-locked'], about: ['token'] },
  {
    rule: 'outside-hours',
    actions: [...exportsOfKeys, 'authority.key-export'],
    outcomes: ['success'],
    only: 'outside-hours',
    about: ['person', 'authority'],
  },
  { rule: 'bulk-export', actions: exportsOfKeys, outcomes: ['success'], often: ({ bulkExports }) => bulkExports, about: [] },
  {
    rule: 'bulk-revocation',
    actions: ['certificate.revoke', 'certificate.suspend', 'token.lost', 'people.leave', 'operator.remove'],
    outcomes: ['success'],
    often: ({ bulkRevocations }) => bulkRevocations,
    about: [],
  },
  { rule: 'recovery', actions: ['escrow.deliver', 'session.recover'], outcomes: ['success'], about: ['person', 'request'] },
  { rule: 'break-glass', actions: ['escrow.break-glass'], outcomes: ['success'], about: ['person', 'request'] },
  { rule: 'revoked-key', outcomes: ['refused', 'failed'], errors: ['token.lost', 'path.revoked'], about: ['token', 'person'] },
  {
    rule: 'revoked-key',
    actions: [...exportsOfKeys, 'token.import'],
    outcomes: ['success'],
    only: 'revoked',
    about: ['person', 'token'],
  },
  { rule: 'rollback', actions: ['audit.rollback'], outcomes: ['failed'], about: [] },
  { rule: 'sink-down', actions: ['audit.deliver'], outcomes: ['failed'], about: ['sink'] },
];

const actions = new Set(watchRules.flatMap((rule) => rule.actions ?? []));
const errors = new Set(watchRules.flatMap((rule) => (rule.actions === undefined ? (rule.errors ?? []) : [])));

/** Whether any rule could be about an entry. Asked of every one: a bulk enrolment must not notice. */
export const isWatched = ({ action, error }: Pick<Watched, 'action' | 'error'>): boolean =>
  actions.has(action) || (error !== undefined && errors.has(error));

/** Whether a rule is about an entry, but for what only the certificates tell. */
export function matches(rule: WatchRule, entry: Watched, policy: WatchPolicy): boolean {
  if (rule.actions?.includes(entry.action) === false || !rule.outcomes.includes(entry.outcome)) return false;
  if (rule.errors !== undefined && (entry.error === undefined || !rule.errors.includes(entry.error))) return false;
  return rule.only !== 'outside-hours' || isOutside(policy.officeHours, entry.time);
}

/** How many acts an entry stands for: one with twenty certificates is twenty. */
export const weightOf = ({ subject: { certificates } }: Pick<Watched, 'subject'>): number =>
  typeof certificates === 'object' ? Math.max(certificates.length, 1) : 1;

/** What an alarm of this rule is about; nothing where it is about the whole practice. */
export function aboutOf({ about }: Pick<WatchRule, 'about'>, subject: AuditSubject): string {
  return (
    about
      .map((fact) => subject[fact])
      .find((value) => typeof value === 'string' && value !== '')
      ?.toString() ?? ''
  );
}

/** The certificates that an entry names. */
export const certificatesIn = ({ certificate, certificates }: AuditSubject): readonly string[] => [
  ...(typeof certificate === 'string' ? [certificate] : []),
  ...(typeof certificates === 'object' ? certificates : []),
];
