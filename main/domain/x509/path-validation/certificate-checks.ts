import { formatInstant } from '../../asn1/read-time.ts';
import { isEmptyName } from '../compare-name.ts';
import { extensionOid, nameOfOid } from '../oid.ts';
import type { Certificate } from '../read-certificate.ts';
import { isCritical } from '../read-certificate.ts';
import type { PathContext } from './context.ts';
import { finding } from './context.ts';
import type { PathFinding } from './result.ts';

/** Extensions whose meaning path validation carries out; any other critical one ends the path (RFC 5280 section 6.1.4 o). */
const understood = new Set<string>([
  extensionOid.basicConstraints,
  extensionOid.keyUsage,
  extensionOid.extKeyUsage,
  extensionOid.subjectAltName,
  extensionOid.nameConstraints,
  extensionOid.certificatePolicies,
  extensionOid.policyMappings,
  extensionOid.policyConstraints,
  extensionOid.inhibitAnyPolicy,
  extensionOid.cRLDistributionPoints,
  extensionOid.subjectKeyIdentifier,
  extensionOid.authorityKeyIdentifier,
]);

/** CPS pointer and user notice. */
const policyQualifierOids: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.2.1', '1.3.6.1.5.5.7.2.2']);

/** RFC 5280 section 6.1.3 (a)(2). Both ends belong to the period. */
export function checkValidity(context: PathContext, certificate: Certificate): PathFinding[] {
  const { time } = context.request;
  if (time < certificate.notBefore) {
    const notBefore = formatInstant(certificate.notBefore);
    return [finding(context, certificate, 'path.not-yet-valid', `Valid from ${notBefore}.`, { notBefore })];
  }
  if (time > certificate.notAfter) {
    const notAfter = formatInstant(certificate.notAfter);
    return [finding(context, certificate, 'path.expired', `Expired at ${notAfter}.`, { notAfter })];
  }
  return [];
}

export function checkCriticalExtensions(context: PathContext, certificate: Certificate): PathFinding[] {
  const unknown = certificate.rawExtensions.filter(({ oid, isCritical: must }) => must && !isUnderstood(certificate, oid));
  return unknown.map(({ oid }) => {
    const extension = nameOfOid(extensionOid, oid);
    return finding(context, certificate, 'path.unknown-critical-extension', `Critical extension ${extension}.`, { extension });
  });
}

/** Critical policies have to be understood with their qualifiers, or the certificate is refused (RFC 5280 section 4.2.1.4). */
function isUnderstood({ extensions }: Certificate, oid: string): boolean {
  if (oid !== extensionOid.certificatePolicies) return understood.has(oid);
  const qualifiers = (extensions.certificatePolicies ?? []).flatMap(({ policyQualifiers }) => policyQualifiers);
  return qualifiers.every(({ policyQualifierId }) => policyQualifierOids.has(policyQualifierId));
}

/**
 * What RFC 5280 section 6.1.4 (k) and (n) ask of whoever issues: a version 3 certificate with cA, and keyCertSign where
 * keyUsage is present. An anchor of version 1 or 2 has no extensions to say so and is taken at its word.
 */
export function checkAuthority(context: PathContext, certificate: Certificate, isAnchor: boolean): PathFinding[] {
  const { basicConstraints, keyUsage } = certificate.extensions;
  const findings: PathFinding[] = [];
  const isOldAnchor = isAnchor && certificate.version < 3;
  if (basicConstraints?.cA !== true && !isOldAnchor)
    findings.push(finding(context, certificate, 'path.not-authority', 'No basicConstraints with cA.'));
  if (keyUsage !== undefined && !keyUsage.includes('keyCertSign')) {
    findings.push(finding(context, certificate, 'path.key-usage', 'keyUsage lacks keyCertSign.', { needed: 'keyCertSign' }));
  }
  if (isEmptyName(certificate.subject))
    findings.push(finding(context, certificate, 'path.malformed', 'An issuer without a name.', { what: 'subject' }));
  return findings;
}

/** An empty subject is only allowed with a critical subjectAltName (RFC 5280 section 4.1.2.6). */
export function checkSubject(context: PathContext, target: Certificate): PathFinding[] {
  if (!isEmptyName(target.subject) || isCritical(target, extensionOid.subjectAltName)) return [];
  return [finding(context, target, 'path.malformed', 'Neither a subject nor a critical subjectAltName.', { what: 'subject' })];
}
