import { concatenate } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';
import type { KeyAlgorithm } from '../key/algorithm.ts';
import { familyOf, keyAlgorithms } from '../key/algorithm.ts';
import { isKeyOf } from '../key/subject-public-key-info.ts';
import {
  certificatePoliciesExtension,
  domainNamesExtension,
  extKeyUsageExtension,
  keyUsageExtension,
  smimeCapabilitiesExtension,
  subjectAltNameExtension,
  subjectKeyIdentifierExtension,
} from '../x509/extension.ts';
import { requirePermittedMailboxes } from '../x509/mail-constraints.ts';
import type { Mailbox } from '../x509/mailbox.ts';
import { parseMailbox } from '../x509/mailbox.ts';
import { encodeName, formatName } from '../x509/name.ts';
import { contentEncryptionOid, extendedKeyUsageOid } from '../x509/oid.ts';
import { encodeTbsCertificate } from '../x509/tbs-certificate.ts';
import type { Validity } from '../x509/validity.ts';
import { validityFrom } from '../x509/validity.ts';
import type { SubscriberProfile } from './certificate-profile.ts';
import { requireAllowed } from './profile-keys.ts';
import type { PreparedIssuer } from './prepare-issuer.ts';
import type { Person } from './subject.ts';
import { subjectOf } from './subject.ts';

/** What one certificate is made from. */
export interface CertificateOrder {
  readonly profile: SubscriberProfile;
  readonly algorithm: KeyAlgorithm;
  readonly person: Person;
  readonly issuer: PreparedIssuer;
  /** DER, of that algorithm. */
  readonly subjectPublicKeyInfo: Uint8Array;
  /** What `keyIdentifierOf` gives for that key. */
  readonly subjectKeyIdentifier: Uint8Array;
  /** What `serialNumberFrom` gives. */
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
  /** Whole days; the profile's default when left out. */
  readonly validityDays?: number;
}

/** A certificate ready to be signed, and what a record of it needs. */
export interface ComposedCertificate extends Validity {
  /** TBSCertificate, DER: the octets the issuer signs with its signature algorithm. */
  readonly tbsCertificate: Uint8Array;
  /** RFC 4514. */
  readonly subject: string;
  /** Normalised, none twice, in the person's order. */
  readonly emails: readonly string[];
}

/** More mailboxes than this in one certificate are refused. */
const maximumMailboxes = 50;

/**
 * Composes a subscriber's certificate by its profile. notAfter never lies behind the issuer's.
 * @throws AppError input.unsupported-algorithm when the key cannot serve the profile's usage; input.invalid when the key is not of
 *   the algorithm, the person lacks what the profile needs, an address or a name does not fit, or the validity is too long;
 *   path.expired when the issuer's validity is over; input.mailbox-outside when the issuer may not vouch for a mailbox
 */
export function composeCertificate(order: CertificateOrder): ComposedCertificate {
  const { profile, algorithm, person, issuer } = order;
  requireAllowed(profile, algorithm);
  if (!isKeyOf(algorithm, order.subjectPublicKeyInfo)) throw notThatKey(algorithm);
  const mailboxes = mailboxesOf(profile, person);
  requirePermittedMailboxes(normalizedOf(mailboxes), issuer.mailConstraints);
  const name = subjectOf(profile, person, firstOf(mailboxes));
  const validity = validityOf(order);
  const extensions = [
    issuer.extensions,
    subjectKeyIdentifierExtension(order.subjectKeyIdentifier),
    profileExtensions(profile, algorithm),
    namesExtension(profile, mailboxes, name.length === 0),
  ];
  const tbsCertificate = encodeTbsCertificate({
    serialNumber: order.serialNumber,
    signatureAlgorithm: issuer.signatureAlgorithm.algorithmIdentifier,
    issuer: issuer.name,
    ...validity,
    subject: encodeName(name),
    subjectPublicKeyInfo: order.subjectPublicKeyInfo,
    extensions,
  });
  return { tbsCertificate, subject: formatName(name), emails: profile.binding === 'domain' ? [] : normalizedOf(mailboxes), ...validity };
}

function validityOf({ profile, notBefore, validityDays = profile.defaultValidityDays, issuer }: CertificateOrder): Validity {
  if (validityDays > profile.maximumValidityDays) {
    const maximum = profile.maximumValidityDays;
    throw new AppError('input.invalid', `A certificate of this profile lasts at most ${maximum} days.`, { field: 'validityDays', maximum });
  }
  return validityFrom(notBefore, validityDays, issuer.notAfter);
}

/** The domain they are in stands for all mailboxes where the profile says so. */
function namesExtension({ binding }: SubscriberProfile, mailboxes: readonly Mailbox[], isSubjectEmpty: boolean): Uint8Array {
  if (binding !== 'domain') return subjectAltNameExtension(mailboxes, isSubjectEmpty);
  const domains = new Set(mailboxes.map(({ normalized }) => normalized.slice(normalized.lastIndexOf('@') + 1)));
  return domainNamesExtension([...domains], isSubjectEmpty);
}

function mailboxesOf({ binding }: SubscriberProfile, person: Person): Mailbox[] {
  if (person.emails.length > maximumMailboxes) throw new AppError('input.too-large', 'Too many mail addresses for one certificate.');
  const mailboxes: Mailbox[] = [];
  for (const email of binding === 'first-mailbox' ? person.emails.slice(0, 1) : person.emails) {
    const mailbox = parseMailbox(email);
    if (!mailboxes.some(({ normalized }) => normalized === mailbox.normalized)) mailboxes.push(mailbox);
  }
  return mailboxes;
}

const normalizedOf = (mailboxes: readonly Mailbox[]): string[] => mailboxes.map(({ normalized }) => normalized);

function firstOf(mailboxes: readonly Mailbox[]): Mailbox {
  const [first] = mailboxes;
  if (first === undefined)
    throw new AppError('input.invalid', 'A certificate needs at least one mail address.', { field: 'email', reason: 'empty' });
  return first;
}

/** What depends on profile and key alone is encoded once. */
const encoded = new WeakMap<SubscriberProfile, Map<KeyAlgorithm, Uint8Array>>();

function profileExtensions(profile: SubscriberProfile, algorithm: KeyAlgorithm): Uint8Array {
  const known = encoded.get(profile) ?? encodeAll(profile);
  encoded.set(profile, known);
  const extensions = known.get(algorithm);
  if (extensions === undefined) throw notThatKey(algorithm);
  return extensions;
}

const encodeAll = (profile: SubscriberProfile): Map<KeyAlgorithm, Uint8Array> =>
  new Map(
    keyAlgorithms
      .filter((algorithm) => profile.keyUsage[familyOf(algorithm)].length > 0)
      .map((algorithm) => [algorithm, encodeConstantExtensions(profile, algorithm)]),
  );

function encodeConstantExtensions(profile: SubscriberProfile, algorithm: KeyAlgorithm): Uint8Array {
  const policies = policiesOf(profile);
  const capabilities = profile.smimeCapabilities.map((name) => contentEncryptionOid[name]);
  return concatenate([
    keyUsageExtension(profile.keyUsage[familyOf(algorithm)]),
    extKeyUsageExtension(profile.extendedKeyUsage.map((name) => extendedKeyUsageOid[name])),
    ...(policies.length === 0 ? [] : [certificatePoliciesExtension(policies)]),
    ...(capabilities.length === 0 ? [] : [smimeCapabilitiesExtension(capabilities)]),
  ]);
}

/** Every policy a profile names, the one with its rules first. */
export const policiesOf = ({ policy, additionalPolicies = [] }: SubscriberProfile): readonly string[] => [
  ...(policy === null ? [] : [policy]),
  ...additionalPolicies,
];

const notThatKey = (algorithm: KeyAlgorithm): AppError =>
  new AppError('input.invalid', `The public key is not a ${algorithm} key for this profile.`, { field: 'publicKey', algorithm });
