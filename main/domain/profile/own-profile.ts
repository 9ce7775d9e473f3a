import type { KeyAlgorithm } from '../key/algorithm.ts';
import { canServe } from '../key/algorithm.ts';
import type { contentEncryptionOid } from '../x509/oid.ts';
import type { SubjectRule, SubscriberProfile } from './certificate-profile.ts';
import { subscriberProfiles } from './index.ts';

/** The rules an own profile stands on: one validation type and generation. */
export const profileFamilies = [
  'smime-mailbox-multipurpose',
  'smime-mailbox-strict',
  'smime-organization-multipurpose',
  'smime-organization-strict',
  'smime-sponsor-multipurpose',
  'smime-sponsor-strict',
  'smime-individual-multipurpose',
  'smime-individual-strict',
  'direct-address',
  'direct-organization',
] as const;

export type ProfileFamily = (typeof profileFamilies)[number];

/** A practice's own profile: what it says differently from the family it stands on, for its three usages alike. */
export interface OwnProfile {
  /** Kebab-case; with `-sign`, `-encrypt` or `-dual` it names one of the three, alone the pair. */
  readonly name: string;
  /** What people read. */
  readonly title: string;
  readonly basedOn: ProfileFamily;
  /** Whole days. */
  readonly validityDays: number;
  /** Keys it is issued to. */
  readonly algorithms: readonly KeyAlgorithm[];
  /** Certificate policies beside the family's own, dotted decimal: of the practice's certification practice statement, for instance. */
  readonly policies: readonly string[];
  /** Attributes in the order they are written. */
  readonly subject: readonly SubjectRule[];
  /** Content encryption the holder can read, preferred first. */
  readonly smimeCapabilities: readonly (keyof typeof contentEncryptionOid)[];
  /** Whether a certificate may be put on hold; never in the strict generation. */
  readonly allowsHold: boolean;
  /** Whether the keys that open mail are put into the escrow at birth; they are, where left out. */
  readonly escrowsKeys?: boolean | undefined;
}

/** An own profile before anything was changed in it: as the family has it. */
export function startFrom(family: ProfileFamily): Omit<OwnProfile, 'name' | 'title'> {
  const [base] = membersOf(family);
  if (base === undefined) throw new TypeError(`no profiles in ${family}`);
  return {
    basedOn: family,
    validityDays: base.defaultValidityDays,
    algorithms: ['rsa-4096', 'rsa-3072', 'rsa-2048', 'p256', 'p384', 'p521', 'ed25519'],
    policies: [],
    subject: base.subject,
    smimeCapabilities: ['aes256Cbc', 'aes128Cbc'],
    allowsHold: base.allowsHold,
    escrowsKeys: true,
  };
}

/** The profiles certificates are made by: one for each usage that one of the algorithms can serve. */
export const expandProfile = (own: OwnProfile): readonly SubscriberProfile[] =>
  membersOf(own.basedOn)
    .filter(({ usage }) => own.algorithms.some((algorithm) => canServe(algorithm, usage)))
    .map((base) => ({
      ...base,
      id: `${own.name}-${base.usage}`,
      defaultValidityDays: own.validityDays,
      algorithms: own.algorithms,
      additionalPolicies: own.policies,
      subject: own.subject,
      smimeCapabilities: base.smimeCapabilities.length === 0 ? [] : own.smimeCapabilities,
      allowsHold: base.allowsHold && own.allowsHold,
      escrowsKeys: own.escrowsKeys ?? true,
    }));

const membersOf = (family: ProfileFamily): readonly SubscriberProfile[] =>
  subscriberProfiles.filter(({ id, usage }) => id === `${family}-${usage}`);
