import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import { chooseCertificates, identitiesOf, shownAddresses } from '../../../domain/mail-client/choose-certificates.ts';
import { judgeReading } from '../../../domain/mail-client/judge-reading.ts';
import type { MailCertificate, MailReading, MailWrite } from '../../../domain/mail-client/mail-client.ts';
import { certificatesInUse, identityPreferences, readSetup } from '../../../domain/mail-client/thunderbird/identity-preferences.ts';
import type { MailChange, MailClient, MailKeys, MailProfileRequest, Recovery } from '../../../ports/mail-client.ts';
import { changesOn, prepare } from './apply-setup.ts';
import { isProfileOpen } from './is-open.ts';
import { keyIdOf, openNssDatabase, type NssDatabase } from './nss-database.ts';
import { programOf, type ThunderbirdPlaces } from './places.ts';
import { effectivePreferences, glanceAtProfile, knownProfiles, readProfile } from './profile.ts';
import { replaceFile, type ReplaceFile } from './profile-files.ts';
import { runTool, type RunTool } from './run-tool.ts';
import { isBeingChanged, isOfChange, openUndoFolder, removeUndoFolder, restore, undoFolderOf } from './undo-folder.ts';
import { sweepWorkbenches, withWorkbench } from './workbench.ts';

export interface ThunderbirdParts {
  readonly places: ThunderbirdPlaces;
  /** Tests let tools and the disk fail; the product never does. */
  readonly run?: RunTool;
  readonly replace?: ReplaceFile;
}

type Parts = Required<ThunderbirdParts> & { readonly busy: Set<string> };

/** Thunderbird: certificates and keys in the profile's NSS database, the rest in its preferences. */
export function createThunderbird(given: ThunderbirdParts): MailClient {
  const parts: Parts = { run: runTool, replace: replaceFile, ...given, busy: new Set() };
  const { places } = parts;
  return {
    id: 'thunderbird',
    detect: async () => {
      const profiles = knownProfiles(places).map(glanceAtProfile);
      return { isInstalled: programOf(places) !== undefined || profiles.length > 0, profiles };
    },
    find: async (directory) => readProfile(directory ?? defaultProfile(places), places),
    plan: (request, counts) => plan(request, counts),
    read: async (request) => {
      refuseOpen(request.profile.path);
      return read(parts, request);
    },
    apply: (request, keys, change) => alone(parts, request.profile.path, () => apply(parts, request, keys, change)),
    recover: async (directory, change, isRecorded) => recover(parts, directory, change, isRecorded),
  };
}

/** @throws AppError client.no-profile unless there is exactly one profile, or one that is the default */
function defaultProfile(places: ThunderbirdPlaces): string {
  const profiles = knownProfiles(places);
  const defaults = profiles.filter(({ isDefault }) => isDefault);
  const [only, ...more] = defaults.length > 0 ? defaults : profiles;
  if (only !== undefined && more.length === 0) return only.path;
  const paths = profiles.map(({ path }) => path);
  const there = paths.length === 0 ? 'there is none' : `there are ${paths.join(', ')}`;
  throw new AppError(
    'client.no-profile',
    `It is not clear which profile is meant: ${there}.`,
    paths.length === 0 ? {} : { profiles: paths },
  );
}

function refuseOpen(profile: string): void {
  if (isProfileOpen(profile)) throw new AppError('client.open', 'Thunderbird has this profile open.');
}

function plan({ profile, setup }: MailProfileRequest, { keys, certificates }: MailKeys['counts']): MailWrite[] {
  const identities = identitiesOf(profile.identities, setup.mailboxes);
  if (identities.length === 0) throw noIdentity(profile.identities.map(({ address }) => address));
  const preferences = identities.flatMap((identity) => [...identityPreferences(chooseCertificates(setup, identity), setup)]);
  return [
    { file: 'key4.db', kind: 'private-keys', count: keys },
    { file: 'cert9.db', kind: 'certificates', count: certificates },
    { file: 'cert9.db', kind: 'trust', count: setup.issuers.filter(({ isRoot }) => isRoot).length },
    { file: 'prefs.js', kind: 'preferences', count: preferences.length },
  ];
}

function noIdentity(all: readonly string[]): AppError {
  const addresses = shownAddresses(all);
  const has = addresses.length === 0 ? 'no address at all' : addresses.join(', ');
  const details = addresses.length === 0 ? {} : { addresses };
  return new AppError('client.no-identity', `No account of this profile sends as one of their mailboxes; it has ${has}.`, details);
}

/** On a copy: looking at a profile leaves no trace in it. */
const read = (parts: Parts, { profile, setup, password }: MailProfileRequest): Promise<MailReading> =>
  withWorkbench(parts.places, profile.path, async (bench) =>
    readBench(bench.directory, await openNssDatabase(parts.places, parts.run, bench, password), setup),
  );

async function readBench(directory: string, nss: NssDatabase, setup: MailProfileRequest['setup']): Promise<MailReading> {
  const preferences = effectivePreferences(directory);
  const used = { sign: certificatesInUse(preferences, setup, 'sign'), encrypt: certificatesInUse(preferences, setup, 'encrypt') };
  const keyIds = await nss.keyIds();
  const present = await chosenBy(new Set([...used.sign, ...used.encrypt]), (certificate) => nss.holds(certificate));
  const accepted = {
    sign: await chosenBy(used.sign, (certificate) => nss.accepts(certificate, 'sign')),
    encrypt: await chosenBy(used.encrypt, (certificate) => nss.accepts(certificate, 'encrypt')),
  };
  return readSetup(preferences, setup, {
    isPresent: (certificate) => present.has(certificate),
    hasPrivateKey: (certificate) => keyIds.has(keyIdOf(certificate)),
    isAccepted: (certificate, use) => accepted[use].has(certificate),
  });
}

async function chosenBy(
  certificates: Iterable<MailCertificate>,
  holds: (certificate: MailCertificate) => Promise<boolean>,
): Promise<ReadonlySet<MailCertificate>> {
  const chosen = new Set<MailCertificate>();
  for (const certificate of certificates) if (await holds(certificate)) chosen.add(certificate);
  return chosen;
}

/** One change of a profile at a time in this process; the folder in the profile keeps other processes off. */
async function alone<T>({ busy }: Parts, profile: string, work: () => Promise<T>): Promise<T> {
  if (busy.has(profile)) throw beingChanged();
  busy.add(profile);
  try {
    return await work();
  } finally {
    busy.delete(profile);
  }
}

const beingChanged = (): AppError => new AppError('conflict', 'This profile is being changed already.', { what: 'profile' });

async function apply(parts: Parts, request: MailProfileRequest, keys: MailKeys, change: string): Promise<MailChange> {
  const { path } = request.profile;
  refuseOpen(path);
  plan(request, keys.counts);
  endInterrupted(parts, path);
  const changes = await withWorkbench(parts.places, path, async (bench) => {
    const nss = await openNssDatabase(parts.places, parts.run, bench, request.password);
    await prepare(bench, nss, request.profile, request.setup, keys);
    requireReady(await readBench(bench.directory, nss, request.setup));
    return changesOn(bench, path);
  });
  refuseOpen(path);
  openUndoFolder(path, change, changes);
  try {
    for (const { name, after } of changes) parts.replace(join(path, name), after);
    requireReady(await read(parts, request));
  } catch (error) {
    takeBack(path);
    throw error;
  }
  return { keep: () => removeUndoFolder(path), undo: () => takeBack(path) };
}

/** What came out otherwise than it was written is taken back too: nobody else has worked on a profile that is closed. */
const takeBack = (path: string): void => void restore(path, { isOurs: !isProfileOpen(path) });

/** @throws AppError client.not-ready */
function requireReady(reading: MailReading): void {
  const findings = [...new Set(judgeReading(reading).map(({ code }) => code))];
  if (findings.length > 0)
    throw new AppError('client.not-ready', `Read back, mail would not be signed and encrypted: ${findings.join(', ')}.`, { findings });
}

/** What the person asks for now counts more than what a killed process had begun, and what they did since counts most. */
function endInterrupted(parts: Parts, path: string): void {
  sweepWorkbenches(parts.places);
  if (!existsSync(undoFolderOf(path))) return;
  if (isBeingChanged(path)) throw beingChanged();
  if (restore(path, { isOurs: false }) === 'changed-since') removeUndoFolder(path);
}

function recover(parts: Parts, path: string, change: string, isRecorded: boolean): Recovery {
  sweepWorkbenches(parts.places);
  if (!isOfChange(path, change)) return 'untouched';
  if (isRecorded) {
    removeUndoFolder(path);
    return 'untouched';
  }
  refuseOpen(path);
  return restore(path, { isOurs: false });
}
