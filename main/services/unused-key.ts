import type { Stores } from '../ports/database.ts';

/**
 * Destroys, within a unit, a key that was made for a request and never got a certificate: its octets are overwritten, what is known about it stays.
 * @throws AppError not-found; stale when it is in use by now
 */
export async function destroyUnusedKey(stores: Stores, keyId: string, at: string): Promise<void> {
  await stores.vault.removeSealedKey(keyId);
  await stores.keys.move([{ keyId, from: 'preActive', to: 'destroyed', at }]);
}
