import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { HomeClientParts } from '../../../main/adapters/mail-clients/at-home/create-home-client.ts';
import { createClaws } from '../../../main/adapters/mail-clients/claws.ts';
import { createEvolution } from '../../../main/adapters/mail-clients/evolution.ts';
import { quickPasswords } from '../../gnupg/quick-passwords.ts';
import { createGnupg } from '../../../main/adapters/mail-clients/gnupg.ts';
import { createKmail } from '../../../main/adapters/mail-clients/kmail.ts';
import { createNeomutt } from '../../../main/adapters/mail-clients/neomutt.ts';
import { createNss } from '../../../main/adapters/mail-clients/nss.ts';
import { createThunderbird } from '../../../main/adapters/mail-clients/thunderbird/thunderbird.ts';
import type { MailClientId } from '../../../main/domain/mail-client/mail-client.ts';
import type { MailClient } from '../../../main/ports/mail-client.ts';
import { accountOf, testPlaces } from './profile.ts';

type Seams = Omit<HomeClientParts, 'places'>;

/** One mail program as a person has it before Keyward comes. */
export interface ClientSample {
  readonly id: MailClientId;
  create(directory: string, seams?: Seams): MailClient;
  /** Its own settings, by file name within the profile. */
  files(address: string): Readonly<Record<string, string>>;
  /** What makes a profile that is set up not ready any more, by what the check must find. */
  readonly spoil: Readonly<Record<string, (profile: string) => void>>;
  /** The same for OpenPGP keys, where the program is given any. */
  readonly spoilOpenPgp?: Readonly<Record<string, (profile: string) => void>>;
  /** What the check finds once something was renewed: settings still name the older one, or nothing names any. */
  readonly renewed?: 'certificate-missing';
  /** Whether a curve's key signs in it, when it cannot encrypt. */
  readonly takesCurves: boolean;
}

const places = (directory: string): HomeClientParts['places'] => ({
  home: join(directory, 'profile'),
  programs: ['/usr/bin'],
  temporary: [join(directory, 'temporary'), tmpdir()],
  processes: join(directory, 'processes'),
});

const atHome =
  (create: (parts: HomeClientParts) => MailClient) =>
  (directory: string, seams: Seams = {}): MailClient =>
    create({ places: places(directory), ...seams });

const edit =
  (file: string, from: RegExp, to: string) =>
  (profile: string): void => {
    const text = readFileSync(join(profile, file), 'utf8');
    if (!from.test(text)) throw new Error(`nothing like ${String(from)} in ${file}`);
    writeFileSync(join(profile, file), text.replace(from, to));
  };

const without =
  (file: string) =>
  (profile: string): void =>
    rmSync(join(profile, file));

const withoutKeys = (profile: string): void => rmSync(join(profile, '.gnupg/private-keys-v1.d'), { recursive: true });
const withoutTrust = (profile: string): void => writeFileSync(join(profile, '.gnupg/trustlist.txt'), '');

export const clientSamples: readonly ClientSample[] = [
  {
    id: 'thunderbird',
    create: (directory, seams) => createThunderbird({ places: testPlaces(directory), ...seams }),
    files: (address) => ({ 'prefs.js': accountOf(address) }),
    spoil: { 'no-name': edit('prefs.js', /(signing_cert_name", )"[^"]+"/, '$1""') },
    spoilOpenPgp: {
      'openpgp-nothing-chosen': edit('prefs.js', /(openpgp_key_id", )"[^"]+"/, '$1""'),
      'openpgp-other-key': edit('prefs.js', /(openpgp_key_id", )"[^"]+"/, '$1"0123456789ABCDEF"'),
      'openpgp-elsewhere': edit('prefs.js', /(is_gnupg_key_id", )false/, '$1true'),
      'openpgp-key-missing': without('pubring.gpg'),
      'openpgp-secret-missing': without('secring.gpg'),
      'openpgp-locked': without('encrypted-openpgp-passphrase.txt'),
      'openpgp-not-accepted': without('openpgp.sqlite'),
      'not-signing': edit('prefs.js', /(sign_mail", )true/, '$1false'),
    },
    takesCurves: true,
  },
  {
    id: 'evolution',
    create: atHome(createEvolution),
    files: (address) => ({
      '.config/evolution/sources/1f.source': `[Data Source]\nDisplayName=Office\n\n[Mail Identity]\nAddress=${address}\nName=Ada\n`,
      '.config/evolution/sources/birthdays.source': '[Data Source]\nDisplayName=Birthdays\n',
    }),
    spoil: {
      'nothing-chosen': edit('.config/evolution/sources/1f.source', /SigningCertificate=.*/, 'SigningCertificate='),
      'key-missing': (profile) => rmSync(join(profile, '.pki/nssdb/key4.db')),
    },
    takesCurves: false,
  },
  {
    id: 'kmail',
    create: atHome(createKmail),
    files: (address) => ({
      '.config/emailidentities': `[$Version]\nupdate_info=x\n\n[Identity #0]\nEmail Address=${address}\nName=Ada\nuoid=7\n\n[Identity #1]\nEmail Address=else@where.example\n`,
    }),
    spoil: {
      'other-certificate': edit('.config/emailidentities', /SMIME Encryption Key=.*/, `SMIME Encryption Key=${'A'.repeat(40)}`),
      'not-signing': edit('.config/emailidentities', /Pgp Auto Sign=true/, 'Pgp Auto Sign=false'),
    },
    takesCurves: false,
  },
  {
    id: 'claws',
    create: atHome(createClaws),
    files: (address) => ({
      '.claws-mail/accountrc': `[Account: 1]\naccount_name=${address}\naddress=${address}\nprivacy_prefs=gpg=REVGQVVMVA==\n`,
    }),
    spoil: {
      'other-technology': edit('.claws-mail/accountrc', /default_privacy_system=smime/, 'default_privacy_system=pgpmime'),
      'key-missing': withoutKeys,
    },
    takesCurves: false,
  },
  {
    id: 'neomutt',
    create: atHome(createNeomutt),
    files: (address) => ({ '.neomuttrc': `set realname = "Ada"\nset from = "Ada Lovelace <${address}>"\nset crypt_autosign = no\n` }),
    spoil: {
      'not-signing': (profile) => writeFileSync(join(profile, '.neomuttrc'), 'set crypt_autosign=no\n', { flag: 'a' }),
      'not-accepted': withoutTrust,
    },
    takesCurves: false,
  },
  {
    id: 'gnupg',
    create: atHome(createGnupg),
    files: () => ({ '.gnupg/gpg.conf': '# mine\n' }),
    spoil: { 'not-accepted': withoutTrust, 'key-missing': withoutKeys },
    renewed: 'certificate-missing',
    takesCurves: false,
  },
  {
    id: 'nss',
    create: atHome(createNss),
    files: () => ({ 'notes.txt': 'mine\n' }),
    spoil: { 'key-missing': (profile) => rmSync(join(profile, 'key4.db')) },
    renewed: 'certificate-missing',
    takesCurves: true,
  },
];

/** GnuPG’s agent otherwise measures for a second, each time it starts, how dear a password may be. */
const quickAgent = { '.gnupg/gpg-agent.conf': `${quickPasswords}\n` };

/** A profile of the sample, closed; and where its adapter may put things for a moment. */
export function makeSample(directory: string, sample: ClientSample, address: string): string {
  for (const name of ['temporary', 'processes']) mkdirSync(join(directory, name), { mode: 0o700 });
  const profile = join(directory, 'profile');
  for (const [name, text] of Object.entries({ ...quickAgent, ...sample.files(address) })) {
    mkdirSync(dirname(join(profile, name)), { recursive: true, mode: 0o700 });
    writeFileSync(join(profile, name), text, { mode: 0o640 });
  }
  return profile;
}
