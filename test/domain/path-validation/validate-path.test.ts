import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import * as asn1 from '../../../main/domain/asn1/der-writer.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { algorithmOid, attributeOid, extendedKeyUsageOid, extensionOid, policyOid } from '../../../main/domain/x509/oid.ts';
import type { PathRequest } from '../../../main/domain/x509/path-validation/request.ts';
import { validatePath } from '../../../main/domain/x509/path-validation/validate-path.ts';
import { readCertificate } from '../../../main/domain/x509/read-certificate.ts';
import {
  asAuthority,
  commonName,
  extension,
  extKeyUsage,
  generalName,
  issue,
  issueList,
  keyUsage,
  nameConstraints,
  nameOf,
  newKeys,
  subjectAltName,
  type Holder,
} from './authority.ts';

const time = new Date('2026-01-01T00:00:00Z');
const [keyCertSign, cRLSign, digitalSignature] = [5, 6, 0];

const root = issue({ name: 'Root', extensions: [asAuthority(), keyUsage(keyCertSign, cRLSign)] });
const authority = issue({ name: 'Authority', issuer: root, extensions: [asAuthority(), keyUsage(keyCertSign, cRLSign)] });
const mailbox = subjectAltName(generalName(1, 'doctor@example.org'));
const leaf = issue({ issuer: authority, extensions: [mailbox, keyUsage(digitalSignature)] });

/** Asks about a target under the root, with the authority in the pool unless the test says otherwise. */
function ask(target: Holder, question: Partial<PathRequest> = {}) {
  const pool = [authority.certificate];
  const { valid, findings, path, policies } = validatePath(
    { target: target.certificate, anchors: [root.certificate], pool, time, ...question },
    nodePrimitives,
  );
  return { valid, codes: findings.map(({ code }) => code).sort(), length: path.length, policies, findings };
}

const codes = (target: Holder, question: Partial<PathRequest> = {}) => ask(target, question).codes;
const under = (anchor: Holder, ...pool: readonly Holder[]) => ({
  anchors: [anchor.certificate],
  pool: pool.map(({ certificate }) => certificate),
});

describe('a path', () => {
  it('is found from the target to the anchor and named from one to the other', () => {
    expect(ask(leaf)).toMatchObject({ valid: true, codes: [], length: 3 });
  });

  it('has one certificate when the target is itself an anchor', () => {
    expect(ask(leaf, { anchors: [leaf.certificate] })).toMatchObject({ valid: true, length: 1 });
    expect(codes(leaf, { anchors: [leaf.certificate], time: new Date('2030-01-01') })).toEqual(['path.expired']);
  });

  it('leads nowhere without an anchor, and says how far it came', () => {
    expect(ask(leaf, { anchors: [] })).toMatchObject({ valid: false, codes: ['path.unknown-issuer'], length: 2 });
    expect(ask(leaf, { pool: [] })).toMatchObject({ valid: false, codes: ['path.unknown-issuer'], length: 1 });
  });

  it('does not lead to somebody who only has the name of the anchor', () => {
    const impostor = issue({ name: 'Root', extensions: [asAuthority()] });
    const forged = issue({ issuer: impostor });
    expect(codes(forged)).toEqual(['path.signature']);
    expect(codes(forged, { pool: [impostor.certificate] })).not.toEqual([]);
  });

  it('is reported with everything that is wrong with it', () => {
    const bad = issue({
      issuer: authority,
      notAfter: '2021-01-01',
      extensions: [mailbox, keyUsage(digitalSignature), extKeyUsage('1.2.3')],
    });
    const question = { purpose: 'smime-encrypt', email: 'other@example.org', requireRevocation: true, maxDepth: 0 } as const;
    expect([...new Set(codes(bad, question))]).toEqual([
      'path.expired',
      'path.key-usage',
      'path.name-mismatch',
      'path.purpose',
      'path.revocation-unknown',
      'path.too-long',
    ]);
  });

  it('ends at the last second of a certificate and begins at its first', () => {
    expect(codes(leaf, { time: new Date('2020-01-01T00:00:00Z') })).toEqual([]);
    expect(codes(leaf, { time: new Date('2029-12-31T00:00:00Z') })).toEqual([]);
    expect(codes(leaf, { time: new Date('2019-12-31T23:59:59Z') })).toContain('path.not-yet-valid');
    expect(codes(leaf, { time: new Date('2019-12-31T23:59:59.999Z') })).toContain('path.not-yet-valid');
    expect(codes(leaf, { time: new Date('2029-12-31T00:00:00.999Z') })).toEqual([]);
    expect(codes(leaf, { time: new Date('2029-12-31T00:00:01Z') })).toContain('path.expired');
  });

  it('is as deep as there are authorities in it, however often one issued for itself', () => {
    const again = issue({ name: 'Authority', issuer: authority, extensions: [asAuthority()] });
    const question = { ...under(root, authority, again), maxDepth: 1 };
    expect(ask(issue({ issuer: again }), question)).toMatchObject({ codes: [], length: 4 });
    expect(codes(issue({ issuer: again }), { ...question, maxDepth: 0 })).toEqual(['path.too-long']);
  });

  it('is not judged at a time that is none', () => {
    expect(() => ask(leaf, { time: new Date('never') })).toThrow(expect.objectContaining({ code: 'input.invalid' }));
    expect(codes(leaf, { maxDepth: Number.NaN })).toEqual(['path.too-long']);
  });

  it('goes on beyond an anchor that has expired, to one that has not', () => {
    const past = issue({ name: 'Past', issuer: root, notAfter: '2021-01-01', extensions: [asAuthority()] });
    const renewed = issue({ name: 'Past', issuer: root, keys: past.keys, extensions: [asAuthority()] });
    const target = issue({ issuer: past });
    expect(codes(target, under(past))).toEqual(['path.expired']);
    expect(codes(target, { anchors: [past.certificate, root.certificate], pool: [renewed.certificate] })).toEqual([]);
  });

  it('is chosen among several by what holds', () => {
    const keys = newKeys();
    const expired = issue({ name: 'Twice', issuer: root, keys, notAfter: '2021-01-01', extensions: [asAuthority()] });
    const current = issue({ name: 'Twice', issuer: root, keys, extensions: [asAuthority()] });
    expect(ask(issue({ issuer: current }), under(root, expired, current))).toMatchObject({ valid: true });
    expect(codes(issue({ issuer: current }), under(root, expired))).toEqual(['path.expired']);
  });

  it('is searched in a pool where everybody issued everybody, and the search ends', () => {
    const keys = Array.from({ length: 12 }, newKeys);
    const holders = keys.map((pair, at) => issue({ name: `Ring ${at}`, keys: pair, extensions: [asAuthority()] }));
    const ring = holders.flatMap((issuer) =>
      keys.map((pair, at) => issue({ name: `Ring ${at}`, keys: pair, issuer, extensions: [asAuthority()] })),
    );
    const [first] = holders;
    if (first === undefined) throw new Error('no ring');
    const before = process.cpuUsage().user;
    expect(ask(issue({ issuer: first }), under(root, ...ring))).toMatchObject({ valid: false });
    expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(20);
  }, 60_000);
});

describe('an authority', () => {
  it('must be one: basicConstraints with cA, keyCertSign, version 3', () => {
    const none = issue({ name: 'None', issuer: root, extensions: [mailbox] });
    const noSign = issue({ name: 'No sign', issuer: root, extensions: [asAuthority(), keyUsage(digitalSignature)] });
    const old = issue({ name: 'Old', issuer: root, isVersion1: true });
    expect(codes(issue({ issuer: none }), under(root, none))).toEqual(['path.not-authority']);
    expect(codes(issue({ issuer: noSign }), under(root, noSign))).toEqual(['path.key-usage']);
    expect(codes(issue({ issuer: old }), under(root, old))).toEqual(['path.not-authority']);
  });

  it('that is an anchor is held to the same, but for version 1, which cannot say it', () => {
    const person = issue({ name: 'Person', extensions: [mailbox] });
    const old = issue({ name: 'Old', isVersion1: true });
    const expired = issue({ name: 'Past', notAfter: '2021-01-01', extensions: [asAuthority()] });
    expect(codes(issue({ issuer: person }), under(person))).toEqual(['path.not-authority']);
    expect(codes(issue({ issuer: old }), under(old))).toEqual([]);
    expect(codes(issue({ issuer: expired }), under(expired))).toEqual(['path.expired']);
  });

  it('has no more authorities below it than pathLenConstraint says', () => {
    const top = issue({ name: 'Top', extensions: [asAuthority(0)] });
    const middle = issue({ name: 'Middle', issuer: top, extensions: [asAuthority()] });
    expect(codes(issue({ issuer: top }), under(top))).toEqual([]);
    expect(codes(issue({ issuer: middle }), under(top, middle))).toEqual(['path.too-long']);
  });

  it('with extended key usages issues only for those', () => {
    const web = issue({ name: 'Web', issuer: root, extensions: [asAuthority(), extKeyUsage(extendedKeyUsageOid.serverAuth)] });
    const target = issue({ issuer: web, extensions: [mailbox, extKeyUsage(extendedKeyUsageOid.emailProtection)] });
    expect(codes(target, { ...under(root, web), purpose: 'smime-sign' })).toEqual(['path.purpose']);
    expect(codes(target, under(root, web))).toEqual([]);
  });

  it('must have a name', () => {
    const nameless = issue({ subject: asn1.sequence(), issuer: root, extensions: [asAuthority()] });
    expect(codes(issue({ issuer: nameless }), under(root, nameless))).toEqual(['path.malformed']);
  });
});

describe('an algorithm', () => {
  it('that is weak is refused unless it is allowed', () => {
    const weak = issue({ issuer: authority, digest: 'sha1' });
    expect(codes(weak)).toEqual(['path.weak-algorithm']);
    expect(codes(weak, { allowWeak: true })).toEqual([]);
  });

  it('that differs under and beside the signature is refused', () => {
    const torn = issue({ issuer: authority, innerAlgorithm: asn1.sequence(asn1.oid(algorithmOid.ecdsaWithSha384)) });
    expect(codes(torn)).toEqual(['path.malformed']);
  });
});

describe('extensions', () => {
  it('that are critical and unknown end a path, anywhere on it', () => {
    const strange = extension('1.2.3.4', asn1.nullValue(), true);
    const target = issue({ issuer: authority, extensions: [strange] });
    const issuer = issue({ name: 'Strange', issuer: root, extensions: [asAuthority(), strange] });
    expect(codes(target)).toEqual(['path.unknown-critical-extension']);
    expect(codes(issue({ issuer }), under(root, issuer))).toEqual(['path.unknown-critical-extension']);
    expect(codes(issue({ issuer: authority, extensions: [extension('1.2.3.4', asn1.nullValue())] }))).toEqual([]);
  });

  it('of policies are understood with their qualifiers where they are critical', () => {
    const policy = (qualifier: string) =>
      asn1.sequence(asn1.oid('1.2.3'), asn1.sequence(asn1.sequence(asn1.oid(qualifier), asn1.nullValue())));
    const target = (qualifier: string, isCritical: boolean) =>
      issue({ issuer: authority, extensions: [extension(extensionOid.certificatePolicies, asn1.sequence(policy(qualifier)), isCritical)] });
    expect(codes(target('1.2.3.4', true))).toEqual(['path.unknown-critical-extension']);
    expect(codes(target('1.2.3.4', false))).toEqual([]);
    expect(codes(target('1.3.6.1.5.5.7.2.2', true))).toEqual([]);
  });

  it('contradict themselves where somebody who is no authority speaks of authority', () => {
    const target = (...extensions: Uint8Array[]) => issue({ issuer: authority, extensions });
    const constraints = nameConstraints({ permitted: [generalName(1, 'example.org')] });
    expect(codes(target(constraints))).toEqual(['path.malformed']);
    expect(codes(target(keyUsage(digitalSignature, keyCertSign)))).toEqual(['path.malformed']);
    expect(codes(target(extension(extensionOid.subjectKeyIdentifier, asn1.octetString(Uint8Array.of(1)), true)))).toEqual([
      'path.malformed',
    ]);
    expect(codes(target(extension(extensionOid.subjectKeyIdentifier, asn1.octetString(Uint8Array.of(1)))))).toEqual([]);
    expect(codes(issue({ issuer: authority, extensions: [asAuthority(), constraints] }))).toEqual([]);
  });

  it('keep to the profile of RFC 5280 only where that is asked for', () => {
    const strict = { strict: true };
    const wrong = ({ findings }: ReturnType<typeof ask>) => findings.map(({ details }) => details['what']);
    expect(wrong(ask(leaf))).toEqual([]);
    expect(wrong(ask(leaf, strict))).toEqual([
      'subjectKeyIdentifier',
      'authorityKeyIdentifier',
      'subjectKeyIdentifier',
      'authorityKeyIdentifier',
    ]);
    const own = extension(extensionOid.subjectKeyIdentifier, asn1.octetString(Uint8Array.of(1)));
    const above = extension(extensionOid.authorityKeyIdentifier, asn1.sequence(asn1.contextPrimitive(0, Uint8Array.of(1))));
    const top = issue({ name: 'Top', extensions: [asAuthority(), own] });
    expect(wrong(ask(issue({ issuer: top, extensions: [above] }), { ...under(top), ...strict }))).toEqual([]);
    const crls = [issueList({ issuer: root }), issueList({ issuer: authority })];
    expect(codes(leaf, { crls, requireRevocation: true })).toEqual([]);
    expect(codes(leaf, { crls, requireRevocation: true, ...strict })).toContain('path.revocation-unknown');
  });

  it('must name somebody when the subject does not', () => {
    const names = asn1.sequence(generalName(1, 'doctor@example.org'));
    expect(codes(issue({ issuer: authority, subject: asn1.sequence(), extensions: [mailbox] }))).toEqual(['path.malformed']);
    const critical = extension(extensionOid.subjectAltName, names, true);
    expect(codes(issue({ issuer: authority, subject: asn1.sequence(), extensions: [critical] }))).toEqual([]);
  });

  it('make a responder or a time stamp authority only by name', () => {
    const { ocspSigning, timeStamping, anyExtendedKeyUsage, emailProtection } = extendedKeyUsageOid;
    const withUsages = (...oids: string[]) => issue({ issuer: authority, extensions: [extKeyUsage(...oids)] });
    const sole = issue({
      issuer: authority,
      extensions: [extension(extensionOid.extKeyUsage, asn1.sequence(asn1.oid(timeStamping)), true)],
    });
    expect(codes(withUsages(ocspSigning), { purpose: 'ocsp' })).toEqual([]);
    expect(codes(withUsages(anyExtendedKeyUsage), { purpose: 'ocsp' })).toEqual(['path.purpose']);
    expect(codes(leaf, { purpose: 'ocsp' })).toEqual(['path.purpose']);
    expect(codes(sole, { purpose: 'timestamp' })).toEqual([]);
    expect(codes(withUsages(timeStamping), { purpose: 'timestamp' })).toEqual(['path.purpose']);
    expect(codes(withUsages(timeStamping, emailProtection), { purpose: 'timestamp' })).toEqual(['path.purpose']);
    expect(codes(withUsages(anyExtendedKeyUsage), { purpose: 'smime-sign' })).toEqual([]);
  });
});

describe('the target', () => {
  it('is for a mailbox of its subject only when no other name says otherwise', () => {
    const subject = nameOf(
      [attributeOid.commonName, asn1.utf8String('Doctor')],
      [attributeOid.emailAddress, asn1.ia5String('old@example.org')],
    );
    expect(codes(issue({ issuer: authority, subject }), { email: 'old@example.org' })).toEqual([]);
    const both = issue({ issuer: authority, subject, extensions: [mailbox] });
    expect(codes(both, { email: 'old@example.org' })).toEqual(['path.name-mismatch']);
    expect(codes(both, { email: 'doctor@EXAMPLE.org' })).toEqual([]);
  });

  it('is for a host by its dNSName, a wildcard for one label, and never by its common name', () => {
    const host = issue({
      issuer: authority,
      subject: commonName('cn.example.org'),
      extensions: [subjectAltName(generalName(2, 'www.Example.org'), generalName(2, '*.mail.example.org'), generalName(2, '192.0.2.1'))],
    });
    for (const dns of ['www.example.org', 'WWW.EXAMPLE.ORG', 'a.mail.example.org']) expect(codes(host, { dns }), dns).toEqual([]);
    for (const dns of ['cn.example.org', '192.0.2.1', 'mail.example.org', 'a.b.mail.example.org', 'example.org', '*.mail.example.org']) {
      expect(codes(host, { dns }), dns).toEqual(['path.name-mismatch']);
    }
  });
});

describe('policies', () => {
  const policies = (...oids: string[]) =>
    extension(extensionOid.certificatePolicies, asn1.sequence(...oids.map((dotted) => asn1.sequence(asn1.oid(dotted)))));
  const mixed = issue({ name: 'Policies', issuer: root, extensions: [asAuthority(), policies('1.2.3', '1.2.4')] });
  const open = issue({ name: 'Any policy', issuer: root, extensions: [asAuthority(), policies(policyOid.anyPolicy)] });
  const target = (issuer: Holder) => issue({ issuer, extensions: [policies('1.2.4', '1.2.5')] });

  it('that hold along the whole path are answered', () => {
    expect(ask(target(mixed), { ...under(root, mixed), explicitPolicy: true })).toMatchObject({ valid: true, policies: ['1.2.4'] });
    expect(ask(target(open), { ...under(root, open), explicitPolicy: true })).toMatchObject({ valid: true, policies: ['1.2.4', '1.2.5'] });
  });

  it('that were asked for and do not hold are a finding', () => {
    expect(codes(target(mixed), { ...under(root, mixed), explicitPolicy: true, policies: ['1.2.3'] })).toEqual(['path.policy']);
    expect(codes(target(open), { ...under(root, open), explicitPolicy: true, inhibitAny: true })).toEqual(['path.policy']);
    expect(codes(leaf, { explicitPolicy: true })).toEqual(['path.policy']);
    expect(codes(leaf, { policies: ['1.2.3'] })).toEqual([]);
  });
});

describe('CRLs', () => {
  const full = [issueList({ issuer: root }), issueList({ issuer: authority })];
  const required = { requireRevocation: true } as const;

  it('of every issuer on the path make revocation known', () => {
    expect(codes(leaf, { ...required, crls: full })).toEqual([]);
    expect(codes(leaf, { ...required, crls: full.slice(1) })).toEqual(['path.revocation-unknown']);
    expect(codes(leaf, required)).toEqual(['path.revocation-unknown', 'path.revocation-unknown']);
  });

  it('that list a certificate revoke it, asked for or not, current or not', () => {
    const revoked = [leaf.certificate];
    expect(codes(leaf, { crls: [issueList({ issuer: authority, revoked })] })).toEqual(['path.revoked']);
    expect(codes(leaf, { crls: [issueList({ issuer: authority, revoked, nextUpdate: '2022-01-01' })] })).toEqual(['path.revoked']);
    expect(codes(leaf, { crls: [issueList({ issuer: root, revoked: [authority.certificate] })] })).toEqual(['path.revoked']);
    expect(codes(leaf, { crls: [...full, issueList({ issuer: authority, revoked })] })).toEqual(['path.revoked']);
  });

  it.each([
    ['is past its nextUpdate', { nextUpdate: '2025-01-01' }],
    ['has no nextUpdate', { nextUpdate: null }],
    ['is from the future', { thisUpdate: '2027-01-01' }],
    ['has a weak signature', { digest: 'sha1' }],
    ['has an unknown critical extension', { extensions: [extension('1.2.3.4', asn1.nullValue(), true)] }],
    ['has a critical number', { extensions: [extension(extensionOid.cRLNumber, asn1.integer(1), true)] }],
  ] as const)('prove nothing when the CRL %s', (_, wish) => {
    const crls = [issueList({ issuer: root }), issueList({ issuer: authority, ...wish })];
    expect(codes(leaf, { ...required, crls })).toEqual(['path.revocation-unknown']);
  });

  it('prove and revoke nothing when somebody else signed them, or nobody who may', () => {
    const impostor = issue({ name: 'Authority', extensions: [asAuthority()] });
    const noCrl = issue({ name: 'No CRL', issuer: root, extensions: [asAuthority(), keyUsage(keyCertSign)] });
    const person = issue({ issuer: noCrl });
    const forged = issueList({ issuer: impostor, revoked: [leaf.certificate] });
    expect(codes(leaf, { crls: [forged] })).toEqual(['path.revocation-unknown']);
    expect(codes(leaf, { crls: [forged, issueList({ issuer: authority })] })).toEqual([]);
    expect(codes(leaf, { ...required, crls: [issueList({ issuer: root }), issueList({ issuer: impostor })] })).toEqual([
      'path.revocation-unknown',
    ]);
    const crls = [issueList({ issuer: root }), issueList({ issuer: noCrl })];
    expect(codes(person, { ...under(root, noCrl), ...required, crls })).toEqual(['path.revocation-unknown']);
    expect(codes(person, { ...under(root, noCrl), crls })).toEqual(['path.revocation-unknown']);
  });

  it('count for nothing without their number, or with one that is critical, unless they have no extension at all', () => {
    const number = (isCritical: boolean): Uint8Array => extension(extensionOid.cRLNumber, asn1.integer(1), isCritical);
    const listed = (...extensions: Uint8Array[]): string[] => codes(leaf, { crls: [issueList({ issuer: authority, extensions })] });
    expect(listed(extension(extensionOid.issuerAltName, asn1.sequence(generalName(1, 'ca@example.org'))))).toEqual([
      'path.revocation-unknown',
    ]);
    expect(listed(number(true))).toEqual(['path.revocation-unknown']);
    expect(listed(number(false))).toEqual([]);
    expect(codes(leaf, { crls: [issueList({ issuer: authority })] })).toEqual([]);
  });

  it('of another time leave a certificate as it is where nobody asked to know', () => {
    const stale = issueList({ issuer: authority, nextUpdate: '2020-06-01' });
    expect(codes(leaf, { crls: [stale] })).toEqual([]);
    expect(codes(leaf, { ...required, crls: [issueList({ issuer: root }), stale] })).toEqual(['path.revocation-unknown']);
  });
});

describe('a changed certificate', () => {
  it('is never valid, whichever octet of it or of its authority was changed', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean());
    let judged = 0;
    fc.assert(
      fc.property(change, ([at, mask, isTarget]) => {
        const octets = (isTarget ? leaf : authority).certificate.der.slice();
        octets[at % octets.length] = (octets[at % octets.length] ?? 0) ^ mask;
        try {
          const changed = readCertificate(octets);
          const [target, pool] = isTarget ? [changed, [authority.certificate]] : [leaf.certificate, [changed]];
          judged++;
          return !validatePath({ target, anchors: [root.certificate], pool, time }, nodePrimitives).valid;
        } catch (error) {
          if (error instanceof AppError) return true;
          throw error;
        }
      }),
      { numRuns: 3000 },
    );
    expect(judged).toBeGreaterThan(100);
  }, 60_000);
});
