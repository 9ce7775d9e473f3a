import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import type { LintFinding } from '../domain/lint/finding.ts';
import { lintCertificate } from '../domain/lint/lint-certificate.ts';
import type { SubscriberProfile } from '../domain/profile/certificate-profile.ts';
import { prepareIssuer, type PreparedIssuer } from '../domain/profile/prepare-issuer.ts';
import { isAllowed } from '../domain/profile/profile-keys.ts';
import type { Person } from '../domain/profile/subject.ts';
import { notBeforeAt } from '../domain/x509/validity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Primitives } from '../ports/primitives.ts';
import { draftOf } from './draft.ts';
import { describeIssuer, findIssuingAuthority, type IssuerParts } from './issuers.ts';
import { readPractice } from './practice.ts';

export interface ProfileDraftParts extends IssuerParts {
  readonly clock: Clock;
  readonly primitives: Primitives;
}

/** Those that are made at once before those that take long. */
const quickestFirst: readonly KeyAlgorithm[] = ['p256', 'p384', 'p521', 'ed25519', 'rsa-2048', 'rsa-3072', 'rsa-4096'];

/** Has everything a profile may ask for, but a registration number: a practice that has one writes it into its profile. */
const samplePerson = (organizationName: string): Person => ({
  name: 'Ada Sample',
  givenName: 'Ada',
  surname: 'Sample',
  title: 'Dr.',
  department: 'Cardiology',
  emails: ['ada.sample@practice.example'],
  organizationName,
});

/**
 * What the rules say of certificates that these profiles would make, each finding once. The sample's mailbox stands for any, also where
 * the authority may vouch for some domains only.
 * @throws AppError where no certificate can be made at all: input.attribute-missing for what nobody can have, input.invalid for a text that does not fit
 */
export async function lintProfiles(parts: ProfileDraftParts, profiles: readonly SubscriberProfile[]): Promise<readonly LintFinding[]> {
  const stores = parts.read();
  const { mailConstraints: _, ...issuing } = await describeIssuer(stores, await findIssuingAuthority(stores));
  const issuer = prepareIssuer(issuing);
  const person = samplePerson((await readPractice(stores)).name);
  const findings = new Map<string, LintFinding>();
  for (const profile of profiles)
    for (const finding of await lintProfile(parts, profile, issuer, person)) findings.set(`${finding.rule} ${finding.text}`, finding);
  return [...findings.values()];
}

async function lintProfile(
  parts: ProfileDraftParts,
  profile: SubscriberProfile,
  issuer: PreparedIssuer,
  person: Person,
): Promise<readonly LintFinding[]> {
  const algorithm = quickestFirst.find((candidate) => isAllowed(profile, candidate));
  if (algorithm === undefined) return [];
  const pair = await parts.keyPairs.generate(algorithm);
  pair.pkcs8.fill(0);
  const { subjectPublicKeyInfo } = pair;
  const notBefore = notBeforeAt(parts.clock.now());
  return lintCertificate(draftOf(parts.primitives, { profile, algorithm, person, issuer, subjectPublicKeyInfo, notBefore }), { profile });
}
