import { AppError } from '../errors.ts';

/** Key states of NIST SP 800-57 Part 1 (revision 5, section 7). */
export const keyStates = ['preActive', 'active', 'suspended', 'deactivated', 'compromised', 'destroyed'] as const;

export type KeyState = (typeof keyStates)[number];

/** Where each state may go (SP 800-57 Part 1, section 7.2). A destroyed key is gone; what is known about it stays. */
const transitions: Readonly<Record<KeyState, readonly KeyState[]>> = {
  preActive: ['active', 'compromised', 'destroyed'],
  active: ['suspended', 'deactivated', 'compromised', 'destroyed'],
  suspended: ['active', 'deactivated', 'compromised', 'destroyed'],
  deactivated: ['compromised', 'destroyed'],
  compromised: ['destroyed'],
  destroyed: [],
};

export const mayBecome = (from: KeyState, to: KeyState): boolean => transitions[from].includes(to);

/**
 * The state after a transition.
 * @throws AppError conflict with details {from, to} where SP 800-57 knows no such transition.
 */
export function transition(from: KeyState, to: KeyState): KeyState {
  if (!mayBecome(from, to)) throw new AppError('conflict', `A key that is ${from} cannot become ${to}.`, { from, to });
  return to;
}

/** Whether a key may still protect anything new: sign, or be encrypted to. */
export const mayProtect = (state: KeyState): boolean => state === 'active';

/** Whether a key may process what it protected before: verify, or decrypt. A compromised key does so only under control. */
export const mayProcess = (state: KeyState): boolean => state === 'active' || state === 'suspended' || state === 'deactivated';
