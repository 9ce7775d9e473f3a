import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SubscriberProfile } from '../../../main/domain/profile/certificate-profile.ts';
import { composeAuthority } from '../../../main/domain/profile/compose-authority.ts';
import { findProfile, profilesFor, subscriberProfiles } from '../../../main/domain/profile/index.ts';
import { prepareIssuer } from '../../../main/domain/profile/prepare-issuer.ts';
import { rootAuthority } from '../../../main/domain/profile/root-authority.ts';
import type { Person } from '../../../main/domain/profile/subject.ts';
import type { KeyPair, Practice } from '../x509-issuing/practice.ts';
import { ana, Folder, freshSerialNumber, issue, makeKeyPair, makePractice, openssl } from '../x509-issuing/practice.ts';

const folder = new Folder();
let practice: Practice;
let p256: KeyPair;
let ed25519: KeyPair;

beforeAll(() => {
  practice = makePractice({ publishUrl: 'http://pki.sunrise.example/certs/' });
  [p256, ed25519] = [makeKeyPair('p256'), makeKeyPair('ed25519')];
});

afterAll(() => folder.dispose());

const refusal = (code: string, details: object = {}): unknown =>
  expect.objectContaining({ name: 'AppError', code, details: expect.objectContaining(details) as unknown }) as unknown;

function profileOf(id: string): SubscriberProfile {
  const [profile] = profilesFor(id);
  if (profile === undefined) throw new Error(`no profile ${id}`);
  return profile;
}

/** What openssl reads, one line a field, white space trimmed. */
function read(certificate: Uint8Array): string[] {
  const path = folder.certificate('read.pem', certificate);
  const text = openssl(['x509', '-in', path, '-noout', '-text', '-nameopt', 'utf8,sep_multiline,oid', '-certopt', 'no_sigdump,no_pubkey']);
  return text.split('\n').map((line) => line.trim());
}

/** The lines behind the heading of an extension. */
function extension(lines: readonly string[], heading: string, count = 1): string[] {
  const at = lines.findIndex((line) => line.startsWith(heading));
  return at < 0 ? [] : lines.slice(at, at + 1 + count);
}

function subjectOf(certificate: Uint8Array): string[] {
  const lines = read(certificate);
  const end = lines.findIndex((line) => line.startsWith('X509v3 extensions'));
  return lines.slice(lines.indexOf('Subject:') + 1, end).filter((line) => line !== '');
}

describe('profiles', () => {
  it('are the twenty-four of S/MIME, each with its own policy, and six of Direct', () => {
    const expected = ['mailbox', 'organization', 'sponsor', 'individual'].flatMap((type, x) =>
      ['multipurpose', 'strict'].flatMap((generation, y) =>
        ['sign', 'encrypt', 'dual'].map((usage) => [`smime-${type}-${generation}-${usage}`, `2.23.140.1.5.${x + 1}.${y + 2}`]),
      ),
    );
    const direct = [
      ['direct-address', '2.23.140.1.5.1.2'],
      ['direct-organization', null],
    ].flatMap(([family, policy]) => ['sign', 'encrypt', 'dual'].map((usage) => [`${family}-${usage}`, policy]));
    expect(subscriberProfiles.map(({ id, policy }) => [id, policy])).toEqual([...expected, ...direct]);
    expect(subscriberProfiles.filter(({ allowsHold }) => allowsHold).every(({ generation }) => generation === 'multipurpose')).toBe(true);
  });

  it('are a pair without a usage in the name, and one with it', () => {
    expect(profilesFor('smime-mailbox-multipurpose').map(({ id }) => id)).toEqual([
      'smime-mailbox-multipurpose-sign',
      'smime-mailbox-multipurpose-encrypt',
    ]);
    expect(profilesFor('smime-sponsor-strict-dual').map(({ id }) => id)).toEqual(['smime-sponsor-strict-dual']);
    for (const name of ['', 'smime', 'smime-mailbox', 'smime-mailbox-legacy', 'root-authority', 'smime-mailbox-strict-', 'constructor']) {
      expect(() => profilesFor(name)).toThrow(refusal('input.unknown-profile'));
    }
    expect(findProfile('root-authority').kind).toBe('authority');
    expect(() => findProfile('smime-mailbox-strict')).toThrow(refusal('input.unknown-profile'));
  });
});

describe('a composed certificate, read by openssl', () => {
  it('names a mailbox by its address alone', () => {
    const { certificate, subject, emails } = issue(practice, profileOf('smime-mailbox-multipurpose-sign'), p256);
    expect(subjectOf(certificate)).toEqual(['2.5.4.3=ana.nunez@sunrise.example', '1.2.840.113549.1.9.1=ana.nunez@sunrise.example']);
    expect(subject).toBe('emailAddress=ana.nunez@sunrise.example,CN=ana.nunez@sunrise.example');
    expect(emails).toEqual(['ana.nunez@sunrise.example']);
  });

  it('names a person and the practice, without the department, under sponsor validation', () => {
    const { certificate } = issue(practice, profileOf('smime-sponsor-strict-sign'), p256);
    expect(subjectOf(certificate)).toEqual([
      '2.5.4.10=Sunrise Family Practice',
      '2.5.4.97=NTRUS+CA-12345678',
      '2.5.4.12=Physician',
      '2.5.4.4=Núñez',
      '2.5.4.42=Ana',
      '2.5.4.3=Dr. Ana Núñez',
      '1.2.840.113549.1.9.1=ana.nunez@sunrise.example',
    ]);
  });

  it('puts a pseudonym in the place of every other name of a person', () => {
    const { certificate } = issue(practice, profileOf('smime-individual-multipurpose-sign'), p256, { ...ana, pseudonym: 'Night shift' });
    expect(subjectOf(certificate)).toEqual([
      '2.5.4.12=Physician',
      '2.5.4.65=Night shift',
      '2.5.4.3=Night shift',
      '1.2.840.113549.1.9.1=ana.nunez@sunrise.example',
    ]);
  });

  it('names the practice alone under organization validation, and may lack its registration where the rules are not strict', () => {
    const { organizationIdentifier: _, ...unregistered } = ana;
    const { certificate } = issue(practice, profileOf('smime-organization-multipurpose-dual'), p256, unregistered);
    expect(subjectOf(certificate)).toEqual([
      '2.5.4.10=Sunrise Family Practice',
      '2.5.4.3=Sunrise Family Practice',
      '1.2.840.113549.1.9.1=ana.nunez@sunrise.example',
    ]);
    expect(() => issue(practice, profileOf('smime-organization-strict-dual'), p256, unregistered)).toThrow(
      refusal('input.attribute-missing', { field: 'organizationIdentifier' }),
    );
  });

  it('carries the extensions of the profile and no others, keyUsage alone critical', () => {
    const lines = read(issue(practice, profileOf('smime-mailbox-multipurpose-encrypt'), p256).certificate);
    expect(lines.filter((line) => /^(X509v3|Authority Information|S\/MIME).*:/.test(line) && line !== 'X509v3 extensions:')).toEqual([
      'X509v3 Authority Key Identifier:',
      'X509v3 CRL Distribution Points:',
      'Authority Information Access:',
      'X509v3 Subject Key Identifier:',
      'X509v3 Key Usage: critical',
      'X509v3 Extended Key Usage:',
      'X509v3 Certificate Policies:',
      'S/MIME Capabilities:',
      'X509v3 Subject Alternative Name:',
    ]);
    expect(extension(lines, 'X509v3 Key Usage')[1]).toBe('Key Agreement');
    expect(extension(lines, 'X509v3 Extended Key Usage')[1]).toBe('E-mail Protection');
    expect(extension(lines, 'X509v3 Certificate Policies')[1]).toBe('Policy: 2.23.140.1.5.1.2');
    expect(extension(lines, 'X509v3 Subject Alternative Name')[1]).toBe('email:ana.nunez@sunrise.example');
    const issuerId = Buffer.from(practice.issuing.keyPair.keyIdentifier).toString('hex');
    const slug = `sunrise-issuing-${issuerId.slice(0, 8)}`;
    expect(lines).toContain(`URI:http://pki.sunrise.example/certs/${slug}.crl`);
    expect(lines).toContain(`CA Issuers - URI:http://pki.sunrise.example/certs/${slug}.crt`);
    expect(extension(lines, 'X509v3 Authority Key Identifier')[1]?.replaceAll(':', '').toLowerCase()).toBe(issuerId);
  });

  it('gives each kind of key the bits of its usage', () => {
    const rsa = makeKeyPair('rsa-2048');
    const usages = (['sign', 'encrypt', 'dual'] as const).flatMap((usage) =>
      [rsa, p256].map((keys) => {
        const { certificate } = issue(practice, profileOf(`smime-mailbox-strict-${usage}`), keys);
        return [usage, keys.algorithm, extension(read(certificate), 'X509v3 Key Usage')[1]];
      }),
    );
    expect(usages).toEqual([
      ['sign', 'rsa-2048', 'Digital Signature, Non Repudiation'],
      ['sign', 'p256', 'Digital Signature, Non Repudiation'],
      ['encrypt', 'rsa-2048', 'Key Encipherment'],
      ['encrypt', 'p256', 'Key Agreement'],
      ['dual', 'rsa-2048', 'Digital Signature, Key Encipherment'],
      ['dual', 'p256', 'Digital Signature, Key Agreement'],
    ]);
  });

  it('puts a mailbox beyond ASCII into SmtpUTF8Mailbox and into no emailAddress', () => {
    const person: Person = { name: 'José', emails: ['jose\u0301@bücher.example', 'jose@bücher.example', 'josé@BÜCHER.example'] };
    const { certificate, emails } = issue(practice, profileOf('smime-mailbox-strict-sign'), p256, person);
    expect(subjectOf(certificate)).toEqual(['2.5.4.3=josé@xn--bcher-kva.example']);
    expect(emails).toEqual(['josé@xn--bcher-kva.example', 'jose@xn--bcher-kva.example']);
    expect(extension(read(certificate), 'X509v3 Subject Alternative Name')[1]).toBe(
      'othername: SmtpUTF8Mailbox::josé@xn--bcher-kva.example, email:jose@xn--bcher-kva.example',
    );
  });

  it('leaves the subject empty, and its subjectAltName critical, when the address fits no attribute', () => {
    const long = `${'é'.repeat(30)}@${'b'.repeat(40)}.example`;
    const { certificate, subject } = issue(practice, profileOf('smime-mailbox-strict-sign'), p256, { name: 'É', emails: [long] });
    expect(subject).toBe('');
    expect(subjectOf(certificate)).toEqual([]);
    expect(extension(read(certificate), 'X509v3 Subject Alternative Name')[0]).toBe('X509v3 Subject Alternative Name: critical');
    const chain = ['-CAfile', folder.certificate('root.pem', practice.root.certificate)];
    const issuing = ['-untrusted', folder.certificate('issuing.pem', practice.issuing.certificate)];
    expect(openssl(['verify', '-x509_strict', ...chain, ...issuing, folder.certificate('empty.pem', certificate)])).toContain('OK');
  });

  it('is valid for its days to the second, and never longer than its issuer', () => {
    const notBefore = new Date('2026-03-01T00:00:00.700Z');
    const profile = profileOf('smime-mailbox-strict-sign');
    const { certificate } = issue(practice, profile, p256, ana, { notBefore, validityDays: 1 });
    const { validFrom, validTo } = new X509Certificate(certificate);
    expect([validFrom, validTo].map((text) => new Date(text).toISOString())).toEqual([
      '2026-03-01T00:00:00.000Z',
      '2026-03-01T23:59:59.000Z',
    ]);
    const late = new Date(practice.issuing.notAfter.getTime() - 86_400_000);
    expect(issue(practice, profile, p256, ana, { notBefore: late }).notAfter).toEqual(practice.issuing.notAfter);
    const after = new Date(practice.issuing.notAfter.getTime() + 1000);
    expect(() => issue(practice, profile, p256, ana, { notBefore: after })).toThrow(refusal('path.expired'));
  });

  it('bears the serial number and key it was given', () => {
    const serialNumber = freshSerialNumber();
    const { certificate } = issue(practice, profileOf('smime-mailbox-strict-sign'), ed25519, ana, { serialNumber });
    const reading = new X509Certificate(certificate);
    expect(reading.serialNumber.toLowerCase()).toBe(Buffer.from(serialNumber).toString('hex'));
    expect(reading.publicKey.export({ format: 'der', type: 'spki' })).toEqual(Buffer.from(ed25519.subjectPublicKeyInfo));
    expect(reading.verify(new X509Certificate(practice.issuing.certificate).publicKey)).toBe(true);
  });
});

describe('what cannot be composed', () => {
  it.each<[string, string, Partial<Person>, string, string]>([
    [
      'a sponsored person without a name of their own',
      'smime-sponsor-multipurpose-sign',
      { givenName: '', surname: '' },
      'input.attribute-missing',
      'givenName',
    ],
    [
      'a sponsored person without a practice',
      'smime-sponsor-multipurpose-sign',
      { organizationName: '' },
      'input.attribute-missing',
      'organizationName',
    ],
    [
      'strict sponsorship without a registration',
      'smime-sponsor-strict-sign',
      { organizationIdentifier: '' },
      'input.attribute-missing',
      'organizationIdentifier',
    ],
    ['a name longer than X.520 allows', 'smime-sponsor-strict-sign', { name: 'a'.repeat(65) }, 'input.invalid', 'commonName'],
    ['a person without an address', 'smime-mailbox-strict-sign', { emails: [] }, 'input.invalid', 'email'],
    ['an address that is none', 'smime-mailbox-strict-sign', { emails: ['ana@sunrise.example', 'ana'] }, 'input.invalid', 'email'],
  ])('%s', (_, profile, change, code, field) => {
    expect(() => issue(practice, profileOf(profile), p256, { ...ana, ...change })).toThrow(refusal(code, { field }));
  });

  it('an Ed25519 key that should decrypt', () => {
    for (const usage of ['encrypt', 'dual']) {
      expect(() => issue(practice, profileOf(`smime-mailbox-strict-${usage}`), ed25519)).toThrow(refusal('input.unsupported-algorithm'));
    }
  });

  it('a key under the name of another algorithm', () => {
    const mislabelled: KeyPair = { ...p256, algorithm: 'p384' };
    expect(() => issue(practice, profileOf('smime-mailbox-strict-sign'), mislabelled)).toThrow(
      refusal('input.invalid', { field: 'publicKey' }),
    );
  });

  it('a validity of no days, of half a day, or of more than the profile has', () => {
    for (const validityDays of [0, -1, 0.5, 826, Number.NaN]) {
      expect(() => issue(practice, profileOf('smime-mailbox-strict-sign'), p256, ana, { validityDays })).toThrow(
        refusal('input.invalid', { field: 'validityDays' }),
      );
    }
    expect(issue(practice, profileOf('smime-mailbox-strict-sign'), p256, ana, { validityDays: 825 }).subject).not.toBe('');
  });

  it('more mailboxes than one certificate can bear', () => {
    const emails = Array.from({ length: 51 }, (_, at) => `ana${at}@sunrise.example`);
    expect(() => issue(practice, profileOf('smime-mailbox-strict-sign'), p256, { ...ana, emails })).toThrow(refusal('input.too-large'));
  });

  it('an authority without a name, with a key of another kind, or for a domain that is none', () => {
    const order = {
      profile: rootAuthority,
      name: [[{ type: 'commonName', value: 'Sunrise Root' }]],
      algorithm: 'p256',
      subjectPublicKeyInfo: p256.subjectPublicKeyInfo,
      subjectKeyIdentifier: p256.keyIdentifier,
      serialNumber: freshSerialNumber(),
      notBefore: new Date(),
    } as const;
    expect(composeAuthority(order).subject).toBe('CN=Sunrise Root');
    expect(() => composeAuthority({ ...order, name: [] })).toThrow(refusal('input.invalid', { field: 'name' }));
    expect(() => composeAuthority({ ...order, algorithm: 'p384' })).toThrow(refusal('input.invalid', { field: 'publicKey' }));
    expect(() => composeAuthority({ ...order, permittedMailDomains: ['sunrise'] })).toThrow(
      refusal('input.invalid', { field: 'permittedMailDomains' }),
    );
    expect(() => composeAuthority({ ...order, validityDays: 20_000 })).toThrow(refusal('input.invalid', { field: 'validityDays' }));
  });

  it('an authority outliving the one above it', () => {
    const notAfter = new Date('2030-01-01T00:00:00Z');
    const { name, keyPair } = practice.root;
    const issuer = prepareIssuer({ name, keyIdentifier: keyPair.keyIdentifier, algorithm: 'p384', notAfter });
    const composed = composeAuthority({
      profile: { ...rootAuthority, pathLenConstraint: 1 },
      name: [[{ type: 'commonName', value: 'Between' }]],
      algorithm: 'p256',
      issuer,
      subjectPublicKeyInfo: p256.subjectPublicKeyInfo,
      subjectKeyIdentifier: p256.keyIdentifier,
      serialNumber: freshSerialNumber(),
      notBefore: new Date('2026-01-01T00:00:00Z'),
    });
    expect(composed.notAfter).toEqual(notAfter);
  });
});
