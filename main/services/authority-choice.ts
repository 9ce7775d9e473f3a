import { AppError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { Commit } from './handler.ts';
import { findAuthority, newestIssuing, requireGoodAuthority } from './issuers.ts';

/**
 * Has an authority issue to people from now on.
 * @throws AppError not-found; input.invalid for a root, whose key is for authorities alone (S/MIME BR section 6.1.7);
 *   path.expired, path.revoked when it or one above it is not good
 */
export async function useAuthority(
  parts: { readonly read: () => ReadStores; readonly clock: Clock },
  id: string,
): Promise<Commit<{ readonly authority: string; readonly name: string }>> {
  const authority = await findAuthority(parts.read(), id);
  if (authority.parentId === null)
    throw new AppError('input.invalid', 'A root signs authorities and does not issue to people: choose one below it.', {
      field: 'authority',
    });
  await requireGoodAuthority(parts.read(), authority, parts.clock.now());
  return async (stores, { time }) => {
    await requireGoodAuthority(stores, authority, new Date(time));
    await stores.settings.put('issuing-authority', authority.id);
    return { value: { authority: authority.id, name: authority.name } };
  };
}

/** In a unit that is about to add an authority: whoever issues to people goes on, so that a new one alone changes nothing. */
export async function keepChoice(stores: Stores): Promise<void> {
  const usual = newestIssuing(await stores.authorities.list());
  if ((await stores.settings.get('issuing-authority')) === undefined && usual !== undefined)
    await stores.settings.put('issuing-authority', usual.id);
}
