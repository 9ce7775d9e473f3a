import { AppError } from '../errors.ts';
import type { AuthorityAlgorithm } from '../key/algorithm.ts';
import { requireAbility, signatureAlgorithmOf } from '../key/algorithm.ts';
import { isKeyOf } from '../key/subject-public-key-info.ts';
import { toAsciiDomain } from '../x509/domain-name.ts';
import {
  basicConstraintsExtension,
  certificatePoliciesExtension,
  extKeyUsageExtension,
  keyUsageExtension,
  nameConstraintsExtension,
  subjectKeyIdentifierExtension,
} from '../x509/extension.ts';
import type { DistinguishedName } from '../x509/name.ts';
import { encodeName, formatName } from '../x509/name.ts';
import type { Name } from '../x509/read-name.ts';
import { extendedKeyUsageOid } from '../x509/oid.ts';
import { encodeTbsCertificate } from '../x509/tbs-certificate.ts';
import type { Validity } from '../x509/validity.ts';
import { validityFrom } from '../x509/validity.ts';
import type { AuthorityProfile } from './certificate-profile.ts';
import type { PreparedIssuer } from './prepare-issuer.ts';

/** What an authority's certificate is made from. */
export interface AuthorityOrder {
  readonly profile: AuthorityProfile;
  /** One that was read keeps its octets: the next key of an authority has its very name. */
  readonly name: DistinguishedName | Name;
  readonly algorithm: AuthorityAlgorithm;
  /** Absent: the certificate is signed with its own key, as a root's is. */
  readonly issuer?: PreparedIssuer;
  /** DER, of that algorithm. */
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly subjectKeyIdentifier: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
  /** Whole days; the profile's default when left out. */
  readonly validityDays?: number;
  /** Authorities that may stand below it on a path, where its profile leaves that open; absent: any number. */
  readonly pathLength?: number;
  /** Mail domains it may issue for: nameConstraints; absent or empty: any. `.clinic.example` means every host below. */
  readonly permittedMailDomains?: readonly string[];
}

/** An authority's certificate ready to be signed. */
export interface ComposedAuthority extends Validity {
  readonly tbsCertificate: Uint8Array;
  /** AlgorithmIdentifier to sign with, DER. */
  readonly signatureAlgorithm: Uint8Array;
  /** Name, DER: the issuer of everything this authority signs. */
  readonly name: Uint8Array;
  /** RFC 4514. */
  readonly subject: string;
}

/** The name of an authority: organization, and what tells it from the practice's other authorities. */
export function authorityName(organizationName: string, commonName: string, countryName?: string): DistinguishedName {
  const country = countryName === undefined ? [] : [[{ type: 'countryName', value: countryName } as const]];
  return [...country, [{ type: 'organizationName', value: organizationName }], [{ type: 'commonName', value: commonName }]];
}

/**
 * Composes the certificate of a root, intermediate or issuing authority (S/MIME BR sections 7.1.2.1 and 7.1.2.2).
 * @throws AppError input.unsupported-algorithm, input.invalid and path.expired as `composeCertificate` does; input.invalid for an empty
 *   name or a permitted domain that is none
 */
export function composeAuthority(order: AuthorityOrder): ComposedAuthority {
  const { profile, name, algorithm, issuer } = order;
  requireAbility(algorithm, 'authority');
  if (!isKeyOf(algorithm, order.subjectPublicKeyInfo)) throw unfit('publicKey', `The public key is not a ${algorithm} key.`);
  if (isNothing(name)) throw unfit('name', 'An authority needs a name.');
  const validity = validityOf(order);
  const encodedName = 'der' in name ? name.der : encodeName(name);
  const signatureAlgorithm = (issuer?.signatureAlgorithm ?? signatureAlgorithmOf(algorithm)).algorithmIdentifier;
  const tbsCertificate = encodeTbsCertificate({
    serialNumber: order.serialNumber,
    signatureAlgorithm,
    issuer: issuer?.name ?? encodedName,
    ...validity,
    subject: encodedName,
    subjectPublicKeyInfo: order.subjectPublicKeyInfo,
    extensions: [...authorityExtensions(profile, order), ...(issuer === undefined ? [] : [issuer.extensions])],
  });
  return {
    tbsCertificate,
    signatureAlgorithm,
    name: encodedName,
    subject: formatName('der' in name ? name.rdnSequence : name),
    ...validity,
  };
}

const isNothing = (name: DistinguishedName | Name): boolean => ('der' in name ? name.rdnSequence : name).length === 0;

function authorityExtensions(profile: AuthorityProfile, order: AuthorityOrder): Uint8Array[] {
  const { extendedKeyUsage, policies } = profile;
  const pathLenConstraint = profile.pathLenConstraint === 'open' ? order.pathLength : profile.pathLenConstraint;
  const domains = (order.permittedMailDomains ?? []).map(parseMailDomain);
  return [
    basicConstraintsExtension(pathLenConstraint === undefined ? { cA: true } : { cA: true, pathLenConstraint }),
    keyUsageExtension(profile.keyUsage),
    subjectKeyIdentifierExtension(order.subjectKeyIdentifier),
    ...(extendedKeyUsage.length === 0 ? [] : [extKeyUsageExtension(extendedKeyUsage.map((usage) => extendedKeyUsageOid[usage]))]),
    ...(policies.length === 0 ? [] : [certificatePoliciesExtension(policies)]),
    ...(domains.length === 0 ? [] : [nameConstraintsExtension(domains)]),
  ];
}

/** A mail domain as nameConstraints carry it. @throws AppError input.invalid */
export function parseMailDomain(text: string): string {
  const dot = text.startsWith('.') ? '.' : '';
  const domain = toAsciiDomain(text.slice(dot.length));
  if (domain === undefined) throw unfit('permittedMailDomains', 'A permitted mail domain is not a domain name.');
  return dot + domain;
}

function validityOf({ profile, notBefore, validityDays = profile.defaultValidityDays, issuer }: AuthorityOrder): Validity {
  if (validityDays > profile.maximumValidityDays) {
    throw unfit('validityDays', `A certificate of this profile lasts at most ${profile.maximumValidityDays} days.`);
  }
  return validityFrom(notBefore, validityDays, issuer?.notAfter);
}

const unfit = (field: string, sentence: string): AppError => new AppError('input.invalid', sentence, { field });
