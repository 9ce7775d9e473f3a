import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import { keyAlgorithms, type KeyAlgorithm } from '../domain/key/algorithm.ts';
import type { SubjectPurpose } from '../domain/key/usage.ts';
import type { LintFinding } from '../domain/lint/finding.ts';
import { subjectSources, type Generation, type SubjectRule, type ValidationType } from '../domain/profile/certificate-profile.ts';
import { profileFamilies, type OwnProfile } from '../domain/profile/own-profile.ts';
import { attributeOid, contentEncryptionOid } from '../domain/x509/oid.ts';
import { command, push, query } from './call.ts';

/** A profile as lists show it: its name stands for the pair, with a usage behind it for one of them. */
export interface ProfileSummary {
  readonly name: string;
  /** Null for those that come with Keyward, whose names say it all. */
  readonly title: string | null;
  readonly isOwn: boolean;
  readonly basedOn: string | null;
  readonly validation: ValidationType;
  readonly generation: Generation;
  readonly usages: readonly SubjectPurpose[];
  readonly validityDays: number;
  readonly maximumValidityDays: number;
  /** Dotted decimal; the first names the rules. */
  readonly policies: readonly string[];
  /** Null: every kind that can serve the usage. */
  readonly algorithms: readonly KeyAlgorithm[] | null;
  readonly subject: readonly SubjectRule[];
  readonly extendedKeyUsage: readonly string[];
  readonly smimeCapabilities: readonly string[];
  readonly allowsHold: boolean;
  /** Keys of it that open mail are put into the escrow at birth. */
  readonly escrowsKeys: boolean;
}

/** How an authority's certificate is made, or that of a key that speaks for one: as it comes with Keyward, not to be changed. */
export interface AuthorityProfileSummary {
  readonly name: string;
  readonly keyUsage: readonly string[];
  readonly extendedKeyUsage: readonly string[];
  readonly validityDays: number;
  readonly maximumValidityDays: number;
}

export interface ProfileDetails extends ProfileSummary {
  /** What an own profile says, to be edited; of another, what an own one based on it would begin with. */
  readonly definition: OwnProfile;
  /** What the rules say of a certificate made by it for a sample person. */
  readonly findings: readonly LintFinding[];
}

const attributes = Object.keys(attributeOid) as [keyof typeof attributeOid, ...(keyof typeof attributeOid)[]];
const encryptions = Object.keys(contentEncryptionOid) as [keyof typeof contentEncryptionOid, ...(keyof typeof contentEncryptionOid)[]];

const rule = z.strictObject({
  attribute: z.enum(attributes),
  source: z.enum(subjectSources),
  presence: z.enum(['required', 'optional']),
  text: z.string().trim().min(1).max(256).optional(),
});

/** Names that come with Keyward begin with smime- or direct-, and none ends as the name of one usage does. */
const name = z
  .string()
  .max(48)
  .regex(/^(?!smime-|direct-)[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .refine((text) => !/-(sign|encrypt|dual)$/.test(text));

const definition = z.strictObject({
  name,
  title: z.string().trim().min(1).max(80),
  basedOn: z.enum(profileFamilies),
  validityDays: z.int().min(1).max(825),
  algorithms: z.array(z.enum(keyAlgorithms)).min(1).max(keyAlgorithms.length).readonly(),
  policies: z
    .array(
      z
        .string()
        .max(100)
        .regex(/^[012](\.(0|[1-9]\d*))+$/),
    )
    .max(8)
    .readonly(),
  subject: z.array(rule).min(1).max(24).readonly(),
  smimeCapabilities: z.array(z.enum(encryptions)).max(8).readonly(),
  allowsHold: z.boolean(),
  escrowsKeys: z.boolean().optional(),
});

const written = { definition, override: z.string().trim().min(1).max(1000).optional() };

/** How certificates are made: profiles that come with Keyward, and the practice's own. */
export const profiles = {
  list: query<{ readonly profiles: readonly ProfileSummary[]; readonly ofAuthorities: readonly AuthorityProfileSummary[] }>()({
    access: whoMay('profiles.list'),
    input: z.strictObject({}),
  }),

  show: query<ProfileDetails>()({ access: whoMay('profiles.show'), input: z.strictObject({ profile: z.string().max(64) }) }),

  /** What the rules would say of certificates made by it, before it is kept. */
  check: query<{ readonly findings: readonly LintFinding[] }>()({
    access: whoMay('profiles.check'),
    input: z.strictObject({ definition }),
  }),

  /** Keeps an own profile. One that breaks a rule needs a reason; what breaks a rule is still not signed without one. */
  add: command<{ readonly findings: readonly LintFinding[] }>()({
    access: whoMay('profiles.add'),
    input: z.strictObject(written),
    audit: 'profile.add',
    subject: ({ definition: { name: profile, basedOn, escrowsKeys = true } }) => ({ profile, basedOn, escrowsKeys }),
  }),

  /** Changes an own profile for what is issued from now on. */
  edit: command<{ readonly findings: readonly LintFinding[] }>()({
    access: whoMay('profiles.edit'),
    input: z.strictObject(written),
    audit: 'profile.edit',
    subject: ({ definition: { name: profile, basedOn, escrowsKeys = true } }) => ({ profile, basedOn, escrowsKeys }),
  }),

  changed: push<{ readonly profile: string }>(),
};
