import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes a home folder with a closed Thunderbird profile of one account in it, as that program leaves them, so that
 * pictures show nothing of whoever takes them.
 */
export function makeHomeWithMail(home: string, address: string): void {
  const folder = 'office.default-release';
  const root = join(home, '.thunderbird');
  mkdirSync(join(root, folder), { recursive: true, mode: 0o700 });
  writeFileSync(join(root, 'profiles.ini'), `[Profile0]\nName=default-release\nIsRelative=1\nPath=${folder}\n`);
  writeFileSync(join(root, folder, 'prefs.js'), preferences(address));
}

const preferences = (address: string): string => `// Mozilla User Preferences

user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.identity.id1.fullName", "${address}");
user_pref("mail.identity.id1.useremail", "${address}");
user_pref("mail.server.server1.type", "none");
`;
