import type { AuthorityProfileSummary, ProfileDetails, ProfileSummary } from '../contract/profiles.ts';
import { AppError } from '../domain/errors.ts';
import type { LintFinding } from '../domain/lint/finding.ts';
import { passLint } from '../domain/lint/lint-gate.ts';
import type { SubscriberProfile } from '../domain/profile/certificate-profile.ts';
import { policiesOf } from '../domain/profile/compose-certificate.ts';
import { certificateProfiles, subscriberProfiles } from '../domain/profile/index.ts';
import { expandProfile, profileFamilies, startFrom, type OwnProfile, type ProfileFamily } from '../domain/profile/own-profile.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AreaHandlers, Commit } from './handler.ts';
import { lintProfiles, type ProfileDraftParts } from './profile-draft.ts';

/** How certificates are made, as data. */
export function createProfileHandlers(parts: ProfileDraftParts): AreaHandlers<'profiles'> {
  return {
    list: async () => ({ profiles: (await everyProfile(parts.read())).map(summarise), ofAuthorities }),
    show: async ({ profile: name }) => {
      const found = await findByName(parts.read(), name);
      return { ...summarise(found), definition: definitionOf(found), findings: await lintProfiles(parts, found.members) };
    },
    check: async ({ definition }) => ({ findings: await lintProfiles(parts, expandProfile(definition)) }),
    add: async ({ definition, override }) => write(parts, definition, override, 'insert'),
    edit: async ({ definition, override }) => write(parts, definition, override, 'change'),
  };
}

/** Those of authorities and of what speaks for them. */
const ofAuthorities: readonly AuthorityProfileSummary[] = certificateProfiles
  .filter((profile) => profile.kind !== 'subscriber')
  .map(({ id, keyUsage, extendedKeyUsage, defaultValidityDays, maximumValidityDays }) => ({
    name: id,
    keyUsage,
    extendedKeyUsage,
    validityDays: defaultValidityDays,
    maximumValidityDays,
  }));

/** A name, and the profiles for its usages. */
interface NamedProfile {
  readonly name: string;
  readonly members: readonly SubscriberProfile[];
  readonly own?: OwnProfile;
}

async function everyProfile(stores: ReadStores): Promise<readonly NamedProfile[]> {
  const families = profileFamilies.map((name) => ({
    name,
    members: subscriberProfiles.filter(({ id, usage }) => id === `${name}-${usage}`),
  }));
  const own = (await stores.profiles.list()).map(({ profile }) => ({ name: profile.name, members: expandProfile(profile), own: profile }));
  return [...families, ...own];
}

async function findByName(stores: ReadStores, name: string): Promise<NamedProfile> {
  const all = await everyProfile(stores);
  const found = all.find((profile) => profile.name === name || profile.members.some(({ id }) => id === name));
  if (found === undefined)
    throw new AppError('input.unknown-profile', 'There is no certificate profile of that name.', {
      known: all.map((profile) => profile.name),
    });
  return found;
}

function summarise({ name, members, own }: NamedProfile): ProfileSummary {
  const [first] = members;
  if (first === undefined) throw new AppError('internal', 'a profile for no usage');
  return {
    name,
    title: own?.title ?? null,
    isOwn: own !== undefined,
    basedOn: own?.basedOn ?? null,
    validation: first.validation,
    generation: first.generation,
    usages: members.map(({ usage }) => usage),
    validityDays: first.defaultValidityDays,
    maximumValidityDays: first.maximumValidityDays,
    policies: policiesOf(first),
    algorithms: first.algorithms ?? null,
    subject: first.subject,
    extendedKeyUsage: first.extendedKeyUsage,
    smimeCapabilities: [...new Set(members.flatMap(({ smimeCapabilities }) => smimeCapabilities))],
    allowsHold: first.allowsHold,
    escrowsKeys: first.escrowsKeys ?? true,
  };
}

function definitionOf({ name, own }: NamedProfile): ProfileDetails['definition'] {
  return own ?? { name: '', title: '', ...startFrom(name as ProfileFamily) };
}

/** @throws AppError path.lint without a reason; conflict, not-found as the store; input.invalid */
async function write(
  parts: ProfileDraftParts,
  profile: OwnProfile,
  override: string | undefined,
  act: 'insert' | 'change',
): Promise<Commit<{ readonly findings: readonly LintFinding[] }>> {
  requireFittingText(profile);
  const findings = await lintProfiles(parts, expandProfile(profile));
  const { rules, reason } = passLint(findings, override);
  return async (stores, { time }) => {
    await stores.profiles[act](profile, time);
    return {
      value: { findings },
      subject: { overridden: rules },
      ...(reason === undefined ? {} : { reason }),
      pushes: [{ name: 'profiles.changed', payload: { profile: profile.name } }],
    };
  };
}

/** A rule has a text of its own exactly where its source is `text`. */
function requireFittingText({ subject }: OwnProfile): void {
  const wrong = subject.find(({ source, text }) => (source === 'text') !== (text !== undefined));
  if (wrong !== undefined)
    throw new AppError('input.invalid', 'A subject rule needs a text exactly where its source is "text".', {
      field: wrong.attribute,
      rule: 'text',
    });
}
