import type { GuardedCall } from './permissions.ts';

/**
 * Acts that a window left open must not give to whoever walks by: keys that leave, who may do what, the escrow, authorities, other people's
 * mail. At a window they ask for passphrase or card once more where that was long ago; a command line has just signed in.
 */
const acts: readonly GuardedCall[] = [
  'account.removeCard',
  'account.turnOffSecondFactor',
  'approvals.approve',
  'authorities.create',
  'authorities.import',
  'authorities.rollover',
  'backup.makeKey',
  'certificates.exportPrivateKey',
  'device.enable',
  'escrow.approve',
  'escrow.ask',
  'escrow.breakGlass',
  'escrow.deliver',
  'escrow.share',
  'offline.certify',
  'offline.exportKey',
  'offline.takeOffline',
  'openpgp.exportRevocation',
  'openpgp.exportSecret',
  'openpgp.revoke',
  'operators.add',
  'operators.remove',
  'operators.resetSecondFactor',
  'operators.setPerson',
  'operators.setRole',
  'policies.set',
  'viewer.openMail',
];

const names: ReadonlySet<string> = new Set(acts);

/** Whether this call asks again who is there. */
export const asksWhoIsThere = (call: string): boolean => names.has(call);

/** How long giving passphrase or card counts for these acts. Milliseconds. */
export const proofLasts = 5 * 60_000;
