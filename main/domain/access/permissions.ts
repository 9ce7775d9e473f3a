import type { Role } from './role.ts';

const everybody = ['administrator', 'registrar', 'security-officer', 'staff', 'auditor'] as const satisfies readonly Role[];
/** Who sees the practice's people, certificates and log. */
const readers = ['administrator', 'registrar', 'security-officer', 'auditor'] as const satisfies readonly Role[];
/** Who enrols, renews and hands over. */
const registrars = ['administrator', 'registrar'] as const satisfies readonly Role[];
/** Who takes the log out of the house: to verify it, or to hand it to who does. */
const logKeepers = ['administrator', 'security-officer', 'auditor'] as const satisfies readonly Role[];
/** Who takes away and gives back: revocation, recovery. */
const officers = ['administrator', 'security-officer'] as const satisfies readonly Role[];
/** Who sees who may do what. */
const auditors = ['administrator', 'auditor'] as const satisfies readonly Role[];
/** Who decides about operators, authorities and how certificates are made. */
const administrators = ['administrator'] as const satisfies readonly Role[];

/**
 * Who may make which call: every call that needs somebody signed in has a line here, and its contract takes it from here. The pure tools
 * and the door itself are nobody's privilege and stand in the contract. An administrator may do everything: many a practice has no more
 * than one. Until operators and people of the practice are the same records, staff see the card in the reader and the practice's
 * authorities, and nothing of anybody else.
 */
export const permissions = {
  'account.addCard': everybody,
  'account.beginSecondFactor': everybody,
  'account.cards': everybody,
  'account.changePassphrase': everybody,
  'account.removeCard': everybody,
  'account.secondFactor': everybody,
  'account.turnOffSecondFactor': everybody,
  'account.turnOnSecondFactor': everybody,
  'approvals.approve': officers,
  'approvals.list': logKeepers,
  'approvals.refuse': officers,
  'audit.checkKept': readers,
  'audit.checkpoint': logKeepers,
  'audit.explainRollback': auditors,
  'audit.exportEvents': logKeepers,
  'audit.exportHead': logKeepers,
  'audit.exportPart': logKeepers,
  'audit.exportSelection': logKeepers,
  'audit.exportUpperTiles': logKeepers,
  'audit.keepCheckpoints': administrators,
  'audit.list': readers,
  'audit.show': readers,
  'audit.verify': readers,
  'authorities.create': administrators,
  'authorities.crl': officers,
  'authorities.listOctets': officers,
  'authorities.crlDue': officers,
  'authorities.export': everybody,
  'authorities.import': administrators,
  'authorities.list': everybody,
  'authorities.publish': officers,
  'authorities.rollover': administrators,
  'authorities.use': administrators,
  'backup.create': officers,
  'backup.makeKey': administrators,
  'backup.schedule': administrators,
  'backup.status': readers,
  'backup.verify': officers,
  'certificates.export': readers,
  'certificates.exportPrivateKey': registrars,
  'certificates.list': readers,
  'certificates.previewRevocation': officers,
  'certificates.renew': registrars,
  'certificates.resume': officers,
  'certificates.revoke': officers,
  'certificates.show': readers,
  'certificates.suspend': officers,
  'device.disable': administrators,
  'device.enable': administrators,
  'device.status': readers,
  'enrollment.cancel': registrars,
  'enrollment.job': readers,
  'enrollment.jobs': readers,
  'enrollment.resume': registrars,
  'enrollment.start': registrars,
  'escrow.approve': officers,
  'escrow.ask': officers,
  'escrow.breakGlass': officers,
  'escrow.deliver': officers,
  'escrow.drill': officers,
  'escrow.refuse': officers,
  'escrow.review': logKeepers,
  'escrow.share': officers,
  'escrow.state': logKeepers,
  'incidents.add': officers,
  'incidents.close': officers,
  'incidents.list': logKeepers,
  'incidents.note': officers,
  'incidents.open': officers,
  'incidents.policy': logKeepers,
  'incidents.print': logKeepers,
  'incidents.setPolicy': administrators,
  'incidents.settle': officers,
  'incidents.show': logKeepers,
  'keys.addCompromised': officers,
  'keys.checkInventory': readers,
  'keys.compromisedLists': readers,
  'mail.check': registrars,
  'mail.clients': registrars,
  'mail.deliver': registrars,
  'mail.expire': registrars,
  'mail.export': registrars,
  'mail.kit': registrars,
  'mail.makePackage': registrars,
  'mail.packages': readers,
  'mail.pickUp': registrars,
  'mail.plan': registrars,
  'mail.prove': registrars,
  'mail.savedPackage': registrars,
  'ocsp.address': administrators,
  'ocsp.answer': officers,
  'ocsp.presign': officers,
  'offline.accept': administrators,
  'offline.addList': administrators,
  'offline.bringBack': administrators,
  'offline.certify': administrators,
  'offline.exportKey': administrators,
  'offline.request': administrators,
  'offline.requestFile': administrators,
  'offline.requests': administrators,
  'offline.takeOffline': administrators,
  'offline.withdraw': administrators,
  'openpgp.export': readers,
  'openpgp.exportRevocation': administrators,
  'openpgp.exportSecret': registrars,
  'openpgp.generate': registrars,
  'openpgp.list': readers,
  'openpgp.show': readers,
  'operators.add': administrators,
  'operators.list': auditors,
  'operators.remove': administrators,
  'operators.resetSecondFactor': administrators,
  'operators.setRole': administrators,
  'people.add': registrars,
  'people.checkStaffList': registrars,
  'people.handoverSheet': registrars,
  'people.import': registrars,
  'people.leave': registrars,
  'people.list': readers,
  'people.show': readers,
  'policies.set': administrators,
  'policies.show': everybody,
  'profiles.add': administrators,
  'profiles.check': administrators,
  'profiles.edit': administrators,
  'profiles.list': readers,
  'profiles.show': readers,
  'reports.overview': readers,
  'requests.accept': registrars,
  'requests.file': registrars,
  'requests.make': registrars,
  'requests.open': readers,
  'requests.preview': registrars,
  'requests.sign': registrars,
  'requests.withdraw': registrars,
  'session.lock': everybody,
  'session.stay': everybody,
  'sinks.add': administrators,
  'sinks.deliver': officers,
  'sinks.list': readers,
  'sinks.remove': administrators,
  'sinks.test': administrators,
  'tokens.changePin': registrars,
  'tokens.enroll': registrars,
  'tokens.generate': registrars,
  'tokens.import': registrars,
  'tokens.initialize': registrars,
  'tokens.list': everybody,
  'tokens.previewLoss': officers,
  'tokens.reconcile': registrars,
  'tokens.reportLost': officers,
  'tokens.secure': registrars,
  'tokens.show': everybody,
  'tokens.takeBack': officers,
  'tokens.unblock': registrars,
  'tokens.wipe': registrars,
  'viewer.open': readers,
  'viewer.openMail': registrars,
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** A call that needs somebody signed in. */
export type GuardedCall = keyof typeof permissions;

/** Whether a call has a line here. */
export const isGuarded = (call: string): call is GuardedCall => Object.hasOwn(permissions, call);

/** Whether somebody of this role may have a rule of the lint broken, with a reason: it decides how certificates are made. */
export const mayOverrideLint = (role: Role): boolean => (administrators as readonly Role[]).includes(role);

/** The roles that may make this call. */
export const whoMay = (call: GuardedCall): readonly Role[] => permissions[call];

/** Whether somebody of this role may make this call. */
export const may = (role: Role, call: GuardedCall): boolean => whoMay(call).includes(role);
