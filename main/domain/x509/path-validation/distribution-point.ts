import { generalNameKey } from '../compare-name.ts';
import type { DistributionPoint, DistributionPointName, ReasonFlag } from '../extension-values.ts';
import { reasonFlagNames } from '../extension-values.ts';
import type { GeneralName } from '../general-name.ts';
import type { Certificate } from '../read-certificate.ts';
import type { CertificateList } from '../read-certificate-list.ts';
import type { Name, RelativeDistinguishedName } from '../read-name.ts';

/** All reasons a certificate can be revoked for; a status is known only once CRLs for all of them were seen. */
export const allReasons: readonly ReasonFlag[] = reasonFlagNames.filter((reason) => reason !== 'unused');

const directoryName = (value: Name): GeneralName => ({ form: 'directoryName', value });

/** The point that stands for any CRL of the certificate's issuer (RFC 5280 section 6.3.3, last paragraphs). */
export const impliedPoint = (certificate: Certificate): DistributionPoint => ({
  distributionPoint: { fullName: [directoryName(certificate.issuer)] },
});

/**
 * The reasons a CRL answers for one certificate by one of its distribution points (RFC 5280 section 6.3.3 b and d):
 * none when the CRL is of another issuer or its issuing distribution point leaves the certificate out.
 */
export function coveredReasons(certificate: Certificate, point: DistributionPoint, list: CertificateList): readonly ReasonFlag[] {
  const idp = list.extensions.issuingDistributionPoint;
  if (!isIssuerOfPoint(certificate, point, list)) return [];
  const isAuthority = certificate.extensions.basicConstraints?.cA === true;
  const isLeftOut = idp?.onlyContainsAttributeCerts === true || (idp?.onlyContainsUserCerts === true && isAuthority);
  if (isLeftOut || (idp?.onlyContainsCACerts === true && !isAuthority) || !isSamePoint(certificate, point, list)) return [];
  return allReasons.filter((reason) => (point.reasons?.includes(reason) ?? true) && (idp?.onlySomeReasons?.includes(reason) ?? true));
}

/** (b)(1): the point's cRLIssuer with an indirect CRL, else the issuer of the certificate itself. */
function isIssuerOfPoint(certificate: Certificate, point: DistributionPoint, list: CertificateList): boolean {
  const issuer = generalNameKey(directoryName(list.issuer));
  if (point.cRLIssuer === undefined) return issuer === generalNameKey(directoryName(certificate.issuer));
  return list.extensions.issuingDistributionPoint?.indirectCRL === true && point.cRLIssuer.some((name) => generalNameKey(name) === issuer);
}

/** (b)(2)(i): where the CRL names its point, the certificate's point must share a name with it. */
function isSamePoint(certificate: Certificate, point: DistributionPoint, list: CertificateList): boolean {
  const listed = list.extensions.issuingDistributionPoint?.distributionPoint;
  if (listed === undefined) return true;
  const names = new Set(pointNames(listed, list.issuer).map(generalNameKey));
  const own = point.distributionPoint;
  const wanted = own === undefined ? (point.cRLIssuer ?? []) : pointNames(own, relativeBase(certificate, point));
  return wanted.some((name) => names.has(generalNameKey(name)));
}

function relativeBase(certificate: Certificate, point: DistributionPoint): Name {
  const issuer = point.cRLIssuer?.find((name) => name.form === 'directoryName');
  return issuer?.value ?? certificate.issuer;
}

function pointNames(name: DistributionPointName, base: Name): readonly GeneralName[] {
  return 'fullName' in name ? name.fullName : [directoryName(appended(base, name.nameRelativeToCRLIssuer))];
}

/** A name for comparison only: its `der` is that of the base. */
const appended = (base: Name, relative: RelativeDistinguishedName): Name => ({
  der: base.der,
  rdnSequence: [...base.rdnSequence, relative],
});
