import { join } from 'node:path';
import type { CommandContext } from '../command.ts';
import { single, type Check } from './check.ts';
import { findProgram } from './program.ts';

export interface DemoProfile {
  readonly directory: string;
  readonly addresses: readonly string[];
}

/** Makes a profile with one sender, as Thunderbird leaves it when it is closed, and puts a person's keys into it. */
export async function setUpThunderbird({ client, files }: CommandContext, person: string, directory: string): Promise<DemoProfile> {
  const [address = ''] = (await client.people.show({ person })).mailboxes;
  const profile = join(directory, 'thunderbird');
  files.write(join(profile, 'prefs.js'), new TextEncoder().encode(preferences(address)));
  const { addresses } = await client.mail.export({ person, client: 'thunderbird', target: profile });
  return { directory: profile, addresses };
}

const preferences = (address: string): string =>
  [
    ['mail.accountmanager.accounts', 'account1'],
    ['mail.account.account1.identities', 'id1'],
    ['mail.identity.id1.useremail', address],
  ]
    .map((pair) => `user_pref(${pair.map((text) => JSON.stringify(text)).join(', ')});\n`)
    .join('');

/** What Keyward reads back, and what NSS, the library in Thunderbird, says of the certificates in the profile for each use. */
export async function checkThunderbird({ client }: CommandContext, person: string, profile: DemoProfile): Promise<Check[]> {
  const certutil = findProgram(['/usr/bin/certutil']);
  if (certutil === undefined) return [];
  const target = { person, client: 'thunderbird', target: profile.directory } as const;
  const { isReady } = await client.mail.check(target);
  const { identities, certificates } = await client.mail.plan(target);
  const accepts = (purpose: 'sign' | 'encrypt', use: 'S' | 'R') => {
    const name = certificates.find(({ id }) => id === identities[0]?.[purpose])?.name;
    return name !== undefined && certutil.check(['-V', '-d', `sql:${profile.directory}`, '-u', use, '-n', name]);
  };
  return [
    single('NSS', 'a Thunderbird profile that signs', isReady && accepts('sign', 'S')),
    single('NSS', 'and is written to under encryption', isReady && accepts('encrypt', 'R')),
  ];
}
