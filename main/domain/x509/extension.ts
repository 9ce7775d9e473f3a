import * as der from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';
import type { BasicConstraints, KeyUsageName } from './extension-values.ts';
import { keyUsageNames } from './extension-values.ts';
import type { Mailbox } from './mailbox.ts';
import { accessMethodOid, extensionOid, otherNameOid } from './oid.ts';

/** One Extension (RFC 5280 section 4.1), DER; `value` is the DER that goes into extnValue. FALSE is the default and is left out. */
export function extension(dotted: string, value: Uint8Array, isCritical = false): Uint8Array {
  const content = der.header(der.tag.octetString, value.length);
  return isCritical ? der.sequence(der.oid(dotted), critical, content, value) : der.sequence(der.oid(dotted), content, value);
}

const critical = der.boolean(true);

/** basicConstraints, critical (RFC 5280 section 4.2.1.9). A path length without `cA` has no meaning and is not written. */
export function basicConstraintsExtension({ cA, pathLenConstraint }: BasicConstraints): Uint8Array {
  const flag = cA ? [der.boolean(true)] : [];
  const length = cA && pathLenConstraint !== undefined ? [der.integer(pathLenConstraint)] : [];
  return extension(extensionOid.basicConstraints, der.sequence(...flag, ...length), true);
}

/** keyUsage, critical (RFC 5280 section 4.2.1.3). @throws AppError internal when no bit is set */
export function keyUsageExtension(usages: readonly KeyUsageName[]): Uint8Array {
  if (usages.length === 0) throw new AppError('internal', 'A keyUsage extension must set at least one bit.');
  const bits = keyUsageNames.map((name) => usages.includes(name));
  return extension(extensionOid.keyUsage, der.namedBits(bits), true);
}

/** extKeyUsage, not critical (RFC 5280 section 4.2.1.12); purposes in dotted decimal. */
export const extKeyUsageExtension = (purposes: readonly string[]): Uint8Array =>
  extension(extensionOid.extKeyUsage, der.tlvOf(der.tag.sequence, purposes.map(der.oid)));

/** certificatePolicies without qualifiers, not critical (RFC 5280 section 4.2.1.4); policies in dotted decimal. */
export const certificatePoliciesExtension = (policies: readonly string[]): Uint8Array =>
  extension(
    extensionOid.certificatePolicies,
    der.tlvOf(
      der.tag.sequence,
      policies.map((policy) => der.sequence(der.oid(policy))),
    ),
  );

/** cRLDistributionPoints with one point whose full name is this address, not critical (RFC 5280 section 4.2.1.13). */
export const cRLDistributionPointsExtension = (url: string): Uint8Array =>
  extension(extensionOid.cRLDistributionPoints, distributionPoint(url));

/** freshestCRL, the same for delta lists, not critical (RFC 5280 sections 4.2.1.15 and 5.2.6). */
export const freshestCRLExtension = (url: string): Uint8Array => extension(extensionOid.freshestCRL, distributionPoint(url));

/**
 * issuingDistributionPoint with the address of a list alone, critical: the list is about every certificate of its issuer that names this
 * address, and stands in for no other (RFC 5280 section 5.2.5).
 */
export const issuingDistributionPointExtension = (url: string): Uint8Array =>
  extension(extensionOid.issuingDistributionPoint, der.sequence(der.context(0, der.context(0, uniformResourceIdentifier(url)))), true);

function distributionPoint(url: string): Uint8Array {
  const fullName = der.context(0, uniformResourceIdentifier(url));
  return der.sequence(der.sequence(der.context(0, fullName)));
}

/** authorityInfoAccess with the addresses of OCSP, if there is one, and of the issuer's certificate, not critical (RFC 5280 section 4.2.2.1). */
export function authorityInfoAccessExtension({
  ocspUrl,
  caIssuersUrl,
}: {
  ocspUrl?: string | undefined;
  caIssuersUrl: string;
}): Uint8Array {
  const ocsp = ocspUrl === undefined ? [] : [accessDescription(accessMethodOid.ocsp, ocspUrl)];
  return extension(extensionOid.authorityInfoAccess, der.sequence(...ocsp, accessDescription(accessMethodOid.caIssuers, caIssuersUrl)));
}

const accessDescription = (method: string, url: string): Uint8Array => der.sequence(der.oid(method), uniformResourceIdentifier(url));

/** id-pkix-ocsp-nocheck, not critical (RFC 6960 section 4.2.2.2.1). */
export const ocspNoCheckExtension = extension(extensionOid.ocspNoCheck, der.nullValue());

/** subjectKeyIdentifier, not critical (RFC 5280 section 4.2.1.2). */
export const subjectKeyIdentifierExtension = (keyIdentifier: Uint8Array): Uint8Array =>
  extension(extensionOid.subjectKeyIdentifier, der.octetString(keyIdentifier));

/** authorityKeyIdentifier, not critical, its keyIdentifier alone (RFC 5280 section 4.2.1.1, S/MIME BR section 7.1.2.3 g). */
export const authorityKeyIdentifierExtension = (keyIdentifier: Uint8Array): Uint8Array =>
  extension(extensionOid.authorityKeyIdentifier, der.sequence(der.contextPrimitive(0, keyIdentifier)));

/** subjectAltName of mail addresses; critical exactly when the subject is empty (RFC 5280 section 4.2.1.6). */
export const subjectAltNameExtension = (mailboxes: readonly Mailbox[], isSubjectEmpty: boolean): Uint8Array =>
  extension(extensionOid.subjectAltName, der.tlvOf(der.tag.sequence, mailboxes.map(mailboxName)), isSubjectEmpty);

/** subjectAltName of domains as dNSName (Direct Applicability Statement 1.2 section 4); critical as `subjectAltNameExtension` is. */
export const domainNamesExtension = (domains: readonly string[], isSubjectEmpty: boolean): Uint8Array =>
  extension(
    extensionOid.subjectAltName,
    der.tlvOf(
      der.tag.sequence,
      domains.map((domain) => der.contextPrimitive(2, ia5Content(domain))),
    ),
    isSubjectEmpty,
  );

/** smimeCapabilities, not critical (RFC 4262, RFC 8551 section 2.5.2): algorithms in dotted decimal, preferred first, no parameters. */
export const smimeCapabilitiesExtension = (capabilities: readonly string[]): Uint8Array =>
  extension(
    extensionOid.smimeCapabilities,
    der.tlvOf(
      der.tag.sequence,
      capabilities.map((capability) => der.sequence(der.oid(capability))),
    ),
  );

/**
 * nameConstraints, critical (RFC 5280 section 4.2.1.10): mail addresses only within these domains. `clinic.example` permits the
 * addresses at that host, `.clinic.example` those at every host below it. They bind SmtpUTF8Mailbox too (RFC 9598 section 6).
 */
export function nameConstraintsExtension(permittedMailDomains: readonly string[]): Uint8Array {
  const subtrees = permittedMailDomains.map((domain) => der.sequence(der.contextPrimitive(1, ia5Content(domain))));
  return extension(extensionOid.nameConstraints, der.sequence(der.context(0, ...subtrees)), true);
}

/** GeneralName: rfc822Name for an ASCII local part, otherName SmtpUTF8Mailbox for any other (RFC 9598 section 3). */
function mailboxName(mailbox: Mailbox): Uint8Array {
  if (!mailbox.isInternational) return der.characterString(0x81, mailbox.normalized);
  return der.context(0, der.oid(otherNameOid.smtpUtf8Mailbox), der.context(0, der.utf8String(mailbox.normalized)));
}

const uniformResourceIdentifier = (url: string): Uint8Array => der.contextPrimitive(6, ia5Content(url));

const ia5Content = (text: string): Uint8Array => {
  const value = der.ia5String(text);
  return value.subarray(value.length - text.length);
};
