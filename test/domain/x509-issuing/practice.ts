import { execFileSync, spawnSync } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuthorityAlgorithm, KeyAlgorithm } from '../../../main/domain/key/algorithm.ts';
import { signatureAlgorithmOf } from '../../../main/domain/key/algorithm.ts';
import { keyIdentifierOf } from '../../../main/domain/key/subject-public-key-info.ts';
import { authorityName, composeAuthority } from '../../../main/domain/profile/compose-authority.ts';
import type { AuthorityOrder } from '../../../main/domain/profile/compose-authority.ts';
import type { ComposedCertificate } from '../../../main/domain/profile/compose-certificate.ts';
import { composeCertificate } from '../../../main/domain/profile/compose-certificate.ts';
import { issuingAuthority } from '../../../main/domain/profile/issuing-authority.ts';
import type { PreparedIssuer } from '../../../main/domain/profile/prepare-issuer.ts';
import { prepareIssuer } from '../../../main/domain/profile/prepare-issuer.ts';
import { rootAuthority } from '../../../main/domain/profile/root-authority.ts';
import type { Person } from '../../../main/domain/profile/subject.ts';
import type { SubscriberProfile } from '../../../main/domain/profile/certificate-profile.ts';
import { publicationOf } from '../../../main/domain/x509/publication.ts';
import { encodeCertificate, serialNumberFrom } from '../../../main/domain/x509/tbs-certificate.ts';
import { notBeforeAt } from '../../../main/domain/x509/validity.ts';

/** A practice's authorities and keys, made with Node's primitives around the pure domain, for other people's engines to judge. */

export interface KeyPair {
  readonly algorithm: KeyAlgorithm;
  readonly privateKey: KeyObject;
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly keyIdentifier: Uint8Array;
}

export const sha256 = (octets: Uint8Array): Uint8Array => createHash('sha256').update(octets).digest();

const curves = { p256: 'prime256v1', p384: 'secp384r1', p521: 'secp521r1' } as const;
const moduli = { 'rsa-2048': 2048, 'rsa-3072': 3072, 'rsa-4096': 4096 } as const;

export function makeKeyPair(algorithm: KeyAlgorithm): KeyPair {
  return keyPairOf(algorithm, generate(algorithm).privateKey);
}

/** A pair that somebody else made. */
export function keyPairOf(algorithm: KeyAlgorithm, privateKey: KeyObject): KeyPair {
  const publicKey = createPublicKey(privateKey);
  const subjectPublicKeyInfo = publicKey.export({ format: 'der', type: 'spki' });
  return { algorithm, privateKey, subjectPublicKeyInfo, keyIdentifier: keyIdentifierOf(subjectPublicKeyInfo, sha256) };
}

function generate(algorithm: KeyAlgorithm): { publicKey: KeyObject; privateKey: KeyObject } {
  switch (algorithm) {
    case 'p256':
    case 'p384':
    case 'p521':
      return generateKeyPairSync('ec', { namedCurve: curves[algorithm] });
    case 'rsa-2048':
    case 'rsa-3072':
    case 'rsa-4096':
      return generateKeyPairSync('rsa', { modulusLength: moduli[algorithm] });
    case 'ed25519':
      return generateKeyPairSync('ed25519');
  }
}

export function signWith(keyPair: KeyPair, octets: Uint8Array): Uint8Array {
  const { digest } = signatureAlgorithmOf(keyPair.algorithm);
  return sign(digest, octets, keyPair.privateKey);
}

export interface Authority {
  readonly keyPair: KeyPair;
  readonly certificate: Uint8Array;
  readonly name: Uint8Array;
  readonly notAfter: Date;
  readonly prepared: PreparedIssuer;
}

export interface Practice {
  readonly root: Authority;
  readonly issuing: Authority;
}

export interface PracticeOptions {
  readonly root?: AuthorityAlgorithm;
  readonly issuing?: AuthorityAlgorithm;
  readonly publishUrl?: string;
  readonly permittedMailDomains?: readonly string[];
}

export const now = new Date();

export function makePractice(options: PracticeOptions = {}): Practice {
  const rootKeys = makeAuthorityKeys(options.root ?? 'p384');
  const issuingKeys = makeAuthorityKeys(options.issuing ?? 'p256');
  const root = makeAuthority('Sunrise Root', rootKeys, options, { profile: rootAuthority });
  const { permittedMailDomains = [] } = options;
  const issuing = makeAuthority('Sunrise Issuing', issuingKeys, options, { profile: issuingAuthority, permittedMailDomains }, root);
  return { root, issuing };
}

type AuthorityKeys = KeyPair & { readonly algorithm: AuthorityAlgorithm };

const makeAuthorityKeys = (algorithm: AuthorityAlgorithm): AuthorityKeys => ({ ...makeKeyPair(algorithm), algorithm });

function makeAuthority(
  commonName: string,
  keys: AuthorityKeys,
  { publishUrl }: PracticeOptions,
  order: Pick<AuthorityOrder, 'profile' | 'permittedMailDomains'>,
  parent?: Authority,
): Authority {
  const composed = composeAuthority({
    ...order,
    ...(parent === undefined ? {} : { issuer: parent.prepared }),
    name: authorityName('Sunrise Family Practice', commonName, 'US'),
    algorithm: keys.algorithm,
    subjectPublicKeyInfo: keys.subjectPublicKeyInfo,
    subjectKeyIdentifier: keys.keyIdentifier,
    serialNumber: freshSerialNumber(),
    notBefore: notBeforeAt(now),
  });
  const signature = signWith(parent?.keyPair ?? keys, composed.tbsCertificate);
  const publication = publishUrl === undefined ? {} : { publication: publicationOf(publishUrl, commonName, keys.keyIdentifier) };
  const { name, notAfter } = composed;
  return {
    keyPair: keys,
    certificate: encodeCertificate(composed.tbsCertificate, composed.signatureAlgorithm, signature),
    name,
    notAfter,
    prepared: prepareIssuer({ name, notAfter, keyIdentifier: keys.keyIdentifier, algorithm: keys.algorithm, ...publication }),
  };
}

export const freshSerialNumber = (): Uint8Array => serialNumberFrom(randomBytes(14), new Date());

/** Somebody with everything any profile asks for. */
export const ana: Person = {
  name: 'Dr. Ana Núñez',
  givenName: 'Ana',
  surname: 'Núñez',
  emails: ['ana.nunez@sunrise.example'],
  organizationName: 'Sunrise Family Practice',
  organizationIdentifier: 'NTRUS+CA-12345678',
  department: 'Cardiology',
  title: 'Physician',
};

export interface IssueOptions {
  readonly serialNumber?: Uint8Array;
  readonly validityDays?: number;
  readonly notBefore?: Date;
}

export interface Issued extends ComposedCertificate {
  readonly certificate: Uint8Array;
}

export function issue(
  practice: Practice,
  profile: SubscriberProfile,
  keyPair: KeyPair,
  person: Person = ana,
  options: IssueOptions = {},
): Issued {
  const composed = composeCertificate({
    profile,
    algorithm: keyPair.algorithm,
    person,
    issuer: practice.issuing.prepared,
    subjectPublicKeyInfo: keyPair.subjectPublicKeyInfo,
    subjectKeyIdentifier: keyPair.keyIdentifier,
    serialNumber: freshSerialNumber(),
    notBefore: notBeforeAt(now),
    ...options,
  });
  const { algorithmIdentifier } = practice.issuing.prepared.signatureAlgorithm;
  const signature = signWith(practice.issuing.keyPair, composed.tbsCertificate);
  return { ...composed, certificate: encodeCertificate(composed.tbsCertificate, algorithmIdentifier, signature) };
}

export const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${(
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n')}\n-----END ${label}-----\n`;

/** A private folder (0700) for the files other engines read; `dispose` removes it. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'keyward-issuing-'));

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }

  certificate(name: string, der: Uint8Array): string {
    return this.write(name, pem('CERTIFICATE', der));
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** What openssl says, standard output and error together, and how it ended. */
export function tryOpenssl(args: readonly string[], input?: Uint8Array): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8', ...(input === undefined ? {} : { input }) });
  return { status, text: stdout + stderr };
}

/** Standard output of an openssl command that must succeed. */
export const openssl = (args: readonly string[], input?: Uint8Array): string =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], ...(input === undefined ? {} : { input }) });
