import type { CertificateProfile, SubscriberProfile } from '../domain/profile/certificate-profile.ts';
import { certificateProfiles, subscriberProfiles } from '../domain/profile/index.ts';
import { expandProfile } from '../domain/profile/own-profile.ts';
import type { ReadStores } from '../ports/database.ts';

/** Every profile a person's certificate can be made by: those that come with Keyward, then the practice's own. */
export const knownProfiles = async (stores: ReadStores): Promise<readonly SubscriberProfile[]> => [
  ...subscriberProfiles,
  ...(await stores.profiles.list()).flatMap(({ profile }) => expandProfile(profile)),
];

/** The profile of this id as it was at an instant (RFC 3339); undefined where it has been changed since, or is not known any more. */
export async function profileAt(stores: ReadStores, id: string, instant: string): Promise<CertificateProfile | undefined> {
  const unchanged = (await stores.profiles.list()).filter(({ changedAt }) => changedAt <= instant);
  const own = unchanged.flatMap(({ profile }) => expandProfile(profile));
  return [...certificateProfiles, ...own].find((profile) => profile.id === id);
}
