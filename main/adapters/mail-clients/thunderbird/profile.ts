import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { utf8Decode, utf8Encode } from '../../../domain/encoding/utf8.ts';
import { AppError } from '../../../domain/errors.ts';
import {
  preferenceValues,
  readPreferences,
  setPreferences,
  type PreferenceValue,
} from '../../../domain/mail-client/thunderbird/preference-file.ts';
import { readProfileList, type ListedProfile } from '../../../domain/mail-client/thunderbird/profile-list.ts';
import { readIfPresent, replaceFile, type FileLayout } from '../change/client-files.ts';
import type { KnownProfile } from '../change/program.ts';
import type { ThunderbirdPlaces } from './places.ts';

/** Everything in a profile that is ever written to, with what SQLite keeps beside its databases. */
const profileFileNames: readonly string[] = [
  'cert9.db',
  'cert9.db-journal',
  'key4.db',
  'key4.db-journal',
  'pkcs11.txt',
  'prefs.js',
  'user.js',
  'openpgp.sqlite',
  'openpgp.sqlite-journal',
  'openpgp.sqlite-wal',
  'pubring.gpg',
  'secring.gpg',
  'encrypted-openpgp-passphrase.txt',
];

/** pkcs11.txt lists the person's tokens, whose libraries no tool of ours is to load. */
export const profileLayout: FileLayout = {
  namesIn: () => profileFileNames,
  mayChange: (name) => profileFileNames.includes(name),
  withheld: 'pkcs11.txt',
  undoFolder: '.keyward-undo',
};

/** The profiles the person's profiles.ini files name and that are there. */
export function knownProfiles({ profileRoots }: ThunderbirdPlaces): KnownProfile[] {
  return profileRoots.flatMap((root) => {
    const content = readIfPresent(join(root, 'profiles.ini'))?.content;
    return (content === undefined ? [] : readProfileList(utf8Decode(content) ?? '')).flatMap((listed) => existing(root, listed));
  });
}

function existing(root: string, { name, path, isRelative, isDefault }: ListedProfile): KnownProfile[] {
  const full = isRelative ? join(root, path) : path;
  return isAbsolute(full) && statSync(full, { throwIfNoEntry: false })?.isDirectory() === true ? [{ path: full, name, isDefault }] : [];
}

/** What Thunderbird will work with: user.js is read last at every start. @throws AppError client.unreadable */
export function effectivePreferences(directory: string): ReadonlyMap<string, PreferenceValue> {
  const files = (['prefs.js', 'user.js'] as const).map((name) => readPreferences(readText(directory, name)));
  return preferenceValues(files.flat());
}

/** Empty when there is no such file. @throws AppError client.unreadable for what is not UTF-8 */
function readText(directory: string, name: 'prefs.js' | 'user.js'): string {
  const content = readIfPresent(join(directory, name))?.content;
  const text = content === undefined ? '' : utf8Decode(content);
  if (text === undefined) throw new AppError('client.unreadable', 'A file of preferences is not text.', { file: name });
  return text;
}

/** Into prefs.js, except for what user.js sets anew at every start. */
export function writePreferences(directory: string, changes: ReadonlyMap<string, PreferenceValue>): void {
  const overriding = preferenceValues(readPreferences(readText(directory, 'user.js')));
  const part = (isOverridden: boolean) => new Map([...changes].filter(([name]) => overriding.has(name) === isOverridden));
  for (const [file, some] of [
    ['prefs.js', part(false)],
    ['user.js', part(true)],
  ] as const) {
    const text = readText(directory, file);
    const edited = setPreferences(text, some);
    if (edited !== text) replaceFile(join(directory, file), { content: utf8Encode(edited), mode: 0o600 });
  }
}
