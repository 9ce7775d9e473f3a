import { AppError } from '../domain/errors.ts';
import { refuseFactoryPin } from '../domain/token/new-pin.ts';
import type { AuditOrigin } from '../domain/audit/entry.ts';
import type { TokenInitialization, Tokens } from '../ports/tokens.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Commit } from './handler.ts';

export interface TokenInitializationParts {
  readonly tokens: Tokens;
  readonly auditTrail: AuditTrail;
}

/**
 * Sets up a new token. That it was begun is in the log before the token is touched; a token that was set up already is
 * never touched, so that nothing can be lost on it.
 * @throws AppError token.*, also token.pin-factory; not-found for a driver that is not there
 */
export async function initializeToken(
  parts: TokenInitializationParts,
  { module, ...order }: TokenInitialization & { readonly module: string },
  by: { readonly operator: string; readonly host: AuditOrigin['host'] },
): Promise<Commit<{ token: string }>> {
  for (const pin of [order.pin, order.soPin]) refuseFactoryPin(pin);
  const { modules } = await parts.tokens.survey();
  if (!modules.some(({ name }) => name === module))
    throw new AppError('not-found', 'There is no driver of this name.', { what: 'module', id: module });
  const begun = { ...by, action: 'token.initialize-begin', subject: { module, label: order.label }, outcome: 'success' } as const;
  await parts.auditTrail.record(async () => ({ value: undefined, entries: [begun] }));
  const token = await parts.tokens.initialize(module, order);
  return async () => ({ value: { token }, subject: { token }, pushes: [{ name: 'tokens.changed', payload: { tokens: [token] } }] });
}
