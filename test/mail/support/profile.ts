import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ThunderbirdPlaces } from '../../../main/adapters/mail-clients/thunderbird/places.ts';

/** Where the adapter looks in a test: nothing of the person who runs it. */
export const testPlaces = (directory: string): ThunderbirdPlaces => ({
  profileRoots: [join(directory, '.thunderbird')],
  programs: ['/usr/lib/thunderbird'],
  tools: ['/usr/bin'],
  temporary: [join(directory, 'temporary'), tmpdir()],
});

/** The preferences of one account, as Thunderbird writes them. */
export const accountOf = (address: string): string => `// Mozilla User Preferences

user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.identity.id1.fullName", "Dr \\"Countess\\" Łoś");
user_pref("mail.identity.id1.useremail", "${address}");
user_pref("mail.server.server1.type", "none");
`;

/** A closed profile with one account; databases only once something has made them. */
export function newProfile(directory: string, address: string, name = 'profile'): string {
  const profile = join(directory, name);
  mkdirSync(profile, { mode: 0o700 });
  writeFileSync(join(profile, 'prefs.js'), accountOf(address), { mode: 0o644 });
  return profile;
}

/** Everything in a directory: names, kinds, modes and octets. */
export function snapshot(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).toSorted();
  return Object.fromEntries(names.map((name) => [name, describe(join(directory, name))]));
}

function describe(path: string): string {
  const status = lstatSync(path);
  const content = status.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'no file';
  return `${(status.mode & 0o7777).toString(8)} ${content}`;
}

export const copyOf = (profile: string, name: string): string => {
  const copy = join(profile, '..', name);
  cpSync(profile, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
};

/** NSS' own tool on a profile without a password; what it said, and whether it was content. */
export function certutil(profile: string, ...args: readonly string[]): { readonly isGood: boolean; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('/usr/bin/certutil', ['-d', `sql:${profile}`, ...args], { encoding: 'utf8' });
  return { isGood: status === 0, said: `${stdout}${stderr}` };
}

/** Nicknames of what a profile holds, with their trust. */
export const listed = (profile: string): Map<string, string> =>
  new Map(
    Array.from(certutil(profile, '-L').said.matchAll(/^(\S.*?)\s+(\w*,\w*,\w*)\s*$/gm), ([, name = '', trust = '']) => [name, trust]),
  );

/** Changes one line of the preferences as somebody with an editor would. */
export function editPreferences(profile: string, from: RegExp, to: string): void {
  const path = join(profile, 'prefs.js');
  const text = readFileSync(path, 'utf8');
  if (!from.test(text)) throw new Error(`nothing like ${String(from)} in the preferences`);
  writeFileSync(path, text.replace(from, to));
}
