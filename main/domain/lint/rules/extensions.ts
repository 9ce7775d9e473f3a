import { extensionOid, accessMethodOid } from '../../x509/oid.ts';
import type { DistributionPoint } from '../../x509/extension-values.ts';
import type { GeneralName } from '../../x509/general-name.ts';
import { isCritical } from '../../x509/read-certificate.ts';
import type { LintRule, LintSubject, Verdict } from '../rule.ts';
import { belowRoot, everyKind, when, services } from '../rule.ts';

/** Rules about the extensions that lead from a certificate to its issuer, its policy and its revocation list. */
export const extensionRules: readonly LintRule[] = [
  { name: 'basic-constraints', source: 'S/MIME BR 7.1.2.1 a, 7.1.2.2 d, 7.1.2.3 d', kinds: everyKind, check: checkBasicConstraints },
  { name: 'certificate-policies', source: 'S/MIME BR 7.1.2.3 a, 7.1.6.1, 7.1.6.4', kinds: ['subscriber'], check: checkPolicies },
  { name: 'certificate-policies', source: 'S/MIME BR 7.1.6.2, 7.1.6.3', kinds: ['root', 'issuing'], check: checkAuthorityPolicies },
  { name: 'crl-distribution-points', source: 'S/MIME BR 7.1.2.3 b, 7.1.2.2 b', kinds: belowRoot, check: checkDistributionPoints },
  { name: 'authority-information-access', source: 'S/MIME BR 7.1.2.3 c, 7.1.2.2 c', kinds: belowRoot, check: checkInformationAccess },
  {
    name: 'authority-key-identifier',
    source: 'S/MIME BR 7.1.2.3 g, 7.1.2.2 h',
    kinds: [...belowRoot, ...services],
    check: checkAuthorityKeyIdentifier,
  },
  {
    name: 'subject-key-identifier',
    source: 'S/MIME BR 7.1.2.1 e, 7.1.2.2 i, 7.1.2.3 n',
    kinds: everyKind,
    check: checkSubjectKeyIdentifier,
  },
  { name: 'smime-capabilities', source: 'S/MIME BR 7.1.2.3 i', kinds: ['subscriber'], check: checkCapabilities },
  { name: 'subject-directory-attributes', source: 'S/MIME BR 7.1.2.3 j', kinds: ['subscriber'], check: checkDirectoryAttributes },
];

function checkBasicConstraints({ certificate, kind }: LintSubject): Verdict[] {
  const { basicConstraints } = certificate.extensions;
  const isMarked = isCritical(certificate, extensionOid.basicConstraints);
  const hasLength = basicConstraints?.pathLenConstraint !== undefined;
  const isAuthority = kind === 'root' || kind === 'issuing';
  return [
    ...when(!isAuthority && hasLength, 'error', 'basicConstraints has a path length although this is no authority.'),
    ...when(kind === 'root' && hasLength, 'warning', 'The path below a root should not be limited.'),
    ...when(isAuthority && !isMarked, 'error', 'basicConstraints of an authority is not marked critical.'),
  ];
}

function checkPolicies({ certificate, smimePolicies, generation }: LintSubject): Verdict[] {
  if (certificate.extensions.certificatePolicies === undefined) return [['error', 'certificatePolicies is missing.']];
  return [
    ...when(smimePolicies.length === 0, 'error', 'certificatePolicies names none of the S/MIME policies.'),
    ...when(
      smimePolicies.length > 1,
      'error',
      `certificatePolicies names ${smimePolicies.length} S/MIME policies; exactly one is allowed.`,
    ),
    ...when(generation === 'legacy', 'error', 'Its policy is of the legacy generation, not issued since 15 July 2025.'),
    ...when(isCritical(certificate, extensionOid.certificatePolicies), 'warning', 'certificatePolicies is marked critical.'),
  ];
}

function checkAuthorityPolicies({ certificate, kind }: LintSubject): Verdict[] {
  const isNamed = certificate.extensions.certificatePolicies !== undefined;
  return [
    ...when(kind === 'root' && isNamed, 'warning', 'A root should not name policies.'),
    ...when(kind === 'issuing' && !isNamed, 'error', 'certificatePolicies is missing.'),
  ];
}

/** A practice may go without a place to publish: then its readers cannot learn of a revocation by themselves. */
function checkDistributionPoints({ certificate }: LintSubject): Verdict[] {
  const points = certificate.extensions.cRLDistributionPoints;
  if (points === undefined) return [['warning', 'It does not say where its revocation list is (cRLDistributionPoints).']];
  const addresses = points.flatMap(addressesOf);
  return [
    ...when(addresses.length === 0, 'error', 'cRLDistributionPoints names no address.'),
    ...when(!addresses.every(isHttp), 'error', 'cRLDistributionPoints holds an address that is not http.'),
    ...when(isCritical(certificate, extensionOid.cRLDistributionPoints), 'warning', 'cRLDistributionPoints is marked critical.'),
  ];
}

const addressesOf = ({ distributionPoint }: DistributionPoint): GeneralName[] =>
  distributionPoint === undefined || !('fullName' in distributionPoint)
    ? []
    : distributionPoint.fullName.filter(({ form }) => form === 'uniformResourceIdentifier');

const isHttp = (name: GeneralName): boolean => name.form === 'uniformResourceIdentifier' && /^http:\/\//i.test(name.value);

function checkInformationAccess({ certificate }: LintSubject): Verdict[] {
  const entries = certificate.extensions.authorityInfoAccess;
  if (entries === undefined) return [['notice', "It does not say where its issuer's certificate is (authorityInfoAccess)."]];
  const locations = entries.map(({ accessLocation }) => accessLocation);
  const hasIssuer = entries.some(({ accessMethod }) => accessMethod === accessMethodOid.caIssuers);
  return [
    ...when(!locations.every(isHttp), 'error', 'authorityInfoAccess holds an address that is not http.'),
    ...when(!hasIssuer, 'notice', "It does not say where its issuer's certificate is (authorityInfoAccess.caIssuers)."),
    ...when(isCritical(certificate, extensionOid.authorityInfoAccess), 'error', 'authorityInfoAccess is marked critical.'),
  ];
}

function checkAuthorityKeyIdentifier({ certificate }: LintSubject): Verdict[] {
  const identifier = certificate.extensions.authorityKeyIdentifier;
  if (identifier === undefined) return [['error', 'authorityKeyIdentifier is missing.']];
  const isAlone = identifier.authorityCertIssuer === undefined && identifier.authorityCertSerialNumber === undefined;
  return [
    ...when(identifier.keyIdentifier === undefined, 'error', 'authorityKeyIdentifier has no keyIdentifier.'),
    ...when(!isAlone, 'error', "authorityKeyIdentifier names the issuer's certificate; only the key may be named."),
    ...when(isCritical(certificate, extensionOid.authorityKeyIdentifier), 'error', 'authorityKeyIdentifier is marked critical.'),
  ];
}

function checkSubjectKeyIdentifier({ certificate, kind }: LintSubject): Verdict[] {
  const isMissing = certificate.extensions.subjectKeyIdentifier === undefined;
  return [
    ...when(isMissing, kind === 'subscriber' || kind === 'direct-organization' ? 'warning' : 'error', 'subjectKeyIdentifier is missing.'),
    ...when(isCritical(certificate, extensionOid.subjectKeyIdentifier), 'error', 'subjectKeyIdentifier is marked critical.'),
  ];
}

function checkCapabilities({ certificate }: LintSubject): Verdict[] {
  return when(isCritical(certificate, extensionOid.smimeCapabilities), 'error', 'smimeCapabilities is marked critical.');
}

function checkDirectoryAttributes({ certificate, generation }: LintSubject): Verdict[] {
  const isPresent = certificate.rawExtensions.some(({ oid }) => oid === extensionOid.subjectDirectoryAttributes);
  return when(generation !== 'legacy' && isPresent, 'error', 'subjectDirectoryAttributes is prohibited.');
}
