import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuthorityAlgorithm, KeyAlgorithm } from '../../../main/domain/key/algorithm.ts';
import { canServe, familyOf } from '../../../main/domain/key/algorithm.ts';
import type { SubscriberProfile } from '../../../main/domain/profile/certificate-profile.ts';
import { profilesFor, subscriberProfiles } from '../../../main/domain/profile/index.ts';
import type { KeyPair, Practice } from '../x509-issuing/practice.ts';
import { ana, Folder, issue, makeKeyPair, makePractice, openssl, tryOpenssl } from '../x509-issuing/practice.ts';

/** OpenSSL 3.0 does not count keyAgreement as encryption: such certificates are checked without a purpose. */
function purposesOf(profile: SubscriberProfile, algorithm: KeyAlgorithm): string[] {
  if (profile.usage === 'sign') return ['smimesign'];
  const encrypt = familyOf(algorithm) === 'rsa' ? 'smimeencrypt' : 'any';
  return profile.usage === 'dual' ? ['smimesign', encrypt] : [encrypt];
}

const subjects = ['rsa-2048', 'p256', 'p384', 'ed25519'] as const;
const folder = new Folder();
let practice: Practice;
let keys: Map<KeyAlgorithm, KeyPair>;
let chain: string[];

function trusting(made: Practice, name: string): string[] {
  const root = folder.certificate(`${name}-root.pem`, made.root.certificate);
  return ['-x509_strict', '-CAfile', root, '-untrusted', folder.certificate(`${name}-issuing.pem`, made.issuing.certificate)];
}

beforeAll(() => {
  practice = makePractice({ publishUrl: 'http://pki.sunrise.example' });
  keys = new Map(subjects.map((algorithm) => [algorithm, makeKeyPair(algorithm)]));
  chain = trusting(practice, 'practice');
});

afterAll(() => folder.dispose());

function keyOf(algorithm: KeyAlgorithm): KeyPair {
  const keyPair = keys.get(algorithm);
  if (keyPair === undefined) throw new Error(`no key of ${algorithm}`);
  return keyPair;
}

describe('what openssl verify -x509_strict says of issued certificates', () => {
  it.each(subjects)('accepts every profile a %s key can serve, each for its own purpose', (algorithm) => {
    const files = new Map<string, string[]>();
    for (const profile of subscriberProfiles.filter(({ usage }) => canServe(algorithm, usage))) {
      const file = folder.certificate(`${algorithm}-${profile.id}.pem`, issue(practice, profile, keyOf(algorithm)).certificate);
      for (const purpose of purposesOf(profile, algorithm)) files.set(purpose, [...(files.get(purpose) ?? []), file]);
    }
    for (const [purpose, paths] of files) {
      const said = openssl(['verify', ...chain, '-purpose', purpose, ...paths]);
      expect(said.trim().split('\n')).toEqual(paths.map((path) => `${path}: OK`));
    }
    expect([...files.values()].flat()).toHaveLength({ 'rsa-2048': 40, p256: 40, p384: 40, ed25519: 10 }[algorithm]);
  });

  it('refuses a signing certificate for encryption and an encryption certificate for signing', () => {
    const [signing, encryption] = profilesFor('smime-sponsor-strict');
    if (signing === undefined || encryption === undefined) throw new Error('a pair is two profiles');
    const signer = folder.certificate('signer.pem', issue(practice, signing, keyOf('rsa-2048')).certificate);
    const recipient = folder.certificate('recipient.pem', issue(practice, encryption, keyOf('rsa-2048')).certificate);
    expect(tryOpenssl(['verify', ...chain, '-purpose', 'smimeencrypt', signer]).text).toContain('error 26 at 0 depth');
    expect(tryOpenssl(['verify', ...chain, '-purpose', 'smimesign', recipient]).text).toContain('error 26 at 0 depth');
    expect(tryOpenssl(['verify', ...chain, '-purpose', 'sslserver', signer]).text).toContain('error 26 at 0 depth');
  });

  it('refuses a certificate of another practice with authorities of the same names', () => {
    const stranger = makePractice();
    const [profile] = profilesFor('smime-mailbox-multipurpose');
    if (profile === undefined) throw new Error('a pair is two profiles');
    const file = folder.certificate('stranger.pem', issue(stranger, profile, keyOf('p256')).certificate);
    expect(tryOpenssl(['verify', ...chain, '-purpose', 'smimesign', file]).status).not.toBe(0);
  });

  it.each<[AuthorityAlgorithm, AuthorityAlgorithm]>([
    ['p521', 'p384'],
    ['p256', 'p521'],
    ['rsa-4096', 'rsa-4096'],
    ['rsa-4096', 'p256'],
  ])('accepts a %s root over a %s issuing authority, with nothing published', (root, issuing) => {
    const made = makePractice({ root, issuing });
    const [profile] = profilesFor('smime-individual-strict-sign');
    if (profile === undefined) throw new Error('one profile');
    const leaf = issue(made, profile, keyOf('p256'));
    const file = folder.certificate(`${root}-${issuing}.pem`, leaf.certificate);
    expect(openssl(['verify', ...trusting(made, `${root}-${issuing}`), '-purpose', 'smimesign', file])).toContain('OK');
    const text = openssl(['x509', '-in', file, '-noout', '-text']);
    expect(text).not.toContain('CRL Distribution');
    expect(text).not.toContain('CA Issuers');
  });

  it('holds the practice to the mail domains its issuing authority is permitted', () => {
    const made = makePractice({ permittedMailDomains: ['sunrise.example', '.sunrise.example'] });
    const [profile] = profilesFor('smime-mailbox-strict-sign');
    if (profile === undefined) throw new Error('one profile');
    const inside = issue(made, profile, keyOf('p256'), { ...ana, emails: ['ana@sunrise.example', 'ana@lab.sunrise.example'] });
    const outside = issue(made, profile, keyOf('p256'), { ...ana, emails: ['ana@elsewhere.example'] });
    const constrained = trusting(made, 'constrained');
    expect(openssl(['verify', ...constrained, folder.certificate('inside.pem', inside.certificate)])).toContain('OK');
    const said = tryOpenssl(['verify', ...constrained, folder.certificate('outside.pem', outside.certificate)]);
    expect(said.text).toContain('permitted subtree violation');
  });
});
