import { AppError } from '../errors.ts';
import type { CertificateProfile, SubscriberProfile } from './certificate-profile.ts';
import { crlSigner } from './crl-signer.ts';
import { directAddressProfiles, directOrganizationProfiles } from './direct.ts';
import { intermediateAuthority } from './intermediate-authority.ts';
import { issuingAuthority } from './issuing-authority.ts';
import { ocspResponder } from './ocsp-responder.ts';
import { rootAuthority } from './root-authority.ts';
import { smimeIndividualMultipurposeProfiles } from './smime-individual-multipurpose.ts';
import { smimeIndividualStrictProfiles } from './smime-individual-strict.ts';
import { smimeMailboxMultipurposeProfiles } from './smime-mailbox-multipurpose.ts';
import { smimeMailboxStrictProfiles } from './smime-mailbox-strict.ts';
import { smimeOrganizationMultipurposeProfiles } from './smime-organization-multipurpose.ts';
import { smimeOrganizationStrictProfiles } from './smime-organization-strict.ts';
import { smimeSponsorMultipurposeProfiles } from './smime-sponsor-multipurpose.ts';
import { smimeSponsorStrictProfiles } from './smime-sponsor-strict.ts';

/** The profiles that come with Keyward for people and mailboxes. One line each; the order is that of lists and menus. */
export const subscriberProfiles: readonly SubscriberProfile[] = [
  ...smimeMailboxMultipurposeProfiles,
  ...smimeMailboxStrictProfiles,
  ...smimeOrganizationMultipurposeProfiles,
  ...smimeOrganizationStrictProfiles,
  ...smimeSponsorMultipurposeProfiles,
  ...smimeSponsorStrictProfiles,
  ...smimeIndividualMultipurposeProfiles,
  ...smimeIndividualStrictProfiles,
  ...directAddressProfiles,
  ...directOrganizationProfiles,
];

/** Every profile that comes with Keyward. */
export const certificateProfiles: readonly CertificateProfile[] = [
  ...subscriberProfiles,
  rootAuthority,
  intermediateAuthority,
  issuingAuthority,
  ocspResponder,
  crlSigner,
];

/**
 * The profiles a name stands for: itself with its usage, such as `smime-mailbox-multipurpose-dual`, or, without one, the pair that signs
 * with one key and decrypts with the other.
 * @throws AppError input.unknown-profile
 */
export function profilesFor(name: string, known: readonly SubscriberProfile[] = subscriberProfiles): readonly SubscriberProfile[] {
  const exact = known.filter((profile) => profile.id === name);
  const pair = known.filter((profile) => profile.id === `${name}-sign` || profile.id === `${name}-encrypt`);
  if (exact.length === 1) return exact;
  if (pair.length === 2) return pair.toSorted((a, b) => order(a) - order(b));
  throw new AppError('input.unknown-profile', 'There is no certificate profile of that name.', { known: known.map(({ id }) => id) });
}

const order = (profile: SubscriberProfile): number => (profile.usage === 'sign' ? 0 : 1);

/** One profile by its whole name, an authority's too, of those that come with Keyward. @throws AppError input.unknown-profile */
export function findProfile(id: string): CertificateProfile {
  const profile = certificateProfiles.find((candidate) => candidate.id === id);
  if (profile === undefined) throw new AppError('input.unknown-profile', 'There is no certificate profile of that name.');
  return profile;
}
