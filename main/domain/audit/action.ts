/** Everything that can be entered in the audit log. A closed list: an entry with another action is not ours. */
export const auditActions = [
  'workspace.init',
  'session.sign-in',
  'session.lock',
  'session.recover',
  'people.import',
  'people.add',
  'people.leave',
  'enrollment.start',
  'enrollment.issue',
  'enrollment.resume',
  'enrollment.cancel',
  'enrollment.finish',
  'certificate.renew',
  'certificate.revoke',
  'certificate.export',
  'key.export',
  'mail.export',
  'authority.crl',
  'authority.publish',
  'audit.read',
] as const;
export type AuditAction = (typeof auditActions)[number];
