import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileLayout } from '../change/client-files.ts';

/** Where GnuPG and NSS keep a person's keys, within the home. */
export const gnupgHome = '.gnupg';
export const nssHome = '.pki/nssdb';

/** What a database of NSS is made of. */
export const nssFiles: readonly string[] = ['cert9.db', 'cert9.db-journal', 'key4.db', 'key4.db-journal', 'pkcs11.txt'];

const keyFiles = {
  gpgsm: [`${gnupgHome}/pubring.kbx`, `${gnupgHome}/trustlist.txt`],
  nss: nssFiles.map((name) => `${nssHome}/${name}`),
} as const;

/**
 * Everything any program of this room may change below a home. One list for all: whoever comes next must be able to put
 * back what another one left half done.
 */
const changeable = [
  /^\.gnupg\/(pubring\.kbx|trustlist\.txt|private-keys-v1\.d\/[0-9A-F]{40}\.key)$/,
  /^\.pki\/nssdb\/(cert9\.db|key4\.db)(-journal)?$/,
  /^\.pki\/nssdb\/pkcs11\.txt$/,
  /^\.config\/evolution\/sources\/[\w.@-]{1,200}\.source$/,
  /^\.config\/emailidentities$/,
  /^\.claws-mail\/accountrc$/,
  /^(\.config\/neomutt\/neomuttrc|\.neomuttrc)$/,
];

const mayChange = (name: string): boolean => changeable.some((pattern) => pattern.test(name));

export const homeLayout = (engine: 'gpgsm' | 'nss', settings: (home: string) => readonly string[]): FileLayout => ({
  namesIn: (home) => [...keyFiles[engine], ...(engine === 'gpgsm' ? keysIn(home) : []), ...settings(home)].filter(mayChange),
  mayChange,
  // It lists the person's tokens, whose libraries no tool of ours is to load.
  ...(engine === 'nss' ? { withheld: `${nssHome}/pkcs11.txt` } : {}),
  undoFolder: '.keyward-undo',
});

const keysIn = (home: string): string[] => filesIn(home, `${gnupgHome}/private-keys-v1.d`);

/** Names within the home of what is in one of its directories; none when there is none. */
export function filesIn(home: string, directory: string): string[] {
  try {
    return readdirSync(join(home, directory)).map((name) => `${directory}/${name}`);
  } catch {
    return [];
  }
}
