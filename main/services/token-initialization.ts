import { AppError } from '../domain/errors.ts';
import { refuseFactoryPin } from '../domain/token/new-pin.ts';
import type { TokenInitialization, Tokens } from '../ports/tokens.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Commit } from './handler.ts';
import { enterBegun, type TokenActor } from './token-begun.ts';

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
  by: TokenActor,
): Promise<Commit<{ token: string }>> {
  for (const pin of [order.pin, order.soPin]) refuseFactoryPin(pin);
  const { modules } = await parts.tokens.survey();
  if (!modules.some(({ name }) => name === module))
    throw new AppError('not-found', 'There is no driver of this name.', { what: 'module', id: module });
  await enterBegun(parts.auditTrail, by, 'token.initialize-begin', { module, label: order.label });
  const token = await parts.tokens.initialize(module, order);
  return async () => ({ value: { token }, subject: { token }, pushes: [{ name: 'tokens.changed', payload: { tokens: [token] } }] });
}
