import type { FileContent } from '../contract/secret.ts';
import { readEncodedObjects } from '../domain/encoding/pem.ts';
import { AppError } from '../domain/errors.ts';
import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import type { SubscriberProfile } from '../domain/profile/certificate-profile.ts';
import { profilesFor } from '../domain/profile/index.ts';
import { isAllowed } from '../domain/profile/profile-keys.ts';
import { prepareIssuer } from '../domain/profile/prepare-issuer.ts';
import type { Person } from '../domain/profile/subject.ts';
import { requireSoundKey } from '../domain/request/request-key.ts';
import { requestedMailboxes, requestedPerson, requestedPurpose } from '../domain/request/request-subject.ts';
import type { Certificate } from '../domain/x509/read-certificate.ts';
import { readCertificationRequest, type CertificationRequest } from '../domain/x509/read-request.ts';
import { notBeforeAt } from '../domain/x509/validity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import { draftOf } from './draft.ts';
import { describePerson } from './issuance-plan.ts';
import { describeIssuer, findAuthority, findIssuingAuthority, requireGoodAuthority, type IssuerParts } from './issuers.ts';
import { knownProfiles } from './known-profiles.ts';
import { readPractice } from './practice.ts';
import { ownerOfRequest } from './request-owner.ts';
import { requireUnsharedKey } from './sound-key.ts';

export interface RequestInput {
  readonly file: FileContent;
  readonly profile?: string | undefined;
  readonly person?: string | undefined;
  readonly authority?: string | undefined;
}

export interface RequestPlanParts extends IssuerParts {
  readonly clock: Clock;
  readonly primitives: Primitives;
}

/** A request that was found fit to be signed, and what would come of it. */
export interface RequestPlan {
  readonly request: CertificationRequest;
  readonly algorithm: KeyAlgorithm;
  readonly profile: SubscriberProfile;
  readonly authority: AuthorityRecord;
  /** Undefined for somebody outside the practice. */
  readonly owner: PersonRow | undefined;
  readonly person: Person;
  readonly notBefore: Date;
  readonly draft: Certificate;
}

/**
 * Reads a request, has it prove that its key is sound and held, and drafts the certificate.
 * @throws AppError input.* for what cannot be read, proven or issued; conflict where the key is known or several people are meant; not-found
 */
export async function planRequest(parts: RequestPlanParts, input: RequestInput): Promise<RequestPlan> {
  const stores = parts.read();
  const request = onlyRequest(input.file);
  const algorithm = requireSoundKey(request, (...signed) => parts.primitives.verify(...signed));
  await requireUnsharedKey(stores, parts.primitives, request.subjectPublicKeyInfo);
  const wanted = input.profile ?? `smime-mailbox-multipurpose-${requestedPurpose(request, algorithm)}`;
  const profile = onlyProfile(profilesFor(wanted, await knownProfiles(stores)));
  const authority = input.authority === undefined ? await findIssuingAuthority(stores) : await findAuthority(stores, input.authority);
  await requireGoodAuthority(stores, authority, parts.clock.now());
  const owner = await ownerOfRequest(stores, requestedMailboxes(request), input.person);
  const person = await personFor(stores, request, owner);
  const notBefore = notBeforeAt(parts.clock.now());
  const issuer = prepareIssuer(await describeIssuer(stores, authority));
  const subjectPublicKeyInfo = request.subjectPublicKeyInfo.der;
  const draft = draftOf(parts.primitives, { profile, algorithm, person, issuer, subjectPublicKeyInfo, notBefore });
  return { request, algorithm, profile, authority, owner, person, notBefore, draft };
}

function onlyRequest(file: FileContent): CertificationRequest {
  const found = readEncodedObjects(file.bytes).filter(({ label }) => label === undefined || label.endsWith('CERTIFICATE REQUEST'));
  const [first, ...more] = found;
  if (first === undefined || more.length > 0)
    throw new AppError('input.invalid', 'Give a file with one certificate request (PKCS #10).', {
      field: 'file',
      rule: 'one',
      found: found.length,
    });
  return readCertificationRequest(first.der);
}

/** The profiles whose certificates can carry this key. */
export const profilesForKey = async (stores: ReadStores, algorithm: KeyAlgorithm): Promise<readonly SubscriberProfile[]> =>
  (await knownProfiles(stores)).filter((profile) => isAllowed(profile, algorithm));

function onlyProfile([profile, ...more]: readonly SubscriberProfile[]): SubscriberProfile {
  if (profile === undefined || more.length > 0)
    throw new AppError('input.invalid', 'A request is for one key: name the profile with -sign, -encrypt or -dual at its end.', {
      field: 'profile',
      rule: 'one-key',
    });
  return profile;
}

/** What is known of the practice's own people comes from the practice; of others, what they say of themselves. */
async function personFor(stores: ReadStores, request: CertificationRequest, owner: PersonRow | undefined): Promise<Person> {
  const { name } = await readPractice(stores);
  if (owner === undefined) return requestedPerson(request, name);
  const asked = requestedMailboxes(request).map((address) => address.toLowerCase());
  const theirs = owner.mailboxes.filter((address) => asked.length === 0 || asked.includes(address.toLowerCase()));
  return { ...describePerson(owner, name), emails: theirs };
}
