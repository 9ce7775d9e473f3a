import type { AuditAction } from '../../../main/domain/audit/action.ts';

/** What the filters of the log call together; every action is in exactly one. */
export const actionGroups = {
  issued: [
    'enrollment.start',
    'enrollment.issue',
    'enrollment.resume',
    'enrollment.cancel',
    'enrollment.finish',
    'enrollment.pause',
    'certificate.renew',
    'certificate.request',
    'certificate.request-withdraw',
    'certificate.accept',
    'authority.sign-request',
    'authority.import',
    'key.add-compromised',
    'profile.add',
    'profile.edit',
    'openpgp.generate',
    'token.initialize-begin',
    'token.initialize',
    'token.change-pin-begin',
    'token.change-pin',
    'token.unblock-begin',
    'token.unblock',
    'token.secure-begin',
    'token.secure',
    'token.found',
    'token.import-begin',
    'token.import',
    'token.wipe-begin',
    'token.wipe',
    'token.begin',
    'token.enroll',
    'token.settle',
    'token.reconcile',
    'authority.create',
    'authority.use',
    'authority.rollover',
    'authority.request',
    'authority.request-withdraw',
    'authority.certify',
    'authority.accept',
    'authority.take-offline',
    'authority.bring-back',
  ],
  revoked: [
    'certificate.revoke',
    'token.lost',
    'certificate.suspend',
    'certificate.resume',
    'authority.crl',
    'authority.publish',
    'authority.renew-lists',
    'authority.ocsp',
    'authority.ocsp-address',
    'authority.list-import',
  ],
  'handed-out': [
    'certificate.export',
    'key.export',
    'authority.key-export',
    'openpgp.export',
    'openpgp.export-secret',
    'openpgp.export-revocation',
    'mail.export',
    'audit.export',
  ],
  people: ['people.import', 'people.add', 'people.leave'],
  'sign-ins': [
    'workspace.init',
    'session.sign-in',
    'session.lock',
    'session.recover',
    'session.confirm',
    'account.change-passphrase',
    'account.begin-second-factor',
    'account.turn-on-second-factor',
    'account.turn-off-second-factor',
  ],
  operators: [
    'operator.add',
    'operator.role',
    'operator.remove',
    'operator.reset-second-factor',
    'policy.set',
    'audit.keep-checkpoints',
    'audit.rollback',
    'audit.explain-rollback',
  ],
  backups: [
    'backup.key',
    'backup.begin',
    'backup.create',
    'backup.verify',
    'backup.schedule',
    'backup.remove',
    'backup.restore',
    'backup.restored',
  ],
  reading: ['audit.read'],
} as const satisfies Readonly<Record<string, readonly AuditAction[]>>;

export type ActionGroup = keyof typeof actionGroups;
export const groupNames = Object.keys(actionGroups) as readonly ActionGroup[];

/** A chip of the log: a group, or what was refused or failed. */
export type LogChip = ActionGroup | 'refused';

/** What to ask the core for these chips; none means everything. */
export function chipFilter(chips: readonly LogChip[]): { actions?: AuditAction[]; outcomes?: ('refused' | 'failed')[] } {
  const actions = groupNames.filter((group) => chips.includes(group)).flatMap((group): readonly AuditAction[] => actionGroups[group]);
  return { ...(actions.length === 0 ? {} : { actions }), ...(chips.includes('refused') ? { outcomes: ['refused', 'failed'] } : {}) };
}
