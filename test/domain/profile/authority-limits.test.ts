import { afterAll, describe, expect, it } from 'vitest';
import { authorityLimits, requireWithinLimits } from '../../../main/domain/profile/authority-limits.ts';
import { profilesFor } from '../../../main/domain/profile/index.ts';
import { isDomainPermitted, isMailboxPermitted, mailConstraintsOf } from '../../../main/domain/x509/mail-constraints.ts';
import { readCertificate } from '../../../main/domain/x509/read-certificate.ts';
import { ana, Folder, issue, makeKeyPair, makePractice, tryOpenssl } from '../x509-issuing/practice.ts';

const folder = new Folder();

afterAll(() => folder.dispose());

describe('what an authority may vouch for', () => {
  const constraints = [{ permitted: ['clinic.example', '.clinic.example', 'one@other.example'], excluded: ['bad.clinic.example'] }];

  it.each([
    ['ana@clinic.example', true],
    ['ana@north.clinic.example', true],
    ['ana@bad.clinic.example', false],
    ['one@other.example', true],
    ['two@other.example', false],
    ['ana@notclinic.example', false],
  ])('%s: %s', (mailbox, isPermitted) => {
    expect(isMailboxPermitted(mailbox, constraints)).toBe(isPermitted);
  });

  it.each([
    ['clinic.example', true],
    ['.clinic.example', true],
    ['north.clinic.example', true],
    ['.north.clinic.example', true],
    ['bad.clinic.example', false],
    ['other.example', false],
    ['.example', false],
  ])('the domain %s to one below it: %s', (domain, isPermitted) => {
    expect(isDomainPermitted(domain, constraints)).toBe(isPermitted);
  });

  it('is what its certificate says, and openssl refuses whoever is issued beyond it', () => {
    const practice = makePractice({ permittedMailDomains: ['elsewhere.example'] });
    const read = readCertificate(practice.issuing.certificate);
    expect(mailConstraintsOf(read.extensions.nameConstraints)).toEqual({ permitted: ['elsewhere.example'], excluded: [] });
    const [profile] = profilesFor('smime-mailbox-multipurpose-sign');
    if (profile === undefined) throw new Error('one profile');
    const beyond = folder.certificate('beyond.pem', issue(practice, profile, makeKeyPair('p256'), ana).certificate);
    const root = folder.certificate('root.pem', practice.root.certificate);
    const between = folder.certificate('between.pem', practice.issuing.certificate);
    expect(tryOpenssl(['verify', '-x509_strict', '-CAfile', root, '-untrusted', between, beyond]).text).toMatch(
      /permitted subtree violation/,
    );
  });

  it('is nothing where a constraint cannot be judged', () => {
    const base = { form: 'rfc822Name', value: 'clinic.example' } as const;
    const unclear = mailConstraintsOf({ permittedSubtrees: [], excludedSubtrees: [{ base, hasDistance: true }] });
    expect(isMailboxPermitted('ana@other.example', unclear === undefined ? [] : [unclear])).toBe(false);
    expect(mailConstraintsOf({ permittedSubtrees: [], excludedSubtrees: [] })).toBeUndefined();
  });
});

describe('how many authorities may stand below another', () => {
  const chain = (...lengths: readonly (number | undefined)[]) =>
    lengths.map((length) => ({
      extensions: { unknown: [], basicConstraints: length === undefined ? { cA: true } : { cA: true, pathLenConstraint: length } },
    }));
  const wanted = { mailDomains: [], parentName: 'Above' };

  it.each([
    [[undefined], 7],
    [[0, undefined], 0],
    [[2, undefined], 2],
    [[5, 1], 0],
    [[5, 2, undefined], 1],
    [[undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined], 0],
  ])('under a chain of path lengths %j: %i', (lengths, levelsBelow) => {
    expect(authorityLimits(chain(...lengths)).levelsBelow).toBe(levelsBelow);
  });

  it('bounds what a new one may promise', () => {
    const limits = authorityLimits(chain(2, undefined));
    expect(() => requireWithinLimits(limits, { ...wanted, pathLength: 1 })).not.toThrow();
    expect(() => requireWithinLimits(limits, { ...wanted, pathLength: 2 })).toThrow(/allows 2/);
    expect(() => requireWithinLimits(limits, { ...wanted, pathLength: 'open' })).toThrow(/allows 2/);
    expect(() => requireWithinLimits(authorityLimits(chain(undefined)), { ...wanted, pathLength: 'open' })).not.toThrow();
  });
});
