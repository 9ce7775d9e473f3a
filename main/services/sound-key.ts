import { AppError } from '../domain/errors.ts';
import { listedNames, usualTwin } from '../domain/key/key-fingerprints.ts';
import type { SubjectPublicKeyInfo } from '../domain/x509/read-public-key.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Primitives } from '../ports/primitives.ts';

/**
 * Refuses a key from outside that somebody else is known to hold, or whose modulus another key here has: who knows one private half
 * of the two computes the other.
 * @throws AppError input.compromised-key; input.weak-key with details {weakness: 'shared-modulus'}
 */
export async function requireUnsharedKey(
  stores: ReadStores,
  { digest }: Pick<Primitives, 'digest'>,
  key: Pick<SubjectPublicKeyInfo, 'der' | 'rsa'>,
): Promise<void> {
  if (await stores.compromisedKeys.isListed(listedNames(key, digest)))
    throw new AppError('input.compromised-key', 'This key is on a list of keys that others know the private half of.');
  const twin = usualTwin(key, digest);
  if (twin !== undefined && (await stores.keys.findBySpki(twin)) !== undefined)
    throw new AppError('input.weak-key', 'Another key here has the same modulus.', { weakness: 'shared-modulus' });
}
