import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import type { KeyPlace } from '../domain/key/store.ts';
import type { SubscriberProfile } from '../domain/profile/certificate-profile.ts';
import { profilesFor } from '../domain/profile/index.ts';
import { requireAllowed } from '../domain/profile/profile-keys.ts';
import type { Person } from '../domain/profile/subject.ts';
import { notBeforeAt } from '../domain/x509/validity.ts';
import { parseMailbox } from '../domain/x509/mailbox.ts';
import type { IssuanceOrder, IssuanceResult, IssuanceTerms, IssuedCertificate, SealingPlan } from '../ports/issuance.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { CertificateRow } from '../ports/stores/certificates.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import { knownProfiles } from './known-profiles.ts';
import { readPractice } from './practice.ts';

/** What a job or a renewal gives everybody it serves. */
export interface IssuancePlan {
  readonly profiles: readonly SubscriberProfile[];
  readonly algorithm: KeyAlgorithm;
  readonly practiceName: string;
  /** The reason to sign also what the lint calls an error. */
  readonly override?: string | undefined;
  /** `keychain`: sealed under what the keychain of this computer holds, and for the escrow. */
  readonly store?: KeyPlace | undefined;
}

/** @throws AppError input.unknown-profile; input.unsupported-algorithm when one of the profiles is not for such keys */
export async function createPlan(stores: ReadStores, profile: string, algorithm: KeyAlgorithm, override?: string): Promise<IssuancePlan> {
  const profiles = profilesFor(profile, await knownProfiles(stores));
  for (const one of profiles) requireAllowed(one, algorithm);
  const { name: practiceName } = await readPractice(stores);
  return { profiles, algorithm, practiceName, override };
}

/** How a plan's certificates are made. */
export const termsOf = ({ profiles, override }: IssuancePlan, sealing: SealingPlan): IssuanceTerms => ({
  ...sealing,
  profiles,
  ...(override === undefined ? {} : { override }),
});

/** What the log says of rules that were broken knowingly: nothing where there were none. */
export function overrideOf(plan: IssuancePlan, certificates: readonly IssuedCertificate[]) {
  const rules = [...new Set(certificates.flatMap(({ overridden }) => overridden))];
  if (rules.length === 0) return { subject: {} };
  return { subject: { overridden: rules }, ...(plan.override === undefined ? {} : { reason: plan.override }) };
}

/** One order for each profile of the plan. */
export function ordersFor(plan: IssuancePlan, person: PersonRow, random: Random, now: Date): IssuanceOrder[] {
  const described = describePerson(person, plan.practiceName);
  const { algorithm } = plan;
  return plan.profiles.map(({ id }) => ({
    certificateId: random.uuid(),
    keyId: random.uuid(),
    profile: id,
    algorithm,
    person: described,
    notBefore: notBeforeAt(now),
  }));
}

/** What is known of somebody, as profiles ask for it. */
export function describePerson(person: PersonRow, organizationName: string): Person {
  const { name, givenName, surname, department, role } = person;
  return {
    name,
    emails: person.mailboxes,
    organizationName,
    ...(givenName === null ? {} : { givenName }),
    ...(surname === null ? {} : { surname }),
    ...(department === null ? {} : { department }),
    ...(role === null ? {} : { title: role }),
  };
}

/** Whether somebody already has, in use and good at `now`, what the plan would give them for the mailboxes they have. */
export function isServed(plan: IssuancePlan, person: PersonRow, certificates: readonly CertificateRow[], now: Date): boolean {
  const mailboxes = person.mailboxes.map((address) => parseMailbox(address).normalized);
  return plan.profiles.every((profile) => {
    const named = namedBy(profile, mailboxes);
    return certificates.some(
      (row) => row.profile === profile.id && row.keyStore !== 'elsewhere' && isGood(row, now) && isSameList([...row.emails].sort(), named),
    );
  });
}

/** Which of somebody's mailboxes a certificate by the profile names, in order. */
function namedBy({ binding }: SubscriberProfile, mailboxes: readonly string[]): string[] {
  if (binding === 'domain') return [];
  return binding === 'first-mailbox' ? mailboxes.slice(0, 1) : mailboxes.toSorted((a, b) => (a < b ? -1 : 1));
}

const isGood = (row: CertificateRow, now: Date): boolean =>
  row.isCurrent && row.revocation === null && Date.parse(row.notAfter) > now.getTime();

const isSameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((item, at) => item === b[at]);

/** One person's results: all of them good, or the first error. Half a pair is never recorded. */
export function gather(
  results: readonly IssuanceResult[],
): { readonly certificates: Extract<IssuanceResult, { ok: true }>['certificate'][] } | Extract<IssuanceResult, { ok: false }> {
  const failed = results.find((result) => !result.ok);
  return failed ?? { certificates: results.flatMap((result) => (result.ok ? [result.certificate] : [])) };
}
