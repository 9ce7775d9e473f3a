import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SubscriberProfile } from '../../../main/domain/profile/certificate-profile.ts';
import { subscriberProfiles } from '../../../main/domain/profile/index.ts';
import type { KeyPair, Practice } from '../x509-issuing/practice.ts';
import { ana, Folder, issue, makeKeyPair, makePractice } from '../x509-issuing/practice.ts';

/** The engine of Thunderbird and Evolution. Usages: S signs mail, R receives it encrypted. */
const folder = new Folder();
const database = `sql:${folder.path}`;
let practice: Practice;

function certutil(...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync('certutil', [...args, '-d', database], { encoding: 'utf8' });
  return (stdout + stderr).trim();
}

function trust(name: string, flags: string, certificate: Uint8Array): void {
  expect(certutil('-A', '-n', name, '-t', flags, '-i', folder.certificate(`${name}.pem`, certificate))).toBe('');
}

beforeAll(() => {
  practice = makePractice({ publishUrl: 'http://pki.sunrise.example', permittedMailDomains: ['sunrise.example'] });
  certutil('-N', '--empty-password');
  trust('root', ',C,', practice.root.certificate);
  trust('issuing', ',,', practice.issuing.certificate);
});

afterAll(() => folder.dispose());

function judge(profile: SubscriberProfile, keys: KeyPair, usage: 'S' | 'R', emails: readonly string[] = ana.emails): string {
  const name = `${keys.algorithm}-${profile.id}-${usage}`;
  trust(name, ',,', issue(practice, profile, keys, { ...ana, emails }).certificate);
  return certutil('-V', '-n', name, '-u', usage);
}

const usagesOf = ({ usage }: SubscriberProfile): ('S' | 'R')[] => (usage === 'dual' ? ['S', 'R'] : [usage === 'sign' ? 'S' : 'R']);

describe('what NSS says of issued certificates', () => {
  it.each(['rsa-2048', 'p256'] as const)('accepts every profile with a %s key for its own use', (algorithm) => {
    const keys = makeKeyPair(algorithm);
    const uses = subscriberProfiles.flatMap((profile) => usagesOf(profile).map((usage) => ({ profile, usage })));
    const said = uses.map(({ profile, usage }) => [profile.id, usage, judge(profile, keys, usage)]);
    expect(said).toEqual(uses.map(({ profile, usage }) => [profile.id, usage, 'certutil: certificate is valid']));
    expect(said).toHaveLength(40);
  });

  it('refuses the other use, and a mailbox the issuing authority may not name', () => {
    const keys = makeKeyPair('rsa-2048');
    const [signing, encryption] = subscriberProfiles;
    if (signing === undefined || encryption === undefined) throw new Error('there are profiles');
    expect(judge(signing, keys, 'R')).toContain('key usage inadequate');
    expect(judge(encryption, keys, 'S')).toContain('key usage inadequate');
    expect(judge({ ...signing, id: 'elsewhere' }, keys, 'S', ['ana@elsewhere.example'])).toContain(
      'not permitted to issue a certificate with this name',
    );
  });
});
