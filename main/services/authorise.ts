import { mayOverrideLint } from '../domain/access/permissions.ts';
import type { Access } from '../contract/call.ts';
import { AppError } from '../domain/errors.ts';
import type { Session } from './session-registry.ts';

/**
 * Lets a call through or throws: `session.locked` when somebody must sign in first, `session.not-permitted` when
 * their role may not.
 */
export function authorise(access: Access, session: Session | undefined): void {
  if (access === 'public' || access === 'door') return;
  if (session === undefined) throw new AppError('session.locked', 'Nobody is signed in.');
  if (!access.includes(session.operator.role))
    throw new AppError('session.not-permitted', 'This role may not do that.', { role: session.operator.role });
}

/** The reason to issue what breaks a rule is an administrator's to give. @throws AppError session.not-permitted */
export function authoriseOverride({ operator: { role } }: Session, override: string | undefined): void {
  if (override !== undefined && !mayOverrideLint(role))
    throw new AppError('session.not-permitted', 'Only an administrator has a rule broken.', { role });
}
