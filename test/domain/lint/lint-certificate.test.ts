import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canServe, familyOf, keyAlgorithms } from '../../../main/domain/key/algorithm.ts';
import { lintCertificate, lintRules } from '../../../main/domain/lint/lint-certificate.ts';
import { findProfile, profilesFor, subscriberProfiles } from '../../../main/domain/profile/index.ts';
import { readCertificate } from '../../../main/domain/x509/read-certificate.ts';
import { closePrimesKey, rocaKey } from '../key/broken-rsa.ts';
import type { Practice } from '../x509-issuing/practice.ts';
import { ana, issue, keyPairOf, makeKeyPair, makePractice } from '../x509-issuing/practice.ts';
import { bake, closeBakery, rsa, smtpUtf8Mailbox, soundSubject, sponsor, sponsored, type Recipe } from './bake.ts';

afterAll(closeBakery);

/** What the lint says of a certificate, severity and rule. */
function lint(der: Uint8Array, profile?: string): string[] {
  const findings = lintCertificate(readCertificate(der), profile === undefined ? {} : { profile: findProfile(profile) });
  return findings.map(({ severity, rule }) => `${severity} ${rule}`);
}

describe('the lint of what Keyward issues', () => {
  let published: Practice;
  let unpublished: Practice;

  beforeAll(() => {
    published = makePractice({ publishUrl: 'http://pki.sunrise.example' });
    unpublished = makePractice({ root: 'p256' });
  });

  it('finds nothing in any profile with any key, under its own name, but that few Direct agents agree on keys', () => {
    for (const algorithm of keyAlgorithms) {
      const keys = makeKeyPair(algorithm);
      for (const profile of subscriberProfiles.filter(({ usage }) => canServe(algorithm, usage))) {
        const agrees = profile.binding === 'domain' && profile.usage !== 'sign' && familyOf(algorithm) === 'ec';
        const expected = agrees ? ['warning direct-key-usage'] : [];
        expect([profile.id, algorithm, ...lint(issue(published, profile, keys).certificate, profile.id)]).toEqual([
          profile.id,
          algorithm,
          ...expected,
        ]);
      }
    }
  }, 60_000);

  it('finds nothing in the authorities', () => {
    expect(lint(published.root.certificate, 'root-authority')).toEqual([]);
    expect(lint(published.issuing.certificate, 'issuing-authority')).toEqual([]);
  });

  it('says what is missing when nothing is published', () => {
    const missing = ['warning crl-distribution-points', 'notice authority-information-access'];
    const [profile] = profilesFor('smime-mailbox-strict-sign');
    if (profile === undefined) throw new Error('one profile');
    expect(lint(issue(unpublished, profile, makeKeyPair('p256')).certificate)).toEqual(missing);
    expect(lint(unpublished.issuing.certificate)).toEqual(missing);
    expect(lint(unpublished.root.certificate)).toEqual([]);
  });

  it('says that a practice without registration cannot name it', () => {
    const [profile] = profilesFor('smime-sponsor-multipurpose-sign');
    if (profile === undefined) throw new Error('one profile');
    const { organizationIdentifier: _, ...unregistered } = ana;
    expect(lint(issue(published, profile, makeKeyPair('p256'), unregistered).certificate)).toEqual(['warning organization-identifier']);
  });

  it('stops a key whose private half can be computed', () => {
    const [profile] = profilesFor('smime-mailbox-strict-sign');
    if (profile === undefined) throw new Error('one profile');
    for (const brokenKey of [rocaKey, closePrimesKey])
      expect(lint(issue(published, profile, keyPairOf('rsa-2048', brokenKey())).certificate)).toEqual(['error weak-key']);
  });

  it('says where a certificate is not of the profile it is said to be', () => {
    const [signing, encryption] = profilesFor('smime-mailbox-strict');
    if (signing === undefined || encryption === undefined) throw new Error('a pair is two profiles');
    const { certificate } = issue(published, signing, makeKeyPair('p256'));
    expect(lint(certificate, encryption.id)).toEqual(['error profile']);
    expect(lint(certificate, 'smime-mailbox-multipurpose-sign')).toEqual(['error profile']);
    expect(lint(certificate, 'root-authority')).toContain('error profile');
    expect(lint(published.issuing.certificate, 'root-authority')).toContain('error profile');
    expect(lint(published.issuing.certificate, signing.id)).toContain('error profile');
    expect(() => lint(certificate, 'no-such-profile')).toThrow(expect.objectContaining({ code: 'input.unknown-profile' }));
  });
});

/** A certificate openssl makes and signs with its own key, which is all right but for what a test changes. */
describe('the lint of what others issued', () => {
  const directory = new URL('../../vectors/pkits/certs/', import.meta.url);

  it('names errors in every certificate of PKITS but its root and one that signs lists alone, because PKITS knows nothing of S/MIME', () => {
    const files = readdirSync(directory).filter((name) => name.endsWith('.crt'));
    expect(files.length).toBeGreaterThan(300);
    const passed = files.filter((file) => !lint(readFileSync(new URL(file, directory))).some((finding) => finding.startsWith('error')));
    expect(passed).toEqual(['BasicSelfIssuedCRLSigningKeyCRLCert.crt', 'TrustAnchorRootCertificate.crt']);
  });

  it('names what the sample of RFC 9216 lacks', () => {
    const sample = new URL('../../vectors/rfc9216/alice-s-signature-verification-end-entity-certificate.crt', import.meta.url);
    const body = readFileSync(sample, 'latin1').replace(/-----[^-]+-----|\s/g, '');
    expect(lint(Buffer.from(body, 'base64'))).toEqual([
      'error validity-period',
      'error certificate-policies',
      'warning crl-distribution-points',
      'notice authority-information-access',
    ]);
  });
});

describe('the lint of what openssl issues', () => {
  it.each<[string, Recipe]>([
    ['a sound mailbox certificate', {}],
    ['one with an RSA key that encrypts', { key: rsa(2048), extensions: { keyUsage: 'critical,keyEncipherment' } }],
    [
      'one with dataEncipherment, outside the strict rules',
      { key: rsa(2048), extensions: { keyUsage: 'critical,keyEncipherment,dataEncipherment', certificatePolicies: '2.23.140.1.5.1.2' } },
    ],
    [
      'one with a policy of the practice beside that of the rules',
      { extensions: { certificatePolicies: '2.23.140.1.5.1.3,1.3.6.1.4.1.99999.1' } },
    ],
    [
      'one for another purpose too, outside the strict rules',
      { extensions: { extendedKeyUsage: 'emailProtection,clientAuth', certificatePolicies: '2.23.140.1.5.1.2' } },
    ],
    [
      'one for SmtpUTF8Mailbox',
      {
        subject: ['CN=josé@sunrise.example'],
        extensions: { subjectAltName: smtpUtf8Mailbox('josé@sunrise.example') },
      },
    ],
    ['a sound sponsored certificate', sponsor(...sponsored)],
    ['one of a pseudonym', sponsor('O=Sunrise', 'organizationIdentifier=VATEL-123456789', 'pseudonym=Night shift', 'CN=Night shift')],
    ['one of a government', sponsor('O=Sunrise', 'organizationIdentifier=GOVUS+CA', 'SN=Nunez')],
  ])('finds nothing in %s', (_, recipe) => {
    expect(lint(bake(recipe))).toEqual([]);
  });

  it.each<[string, Recipe, ...string[]]>([
    ['a negative serial number', { serial: '-5' }, 'error serial-number'],
    ['a serial number of 2^159', { serial: `0x80${'00'.repeat(19)}` }, 'error serial-number'],
    ['a serial number of 2^160', { serial: `0x01${'00'.repeat(20)}` }, 'error serial-number'],
    ['a serial number that was counted', { serial: '0x1001' }, 'warning serial-number'],
    ['SHA-1', { digest: 'sha1' }, 'error signature-algorithm'],
    ['SHA-224', { digest: 'sha224' }, 'error signature-algorithm'],
    ['a small RSA key', { key: rsa(1024) }, 'error public-key'],
    ['an RSA key of odd size', { key: rsa(2052) }, 'error public-key'],
    ['a small exponent', { key: rsa(2048, 3) }, 'warning public-key'],
    ['a curve nobody knows', { key: ['EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'] }, 'error public-key'],
    ['more than 825 days', { days: 826 }, 'error validity-period'],
    ['no keyUsage', { extensions: { keyUsage: null } }, 'error key-usage'],
    ['keyUsage not critical', { extensions: { keyUsage: 'digitalSignature' } }, 'warning key-usage'],
    ['RSA bits on an EC key', { extensions: { keyUsage: 'critical,digitalSignature,keyEncipherment' } }, 'error key-usage'],
    ['EC bits on an RSA key', { key: rsa(2048), extensions: { keyUsage: 'critical,keyAgreement' } }, 'error key-usage', 'error key-usage'],
    ['nonRepudiation without digitalSignature', { extensions: { keyUsage: 'critical,keyAgreement,nonRepudiation' } }, 'error key-usage'],
    [
      'dataEncipherment under the strict rules',
      { key: rsa(2048), extensions: { keyUsage: 'critical,keyEncipherment,dataEncipherment' } },
      'error key-usage',
    ],
    ['the bits of an authority', { extensions: { keyUsage: 'critical,digitalSignature,keyCertSign' } }, 'error key-usage'],
    [
      'an Ed25519 key that should agree',
      { key: ['ED25519'], extensions: { keyUsage: 'critical,digitalSignature,keyAgreement' } },
      'error key-usage',
    ],
    ['no extKeyUsage', { extensions: { extendedKeyUsage: null } }, 'error extended-key-usage'],
    ['another purpose alone', { extensions: { extendedKeyUsage: 'clientAuth' } }, 'error extended-key-usage', 'error extended-key-usage'],
    [
      'another purpose under the strict rules',
      { extensions: { extendedKeyUsage: 'emailProtection,clientAuth' } },
      'error extended-key-usage',
    ],
    ['the purpose of a server', { extensions: { extendedKeyUsage: 'emailProtection,serverAuth' } }, 'error extended-key-usage'],
    ['any purpose', { extensions: { extendedKeyUsage: 'emailProtection,anyExtendedKeyUsage' } }, 'error extended-key-usage'],
    ['no subjectAltName', { extensions: { subjectAltName: null } }, 'error subject-alternative-name', 'error subject-mailbox'],
    ['a host name', { extensions: { subjectAltName: 'email:ana@sunrise.example,DNS:sunrise.example' } }, 'error subject-alternative-name'],
    [
      'a host name alone',
      { subject: ['serialNumber=1'], extensions: { subjectAltName: 'DNS:sunrise.example' } },
      'error subject-alternative-name',
      'error subject-alternative-name',
    ],
    [
      'a Windows user name under the strict rules',
      { extensions: { subjectAltName: 'email:ana@sunrise.example,otherName:1.3.6.1.4.1.311.20.2.3;UTF8:ana@sunrise.example' } },
      'error subject-alternative-name',
    ],
    [
      'subjectAltName critical beside a subject',
      { extensions: { subjectAltName: 'critical,email:ana@sunrise.example' } },
      'warning subject-alternative-name',
    ],
    ['an address in the subject alone', { extensions: { subjectAltName: 'email:other@sunrise.example' } }, 'error subject-mailbox'],
    ['an address that is none', { extensions: { subjectAltName: 'email:ana@sunrise.example,email:ana' } }, 'error mailbox-form'],
    [
      'a plain address in SmtpUTF8Mailbox',
      { extensions: { subjectAltName: smtpUtf8Mailbox('ana@sunrise.example') } },
      'error mailbox-form',
    ],
    [
      'a domain in its own script in SmtpUTF8Mailbox',
      { subject: ['serialNumber=1'], extensions: { subjectAltName: smtpUtf8Mailbox('josé@bücher.example') } },
      'error mailbox-form',
    ],
    ['no policies', { extensions: { certificatePolicies: null } }, 'error certificate-policies'],
    ['a policy of somebody else', { extensions: { certificatePolicies: '1.3.6.1.4.1.99999.1' } }, 'error certificate-policies'],
    ['two S/MIME policies', { extensions: { certificatePolicies: '2.23.140.1.5.1.2,2.23.140.1.5.1.3' } }, 'error certificate-policies'],
    ['a policy of the legacy generation', { extensions: { certificatePolicies: '2.23.140.1.5.1.1' } }, 'error certificate-policies'],
    ['policies marked critical', { extensions: { certificatePolicies: 'critical,2.23.140.1.5.1.3' } }, 'warning certificate-policies'],
    ['no place for its list', { extensions: { crlDistributionPoints: null } }, 'warning crl-distribution-points'],
    [
      'a list at https',
      { extensions: { crlDistributionPoints: 'URI:https://pki.sunrise.example/a.crl' } },
      'error crl-distribution-points',
    ],
    ['a list at no address', { extensions: { crlDistributionPoints: 'dirName:dn' } }, 'error crl-distribution-points'],
    ["no place for its issuer's certificate", { extensions: { authorityInfoAccess: null } }, 'notice authority-information-access'],
    [
      'OCSP at https alone',
      { extensions: { authorityInfoAccess: 'OCSP;URI:https://pki.sunrise.example' } },
      'error authority-information-access',
      'notice authority-information-access',
    ],
    ['no authorityKeyIdentifier', { extensions: { authorityKeyIdentifier: null } }, 'error authority-key-identifier'],
    [
      "its issuer's certificate named",
      { extensions: { authorityKeyIdentifier: 'keyid:always,issuer:always' } },
      'error authority-key-identifier',
    ],
    [
      'no subjectKeyIdentifier',
      { extensions: { subjectKeyIdentifier: 'none', authorityKeyIdentifier: 'none' } },
      'error authority-key-identifier',
      'warning subject-key-identifier',
    ],
    ['smimeCapabilities marked critical', { extensions: { '1.2.840.113549.1.9.15': 'critical,DER:3000' } }, 'error smime-capabilities'],
    ['subjectDirectoryAttributes', { extensions: { '2.5.29.9': 'DER:3000' } }, 'error subject-directory-attributes'],
    ['a person named in a mailbox certificate', { subject: [...soundSubject, 'GN=Ana'] }, 'error subject-attributes'],
    ['an attribute no profile has', { subject: [...soundSubject, 'description=Night shift'] }, 'error subject-attributes'],
    ['a street under the strict rules', sponsor(...sponsored, 'street=1 Main Street'), 'error subject-attributes'],
    ['sponsorship without a sponsor', sponsor('GN=Ana'), 'error subject-attributes', 'error organization-identifier'],
    ['a registration of no form', sponsor('O=Sunrise', 'organizationIdentifier=12345678', 'SN=Nunez'), 'warning organization-identifier'],
    ['sponsorship of nobody', sponsor('O=Sunrise', 'organizationIdentifier=NTRUS-1', 'CN=Ana'), 'error personal-name'],
    ['a pseudonym beside the name', sponsor(...sponsored, 'pseudonym=Night shift'), 'error personal-name'],
    ['a department', sponsor(...sponsored, 'OU=Cardiology'), 'notice organizational-unit'],
    ['a value that says nothing', sponsor(...sponsored, 'title=-'), 'error attribute-value'],
  ])('names %s', (_, recipe, ...expected) => {
    expect(lint(bake(recipe))).toEqual(expected);
  });

  it('names the full 825 days, and what is one second more', () => {
    /** The last second belongs to the validity, and openssl does not count it: its 824 days begin an 825th. */
    expect(lint(bake({ days: 823 }))).toEqual([]);
    expect(lint(bake({ days: 824 }))).toEqual(['notice validity-period']);
    expect(lint(bake({ days: 825 }))).toEqual(['error validity-period']);
  });

  it('names what is wrong with an authority', () => {
    const authority = { basicConstraints: 'critical,CA:TRUE', keyUsage: 'critical,keyCertSign,cRLSign', subjectAltName: null };
    const bare = { extendedKeyUsage: null, certificatePolicies: null, crlDistributionPoints: null, authorityInfoAccess: null };
    const subject = ['C=US', 'O=Sunrise', 'CN=Sunrise Root'];
    const root = (change: Recipe): string[] =>
      lint(bake({ subject, ...change, extensions: { ...authority, ...bare, ...change.extensions } }));
    expect(root({})).toEqual([]);
    expect(root({ days: 9000 })).toEqual([]);
    expect(root({ extensions: { basicConstraints: 'CA:TRUE,pathlen:1' } })).toEqual([
      'error basic-constraints',
      'warning basic-constraints',
    ]);
    expect(root({ extensions: { keyUsage: 'keyCertSign,digitalSignature,keyAgreement' } })).toEqual([
      'error key-usage',
      'error key-usage',
      'warning key-usage',
    ]);
    expect(root({ extensions: { extendedKeyUsage: 'emailProtection' } })).toEqual(['error extended-key-usage']);
    expect(root({ extensions: { certificatePolicies: '2.5.29.32.0' } })).toEqual(['warning certificate-policies']);
    expect(root({ extensions: { subjectKeyIdentifier: 'none', authorityKeyIdentifier: 'none' } })).toEqual([
      'error subject-key-identifier',
    ]);
    expect(root({ subject: ['CN=Root'] })).toEqual(['warning authority-name', 'notice authority-name']);
    expect(root({ subject: ['C=US', 'O=Sunrise'] })).toEqual(['error authority-name']);
    expect(root({ key: rsa(3072) })[0]).toMatch(/^(error|notice) public-key$/);
  });

  it('gives each finding a source and a sentence', () => {
    const findings = lintCertificate(readCertificate(bake({ subject: ['CN=-'], extensions: { keyUsage: null, subjectAltName: null } })));
    expect(findings.length).toBeGreaterThan(2);
    for (const { source, text } of findings) {
      expect(source).toMatch(/^(S\/MIME BR|RFC) /);
      expect(text).toMatch(/^[A-Z"'a-z].*\.$/);
    }
    expect(new Set(lintRules.map(({ name, kinds }) => `${name} ${kinds.join()}`)).size).toBe(lintRules.length);
  });
});
