import { createContext, useCallback, useContext } from 'react';
import { isGuarded, may, mayOverrideLint, type GuardedCall } from '../../main/domain/access/permissions.ts';
import type { Role } from '../../main/domain/access/role.ts';

/**
 * What whoever is signed in may do. The core decides that; the window only spares people what would be refused. Outside it nobody is
 * signed in, or somebody sets up the practice, as its administrator.
 */
export const RoleContext = createContext<Role>('administrator');

/** Tells of a call whether the role of whoever is signed in has it. */
export function useMay(): (call: GuardedCall) => boolean {
  const role = useContext(RoleContext);
  return useCallback((call: GuardedCall) => may(role, call), [role]);
}

/** Whether the role may have a rule broken that stops a certificate. */
export const useMayOverride = (): boolean => mayOverrideLint(useContext(RoleContext));

/** Whether the role may ask this at all; what needs no role may everybody. */
export function useMayAsk(name: string): boolean {
  const role = useContext(RoleContext);
  return !isGuarded(name) || may(role, name);
}
