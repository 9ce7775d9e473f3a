import { isSameOctets } from '../domain/encoding/octets.ts';
import { AppError } from '../domain/errors.ts';
import type { Secret } from '../contract/secret.ts';
import type { Vault } from '../ports/vault.ts';
import { createCardHandlers, type AccountCardParts } from './account-cards.ts';
import { createFactorHandlers, type AccountFactorParts } from './account-second-factor.ts';
import type { AreaHandlers, Commit, SessionContext } from './handler.ts';
import { requirePresent } from './operator-roster.ts';
import type { SessionRegistry } from './session-registry.ts';

export interface AccountParts extends AccountFactorParts, AccountCardParts {
  readonly vault: Vault;
  readonly sessions: SessionRegistry;
}

/** What somebody changes about their own sign-in. */
export function createAccountHandlers(parts: AccountParts): AreaHandlers<'account'> {
  return {
    changePassphrase: async (input, context) => changePassphrase(parts, input, context),
    ...createFactorHandlers(parts),
    ...createCardHandlers(parts),
  };
}

/** @throws AppError session.sign-in-failed, counted; session.too-soon, session.passphrase-unchanged, input.* for the new one; stale */
async function changePassphrase(
  { read, vault, sessions, attempts }: AccountParts,
  { oldPassphrase, newPassphrase }: { readonly oldPassphrase: Secret; readonly newPassphrase: Secret },
  { caller, session: { operator, unlocked } }: SessionContext,
): Promise<Commit<null>> {
  const before = await read().operators.opening(operator.id, 'passphrase');
  const proven = await attempts.attempt(operator, 'passphrase', (sealed) => vault.unlock(sealed, oldPassphrase.reveal()));
  proven.wipe();
  if (isSameOctets(oldPassphrase.reveal(), newPassphrase.reveal()))
    throw new AppError('session.passphrase-unchanged', 'The new passphrase is the old one.');
  const opening = await unlocked.changePassphrase(newPassphrase.reveal());
  return async (stores) => {
    await requirePresent(stores, operator);
    const now = await stores.operators.opening(operator.id, 'passphrase');
    if (before === undefined || now === undefined || !isSameOctets(now.sealed, before.sealed))
      throw new AppError('stale', 'The passphrase was changed meanwhile.', { what: 'passphrase' });
    await stores.operators.putOpening(opening);
    await stores.operators.setFailures(operator.id, { count: 0, lastAt: null });
    return {
      value: null,
      afterwards: () => {
        attempts.forget(operator.id);
        sessions.endOthersOf(operator.id, caller.connection);
      },
    };
  };
}
