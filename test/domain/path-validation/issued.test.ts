import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import { subscriberProfiles } from '../../../main/domain/profile/index.ts';
import type { PathRequest } from '../../../main/domain/x509/path-validation/request.ts';
import { validatePath } from '../../../main/domain/x509/path-validation/validate-path.ts';
import { readCertificate } from '../../../main/domain/x509/read-certificate.ts';
import { closePrimesKey, rocaKey } from '../key/broken-rsa.ts';
import { ana, issue, keyPairOf, makeKeyPair, makePractice, now } from '../x509-issuing/practice.ts';

const practice = makePractice();
const keyPair = makeKeyPair('p256');
const anchors = [readCertificate(practice.root.certificate)];
const pool = [readCertificate(practice.issuing.certificate)];

describe('what a practice issues', () => {
  it.each(subscriberProfiles.map((profile) => [profile.id, profile] as const))(
    'under %s is valid for its own use and no other',
    (_, profile) => {
      const target = readCertificate(issue(practice, profile, keyPair).certificate);
      const ask = (question: Partial<PathRequest>) => validatePath({ target, anchors, pool, time: now, ...question }, nodePrimitives);
      const [signs, encrypts] = [profile.usage !== 'encrypt', profile.usage !== 'sign'];
      expect(ask({ purpose: 'smime-sign' }).valid).toBe(signs);
      expect(ask({ purpose: 'smime-encrypt' }).valid).toBe(encrypts);
      expect(ask({ purpose: 'server' }).valid).toBe(false);
    },
  );

  it('is for its mailbox, and not yet or no longer valid outside its period', () => {
    const [profile] = subscriberProfiles;
    if (profile === undefined) throw new Error('no profile');
    const target = readCertificate(issue(practice, profile, keyPair).certificate);
    const codes = (question: Partial<PathRequest>) =>
      validatePath({ target, anchors, pool, time: now, ...question }, nodePrimitives).findings.map(({ code }) => code);
    expect(ana.emails.flatMap((email) => codes({ email }))).toEqual([]);
    expect(codes({ email: 'somebody@else.example' })).toEqual(['path.name-mismatch']);
    expect(codes({ time: new Date(target.notAfter.getTime() + 1000) })).toContain('path.expired');
    expect(codes({ time: new Date(target.notBefore.getTime() - 1000) })).toContain('path.not-yet-valid');
  });

  it.each([
    ['made by a chip of ROCA', rocaKey],
    ['whose primes are close together', closePrimesKey],
  ])('is not trusted over an RSA key %s, whatever leave is given', (_, brokenKey) => {
    const [profile] = subscriberProfiles;
    if (profile === undefined) throw new Error('no profile');
    const target = readCertificate(issue(practice, profile, keyPairOf('rsa-2048', brokenKey())).certificate);
    const codes = (allowWeak: boolean) =>
      validatePath({ target, anchors, pool, time: now, allowWeak }, nodePrimitives).findings.map(({ code }) => code);
    expect([codes(false), codes(true)]).toEqual([['path.weak-algorithm'], ['path.weak-algorithm']]);
  });
});
