import { AppError } from '../errors.ts';
import { canServe, familyOf, requireAbility, type KeyAlgorithm } from '../key/algorithm.ts';
import type { SubscriberProfile } from './certificate-profile.ts';

/** Whether a key of this algorithm can have a certificate by the profile. */
export const isAllowed = ({ algorithms, usage, keyUsage }: SubscriberProfile, algorithm: KeyAlgorithm): boolean =>
  canServe(algorithm, usage) && keyUsage[familyOf(algorithm)].length > 0 && (algorithms?.includes(algorithm) ?? true);

/** @throws AppError input.unsupported-algorithm where the key cannot serve the usage, or the profile is not for keys of its kind */
export function requireAllowed({ algorithms, id, usage }: SubscriberProfile, algorithm: KeyAlgorithm): void {
  requireAbility(algorithm, usage);
  if (algorithms === undefined || algorithms.includes(algorithm)) return;
  throw new AppError('input.unsupported-algorithm', `The profile ${id} is for other kinds of keys.`, {
    algorithm,
    profile: id,
    allowed: algorithms,
  });
}
