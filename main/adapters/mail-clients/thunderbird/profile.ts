import { realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { utf8Decode } from '../../../domain/encoding/utf8.ts';
import { AppError } from '../../../domain/errors.ts';
import { readIdentities } from '../../../domain/mail-client/thunderbird/identity-preferences.ts';
import { preferenceValues, readPreferences, type PreferenceValue } from '../../../domain/mail-client/thunderbird/preference-file.ts';
import { readProfileList, type ListedProfile } from '../../../domain/mail-client/thunderbird/profile-list.ts';
import type { MailProfile } from '../../../ports/mail-client.ts';
import { isProfileOpen } from './is-open.ts';
import type { ThunderbirdPlaces } from './places.ts';
import { readIfPresent } from './profile-files.ts';

interface KnownProfile extends Pick<MailProfile, 'path' | 'name' | 'isDefault'> {}

/** The profiles the person's profiles.ini files name and that are there. */
export function knownProfiles({ profileRoots }: ThunderbirdPlaces): KnownProfile[] {
  return profileRoots.flatMap((root) => {
    const content = readIfPresent(join(root, 'profiles.ini'))?.content;
    return (content === undefined ? [] : readProfileList(utf8Decode(content) ?? '')).flatMap((listed) => existing(root, listed));
  });
}

function existing(root: string, { name, path, isRelative, isDefault }: ListedProfile): KnownProfile[] {
  const full = isRelative ? join(root, path) : path;
  return isAbsolute(full) && isDirectory(full) ? [{ path: full, name, isDefault }] : [];
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** @throws AppError not-found, client.unreadable */
export function readProfile(directory: string, places: ThunderbirdPlaces): MailProfile {
  if (!isAbsolute(directory) || !isDirectory(directory)) throw new AppError('not-found', 'There is no such profile.', { what: 'profile' });
  const path = realpathSync(directory);
  const known = knownProfiles(places).find((candidate) => realpathSync(candidate.path) === path);
  return {
    path,
    name: known?.name ?? basename(path),
    isDefault: known?.isDefault ?? false,
    isOpen: isProfileOpen(path),
    identities: readIdentities(effectivePreferences(path)),
  };
}

/** For a list: what cannot be read has no identities. */
export function glanceAtProfile(known: KnownProfile): MailProfile {
  return { ...known, isOpen: isProfileOpen(known.path), identities: readIdentities(preferencesOr(known.path, new Map())) };
}

function preferencesOr(path: string, otherwise: ReadonlyMap<string, PreferenceValue>): ReadonlyMap<string, PreferenceValue> {
  try {
    return effectivePreferences(path);
  } catch (error) {
    if (error instanceof AppError) return otherwise;
    throw error;
  }
}

/** What Thunderbird will work with: user.js is read last at every start. @throws AppError client.unreadable */
export function effectivePreferences(directory: string): ReadonlyMap<string, PreferenceValue> {
  const files = (['prefs.js', 'user.js'] as const).map((name) => readPreferences(readText(directory, name)));
  return preferenceValues(files.flat());
}

/** Empty when there is no such file. @throws AppError client.unreadable for what is not UTF-8 */
export function readText(directory: string, name: 'prefs.js' | 'user.js'): string {
  const content = readIfPresent(join(directory, name))?.content;
  const text = content === undefined ? '' : utf8Decode(content);
  if (text === undefined) throw new AppError('client.unreadable', 'A file of preferences is not text.', { file: name });
  return text;
}
