import { afterAll, describe, expect, it } from 'vitest';
import { canServe, keyAlgorithms, type AuthorityAlgorithm, type KeyAlgorithm } from '../../../main/domain/key/algorithm.ts';
import type { SubscriberProfile } from '../../../main/domain/profile/certificate-profile.ts';
import { profileFamilies } from '../../../main/domain/profile/own-profile.ts';
import { findProfile } from '../../../main/domain/profile/index.ts';
import { ana, issue, makeKeyPair, makePractice } from '../x509-issuing/practice.ts';
import { certtoolEngine, certutilEngine, gpgsmEngine, opensslEngine, type Engine, type Use } from './engines.ts';

/**
 * Which engine reads what, as of Debian 12 (OpenSSL 3.0, GnuTLS 3.7, NSS 3.87, GnuPG 2.2.40): all of them everything, but for
 * what stands here. GnuPG 2.2 encrypts to no key that is for key agreement, which is what an EC key has to be for (S/MIME BR section
 * 7.1.2.3 e); NSS takes no Ed25519 key in. GnuPG 2.2 also follows no path through a P-521 authority; see below.
 */
const refusals: readonly (readonly [engine: Engine['name'], algorithm: KeyAlgorithm, use: Use, words: RegExp])[] = [
  ['gpgsm', 'p256', 'encrypt', /not usable for encryption/],
  ['gpgsm', 'p384', 'encrypt', /not usable for encryption/],
  ['gpgsm', 'p521', 'encrypt', /not usable for encryption/],
  ['certutil', 'ed25519', 'sign', /could not add certificate/],
];

const engines: Engine[] = [];
afterAll(() => {
  for (const engine of engines) engine.close();
});

function practiceWithEngines(algorithms: { root?: AuthorityAlgorithm; issuing?: AuthorityAlgorithm } = {}) {
  const practice = makePractice({ publishUrl: 'http://pki.sunrise.example', ...algorithms });
  const chain = { root: practice.root.certificate, issuing: practice.issuing.certificate };
  const all = [opensslEngine(chain), certtoolEngine(chain), certutilEngine(chain), gpgsmEngine(chain)];
  engines.push(...all);
  return { practice, all };
}

const profileOf = (family: string, usage: string) => findProfile(`${family}-${usage}`) as SubscriberProfile;
const usesOf = ({ usage }: SubscriberProfile): readonly Use[] => (usage === 'dual' ? ['sign', 'encrypt'] : [usage]);

const usual = practiceWithEngines();

describe('openssl, GnuTLS, NSS and GnuPG', () => {
  it.each(keyAlgorithms)('take certificates of a %s key for their own use, but where the table says who does not', (algorithm) => {
    const keys = makeKeyPair(algorithm);
    for (const usage of ['sign', 'encrypt', 'dual'] as const) {
      if (!canServe(algorithm, usage)) continue;
      const profile = profileOf('smime-sponsor-multipurpose', usage);
      const { certificate } = issue(usual.practice, profile, keys);
      for (const use of usesOf(profile))
        for (const engine of usual.all) {
          const refusal = refusals.find(([name, key, refused]) => name === engine.name && key === algorithm && refused === use);
          const { accepts, words } = engine.judge(certificate, use);
          const said = refusal?.[3].test(words) === true ? 'as the table says' : words;
          const verdict = [engine.name, profile.id, use, accepts, accepts ? '' : said];
          expect(verdict).toEqual([...verdict.slice(0, 3), refusal === undefined, refusal === undefined ? '' : 'as the table says']);
        }
    }
  });

  it.each(profileFamilies)('take every certificate of %s', (family) => {
    const keys = makeKeyPair('rsa-2048');
    for (const usage of ['sign', 'encrypt', 'dual'] as const) {
      const profile = profileOf(family, usage);
      const { certificate } = issue(usual.practice, profile, keys, { ...ana, emails: [`${family}@sunrise.example`] });
      for (const use of usesOf(profile))
        for (const engine of usual.all) {
          const { accepts, words } = engine.judge(certificate, use);
          expect([engine.name, profile.id, use, accepts ? '' : words]).toEqual([engine.name, profile.id, use, '']);
        }
    }
  });

  it.each<[AuthorityAlgorithm, AuthorityAlgorithm, Engine['name'][]]>([
    ['rsa-4096', 'rsa-4096', []],
    ['p384', 'p384', []],
    ['p256', 'p256', []],
    ['p521', 'p384', ['gpgsm']],
    ['p384', 'p521', ['gpgsm']],
  ])('take what a %s root and a %s issuing authority sign, but for %j', (root, issuing, refusing) => {
    const { practice, all } = practiceWithEngines({ root, issuing });
    const { certificate } = issue(practice, profileOf('smime-mailbox-multipurpose', 'sign'), makeKeyPair('rsa-2048'));
    expect(all.filter((engine) => !engine.judge(certificate, 'sign').accepts).map(({ name }) => name)).toEqual(refusing);
  });

  it('refuse the other use, all but GnuTLS, which does not ask', () => {
    const keys = makeKeyPair('rsa-2048');
    const signing = issue(usual.practice, profileOf('smime-mailbox-strict', 'sign'), keys).certificate;
    const encrypting = issue(usual.practice, profileOf('smime-mailbox-strict', 'encrypt'), keys).certificate;
    for (const engine of usual.all) {
      const verdicts = [engine.judge(signing, 'encrypt').accepts, engine.judge(encrypting, 'sign').accepts];
      expect([engine.name, ...verdicts]).toEqual([engine.name, ...(engine.name === 'certtool' ? [true, true] : [false, false])]);
    }
  });

  it('refuse what another practice’s authority of the same name signed', () => {
    const { certificate } = issue(makePractice(), profileOf('smime-mailbox-strict', 'sign'), makeKeyPair('rsa-2048'));
    for (const engine of usual.all) expect([engine.name, engine.judge(certificate, 'sign').accepts]).toEqual([engine.name, false]);
  });
});
