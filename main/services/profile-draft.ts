import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import { keyIdentifierOf } from '../domain/key/subject-public-key-info.ts';
import type { LintFinding } from '../domain/lint/finding.ts';
import { lintCertificate } from '../domain/lint/lint-certificate.ts';
import type { SubscriberProfile } from '../domain/profile/certificate-profile.ts';
import { draftCertificate } from '../domain/profile/draft-certificate.ts';
import { prepareIssuer, type PreparedIssuer } from '../domain/profile/prepare-issuer.ts';
import { isAllowed } from '../domain/profile/profile-keys.ts';
import type { Person } from '../domain/profile/subject.ts';
import { serialNumberFrom, serialNumberSize } from '../domain/x509/tbs-certificate.ts';
import { notBeforeAt } from '../domain/x509/validity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Primitives } from '../ports/primitives.ts';
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
 * What the rules say of certificates that these profiles would make, each finding once.
 * @throws AppError input.invalid where no certificate can be made at all: a required attribute nobody can have, a text that does not fit
 */
export async function lintProfiles(parts: ProfileDraftParts, profiles: readonly SubscriberProfile[]): Promise<readonly LintFinding[]> {
  const stores = parts.read();
  const issuer = prepareIssuer(await describeIssuer(stores, await findIssuingAuthority(stores)));
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
  const notBefore = notBeforeAt(parts.clock.now());
  const draft = draftCertificate({
    profile,
    algorithm,
    person,
    issuer,
    subjectPublicKeyInfo: pair.subjectPublicKeyInfo,
    subjectKeyIdentifier: keyIdentifierOf(pair.subjectPublicKeyInfo, (octets) => parts.primitives.digest('sha256', octets)),
    serialNumber: serialNumberFrom(new Uint8Array(serialNumberSize).fill(0x55), notBefore),
    notBefore,
  });
  return lintCertificate(draft, { profile });
}
