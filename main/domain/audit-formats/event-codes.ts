import type { AuditAction } from '../audit/action.ts';
import type { AuditOutcome } from '../audit/entry.ts';

/** A code of DICOM PS3.16 (DCM). */
export interface DicomCode {
  readonly code: string;
  readonly meaning: string;
}

/** What kind of event an act is to an audit repository: IHE ITI TF-2 3.20 has no event for keys, so most acts are security alerts. */
export interface EventCodes {
  readonly event: DicomCode;
  readonly type: DicomCode | undefined;
  /** Read or execute, as PS3.15 A.5.3 asks for each event. */
  readonly action: 'R' | 'E';
}

const dicom = (code: string, meaning: string): DicomCode => ({ code, meaning });

const alert = (type: DicomCode): EventCodes => ({ event: dicom('110113', 'Security Alert'), type, action: 'E' });
const authentication = (type: DicomCode): EventCodes => ({ event: dicom('110114', 'User Authentication'), type, action: 'E' });

const logUsed: EventCodes = { event: dicom('110101', 'Audit Log Used'), type: undefined, action: 'R' };
const login = authentication(dicom('110122', 'Login'));
const logout = authentication(dicom('110123', 'Logout'));
const configuration = alert(dicom('110129', 'Security Configuration'));
const emergency = alert(dicom('110127', 'Emergency Override Started'));
const hardware = alert(dicom('110130', 'Hardware Configuration'));
const restricted = alert(dicom('110132', 'Use of Restricted Function'));
const objects = alert(dicom('110135', 'Object Security Attributes Changed'));
const roles = alert(dicom('110136', 'Security Roles Changed'));
const users = alert(dicom('110137', 'User Security Attributes Changed'));

const single: Partial<Record<AuditAction, EventCodes>> = {
  'session.sign-in': login,
  'session.confirm': login,
  'session.prove': login,
  'session.lock': logout,
  'session.recover': users,
  'operator.reset-second-factor': users,
  'audit.read': logUsed,
  'incident.print': logUsed,
  'audit.export': logUsed,
  'audit.deliver': logUsed,
  'audit.time-stamp': logUsed,
  'audit.time-stamp-request': logUsed,
  'audit.witness': logUsed,
  'audit.rollback': objects,
  'audit.explain-rollback': objects,
  'key.export': restricted,
  'key.add-compromised': configuration,
  'openpgp.export-secret': restricted,
  'mail.export': restricted,
  'mail.package': restricted,
  'mail.prove': restricted,
  'authority.key-export': restricted,
  'authority.take-offline': restricted,
  'authority.bring-back': restricted,
  'token.initialize': hardware,
  'token.initialize-begin': hardware,
  'token.wipe': hardware,
  'token.wipe-begin': hardware,
  'backup.schedule': configuration,
  'escrow.break-glass': emergency,
};

const families: Readonly<Record<string, EventCodes>> = {
  workspace: configuration,
  account: users,
  operator: roles,
  policy: configuration,
  approval: restricted,
  device: configuration,
  people: users,
  application: users,
  enrollment: users,
  certificate: users,
  openpgp: users,
  token: users,
  mail: users,
  profile: configuration,
  authority: configuration,
  audit: configuration,
  backup: restricted,
  escrow: restricted,
  incident: restricted,
};

export const codesOf = (action: AuditAction): EventCodes =>
  single[action] ?? families[action.slice(0, action.indexOf('.'))] ?? configuration;

/** PS3.15 A.5.1.1: nothing happened where the rules said no, which is minor; what was tried and did not work is serious. */
export const outcomeIndicators: Readonly<Record<AuditOutcome, '0' | '4' | '8'>> = { success: '0', refused: '4', failed: '8' };
